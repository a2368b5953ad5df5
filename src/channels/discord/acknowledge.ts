import type { Reply } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import { toChannelError } from "./failures.ts";
import { WORDS } from "./labels.ts";
import { escapeMarkdown } from "./markdown.ts";
import { LIMITS } from "./message-body.ts";
import { isLive, type Outlet } from "./outlet.ts";
import { NO_MENTIONS } from "./render.ts";
import type { ReplyTarget } from "./schema.ts";
import type { Sender, Sending } from "./send-message.ts";
import { splitText } from "./split-text.ts";

const RECEIVED = "✅";
const UNSENT = "❌";

export interface AcknowledgeOptions {
  sender: Sender;
  clock: Clock;
  logger: Logger;
}

/**
 * A mark under what was said; returns `reaction:✅`. Of a pressed button, a line for who pressed. Where there is nothing to
 * mark or it may not be marked, one line of text, whose message id is returned.
 */
export async function acknowledge(
  { target, outlet, outboxId }: { target: ReplyTarget; outlet: Outlet; outboxId: string },
  reply: Reply,
  { sender, clock, logger }: AcknowledgeOptions,
): Promise<string> {
  const line = toLine(reply);
  if (outlet.by === "original") return sender.editOriginal(outlet.interaction, line);
  if (outlet.by === "follow-up") return sender.followUp(outlet.interaction, line);
  const { interaction, messageId } = target;
  if (interaction?.deferral === "update" && isLive(interaction, clock()))
    return sender.followUp(interaction, line);
  if (messageId && !target.pressed) {
    const mark = reply.unsent ? UNSENT : RECEIVED;
    try {
      await sender.react(await sender.channelOf(target), messageId, mark);
      return `reaction:${mark}`;
    } catch (thrown) {
      const error = toChannelError(thrown, "add a reaction");
      if (error.retryable) throw error;
      logger.warn({ outboxId, errorId: error.id, error: error.message }, "discord: no reaction, saying it");
    }
  }
  return sender.send(outlet.target, line, `${outboxId}-q`);
}

function toLine({ headline, plainText, language }: Reply): Sending {
  const text = escapeMarkdown(headline.trim() || plainText.trim() || WORDS[language].empty);
  const [content = ""] = splitText(text, LIMITS.content);
  return { body: { content, allowed_mentions: NO_MENTIONS }, uploads: [] };
}
