import type { InboundMessage } from "../../conversation/index.ts";
import type { CallApi } from "./call-api.ts";
import { joinWords } from "./receive.ts";
import { fetchedMessage, replyTarget, snowflake } from "./schema.ts";

/** The words of the message that this one replies to; the platform gives them where the bot may read them. Never rejects. */
export async function readQuoted(call: CallApi, message: InboundMessage): Promise<string | undefined> {
  if (message.quoted) return message.quoted;
  const [messageId] = message.repliesTo ?? [];
  const target = replyTarget.safeParse(message.replyTarget);
  const channelId = target.data?.channelId;
  if (!channelId || !snowflake.safeParse(messageId).success) return undefined;
  try {
    const route = `/channels/${channelId}/messages/${messageId}` as const;
    return joinWords(fetchedMessage.parse(await call({ method: "GET", route }))) || undefined;
  } catch {
    return undefined;
  }
}
