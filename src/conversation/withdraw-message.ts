import { type Clock, type IdSource, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import type { StoredReply } from "./deliver-outbox.ts";
import { dropStream } from "./drop-stream.ts";
import type { StoredOutcome } from "./read-session.ts";
import type { InboundMessage } from "./types.ts";
import { withdrawReply } from "./withdraw-reply.ts";

export interface WithdrawalParts {
  store: ConversationStore;
  channels: ConversationChannels;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export interface Withdrawal {
  withdraw(channel: string, messageKey: string): Promise<void>;
  /**
   * The message was withdrawn before it came (platforms keep no order), and is not to be answered: the end of its
   * withdrawal, which never throws. Undefined: it was not.
   */
  settleEarly(message: Pick<InboundMessage, "channel" | "messageKey">): Promise<void> | undefined;
}

/** Messages may come so many withdrawals later. */
const MAX_EARLY = 1_000;

/**
 * Whatever a withdrawal meets (a message that is still to come, waits or is in work, a reply that waits, is on its way or
 * is there), in the end there is no reply to it. A reply in work finds the message done; one on its way finds its row gone.
 */
export function createWithdrawal(parts: WithdrawalParts): Withdrawal {
  const early = new Set<string>();

  async function withdraw(channel: string, messageKey: string): Promise<void> {
    const { store, clock, logger } = parts;
    const found = await store.withdrawMessage(channel, messageKey, clock(), isPressed);
    if (found.outcome === "unknown") remember(JSON.stringify([channel, messageKey]));
    if (found.outcome === "withdrawn") await dropLeft({ channel, messageKey }, found);
    if (found.outcome === "delivered" && found.receipt !== null && isAnswer(found.turn?.answer)) {
      const { replyTarget } = found.reply as StoredReply;
      await withdrawReply(parts, channel, found.receipt, replyTarget);
    }
    logger.info({ channel, messageKey, outcome: found.outcome }, "a message was withdrawn");
  }

  /** The stream of an attempt that a crash cut off. */
  async function dropLeft(
    key: { channel: string; messageKey: string },
    { message, stream }: { message: unknown; stream?: unknown },
  ): Promise<void> {
    if (stream === undefined || message === null) return;
    const { replyTarget } = message as InboundMessage;
    await dropStream({ ...parts, ...key, outboxId: parts.ids(), replyTarget, stream });
  }

  function remember(key: string): void {
    early.add(key);
    const oldest = early.size > MAX_EARLY ? early.values().next().value : undefined;
    if (oldest !== undefined) early.delete(oldest);
  }

  return {
    withdraw,
    settleEarly({ channel, messageKey }) {
      if (!early.delete(JSON.stringify([channel, messageKey]))) return undefined;
      return withdraw(channel, messageKey).catch((thrown: unknown) => {
        const error = toAppError(thrown);
        parts.logger.error({ channel, messageKey, errorId: error.id, error: error.message }, "not withdrawn");
      });
    },
  };
}

/** A button's effect has its own way back, or none. */
function isPressed(message: unknown): boolean {
  return message === null || (message as InboundMessage).action !== undefined;
}

function isAnswer(outcome: unknown): boolean {
  return outcome !== undefined && !("reply" in (outcome as StoredOutcome));
}
