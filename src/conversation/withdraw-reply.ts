import { type Logger, toAppError } from "../shared/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { finishWithin } from "./finish-within.ts";

const LIMIT_MS = 10_000;

/** Takes a delivered reply back where the platform can. A failure is logged: there is nobody to tell. */
export async function withdrawReply(
  { channels, logger }: { channels: ConversationChannels; logger: Logger },
  channel: string,
  receipt: string,
  replyTarget: unknown,
): Promise<void> {
  const target = channels.get(channel);
  if (!target?.withdraw) return;
  try {
    const finished = await finishWithin(target.withdraw(receipt, replyTarget), LIMIT_MS);
    if (!finished) logger.warn({ channel, receipt }, "a reply was not taken back in time");
  } catch (thrown) {
    const error = toAppError(thrown);
    logger.warn(
      { channel, receipt, errorId: error.id, error: error.message },
      "a reply could not be taken back",
    );
  }
}
