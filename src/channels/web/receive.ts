import type { InboundMessage } from "../../conversation/index.ts";
import type { Clock } from "../../shared/index.ts";
import type { ReplyTarget } from "./schema.ts";

export const WEB_CHANNEL = "web";

export function toMessage(
  session: string,
  sent: { clientMessageId: string; text: string },
  clock: Clock,
): InboundMessage {
  const replyTarget: ReplyTarget = { session };
  return {
    channel: WEB_CHANNEL,
    // Two askers may choose the same client id.
    messageKey: `${session}:${sent.clientMessageId}`,
    chatId: session,
    chatKind: "direct",
    userId: session,
    text: sent.text,
    replyTarget,
    sentAt: clock().toISOString(),
  };
}
