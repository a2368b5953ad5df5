import { type Logger, toAppError } from "../shared/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { finishWithin } from "./finish-within.ts";
import type { Reply } from "./types.ts";
import { withdrawReply } from "./withdraw-reply.ts";

export interface DroppedStream {
  channels: ConversationChannels;
  logger: Logger;
  channel: string;
  /** Of a delivery of its own. */
  outboxId: string;
  messageKey: string;
  replyTarget: unknown;
  /** `ReplyStream.resume`. */
  stream: unknown;
  /** Shown in its place where it cannot be taken back. */
  line?: string;
}

const LIMIT_MS = 10_000;
const WITHDRAWN = "提问已撤回，不再答复。";

/**
 * Takes away what was shown in a stream that no reply will come of: filled with one line, which gives it a receipt, and
 * then taken back. Never throws.
 */
export async function dropStream(dropped: DroppedStream): Promise<void> {
  const { channels, logger, channel, outboxId, messageKey, replyTarget, stream, line = WITHDRAWN } = dropped;
  const target = channels.get(channel);
  if (!target) return;
  try {
    const delivery = target.deliver({
      ...{ outboxId, messageKey, replyTarget, stream },
      reply: toLine(line),
    });
    let receipt: string | undefined;
    await finishWithin(
      delivery.then((delivered) => {
        receipt = delivered.receipt;
      }),
      LIMIT_MS,
    );
    if (receipt !== undefined) await withdrawReply({ channels, logger }, channel, receipt, replyTarget);
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.warn(
      { channel, messageKey, errorId: error.id, error: error.message },
      "a stream could not be dropped",
    );
  }
}

function toLine(headline: string): Reply {
  return {
    kind: "withdrawn",
    language: "zh",
    headline,
    blocks: [],
    plainText: headline,
    generatedByAi: false,
  };
}
