import type { Reply } from "../../conversation/index.ts";
import type { Logger } from "../../shared/index.ts";
import { WORDS } from "../labels.ts";
import type { FeishuClient, FeishuMessage } from "./client.ts";
import { toChannelError } from "./failures.ts";
import { toPostText } from "./post-text.ts";
import type { ReplyTarget } from "./schema.ts";

/** Of the platform's list of emoji for reactions. */
const RECEIVED = "OK";
const UNSENT = "CrossMark";

export interface AcknowledgeOptions {
  client: Pick<FeishuClient, "addReaction" | "sendReply">;
  logger: Logger;
}

/**
 * A mark under what was said; returns `reaction:<id>`. Where there is no message to mark (a pressed button) or it may not
 * be marked, one line of text, whose message id is returned.
 */
export async function acknowledge(
  target: ReplyTarget,
  reply: Reply,
  uuid: string,
  { client, logger }: AcknowledgeOptions,
): Promise<string> {
  if (target.messageId && !target.pressed) {
    try {
      return `reaction:${await client.addReaction(target.messageId, reply.unsent ? UNSENT : RECEIVED)}`;
    } catch (thrown) {
      const error = toChannelError(thrown, "add a reaction");
      if (error.retryable) throw error;
      logger.warn({ uuid, errorId: error.id, error: error.message }, "feishu: no reaction, saying it");
    }
  }
  return client.sendReply(target, toLine(reply), `${uuid}-q`);
}

function toLine({ headline, plainText, language }: Reply): FeishuMessage {
  const text = headline.trim() || plainText.trim() || WORDS[language].empty;
  const locale = language === "zh" ? "zh_cn" : "en_us";
  const content = { [locale]: { title: "", content: [[toPostText(text)]] } };
  return { msgType: "post", content: JSON.stringify(content) };
}
