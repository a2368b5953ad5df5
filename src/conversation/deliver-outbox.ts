import { AppError, type Clock, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, OutboxRecord } from "../storage/index.ts";
import { type BackOff, delayAfter, readRetryAfterMs } from "./back-off.ts";
import type { ConversationEvent } from "./events.ts";
import type { Channel, OutgoingReply } from "./types.ts";

/** A reply as the outbox keeps it. */
export interface StoredReply extends OutgoingReply {
  sessionKey: string;
  /** Receipt of the message whose place it takes. */
  edits?: string;
}

export interface DeliverOptions {
  store: ConversationStore;
  channels: ReadonlyMap<string, Pick<Channel, "deliver" | "revise">>;
  clock: Clock;
  logger: Logger;
  /** 0 ≤ value < 1. */
  random: () => number;
  backOff: BackOff;
  observe: (event: ConversationEvent) => void;
}

export interface Deliverer {
  /** The oldest due reply whose session has none under way. */
  take(): Promise<OutboxRecord | undefined>;
  deliver(record: OutboxRecord): Promise<void>;
}

const LOOK_AHEAD = 64;
/** After the store failed to note what became of a delivery. */
const BOOKKEEPING_RETRY_MS = 15_000;

/** Delivers each reply until the platform confirms it, always under the same outbox id. */
export function createDeliverer(options: DeliverOptions): Deliverer {
  const { store, clock, logger } = options;
  const busySessions = new Set<string>();
  const underWay = new Set<string>();
  /** Delivered, but not noted in the store yet: these must not go to the platform again. */
  const confirmed = new Map<string, string>();
  const heldUntil = new Map<string, number>();
  /** Due replies that were read and not taken yet. This process alone takes them. */
  let queue: OutboxRecord[] = [];

  function mayGo(record: OutboxRecord): boolean {
    const held = (heldUntil.get(record.outboxId) ?? 0) > clock().getTime();
    return !held && !underWay.has(record.outboxId) && !busySessions.has(sessionOf(record));
  }

  async function take(): Promise<OutboxRecord | undefined> {
    const next = takeFrom(queue);
    if (next) return next;
    // What ends while the store reads stands in its answer as still pending.
    const before = new Set(underWay);
    const due = await store.dueReplies(clock(), LOOK_AHEAD + underWay.size + heldUntil.size);
    queue = due.filter((record) => !before.has(record.outboxId));
    return takeFrom(queue);
  }

  function takeFrom(records: OutboxRecord[]): OutboxRecord | undefined {
    const position = records.findIndex(mayGo);
    const [next] = position === -1 ? [] : records.splice(position, 1);
    if (next) {
      underWay.add(next.outboxId);
      busySessions.add(sessionOf(next));
    }
    return next;
  }

  async function deliver(record: OutboxRecord): Promise<void> {
    const { outboxId } = record;
    try {
      const receipt = confirmed.get(outboxId) ?? (await tryDelivery(record, options));
      if (receipt !== undefined) {
        confirmed.set(outboxId, receipt);
        await store.markDelivered(outboxId, receipt, clock());
      }
      confirmed.delete(outboxId);
      heldUntil.delete(outboxId);
    } catch (error) {
      heldUntil.set(outboxId, clock().getTime() + BOOKKEEPING_RETRY_MS);
      logger.error({ outboxId, error: String(error) }, "delivery could not be noted; will try again");
    } finally {
      underWay.delete(outboxId);
      busySessions.delete(sessionOf(record));
    }
  }

  return { take, deliver };
}

/** Returns the receipt, or `undefined` after noting the failure. */
async function tryDelivery(record: OutboxRecord, options: DeliverOptions): Promise<string | undefined> {
  const { channels, logger, observe } = options;
  const { channel, outboxId } = record;
  try {
    const target = channels.get(channel);
    if (!target) throw channelIsOff(channel);
    const { edits } = record.reply as StoredReply;
    const { receipt } =
      edits !== undefined && target.revise
        ? await target.revise(edits, toOutgoing(record))
        : await target.deliver(toOutgoing(record));
    logger.info({ channel, outboxId, attempts: record.attempts + 1 }, "delivered");
    observe({ type: "delivered", channel, attempts: record.attempts + 1 });
    return receipt;
  } catch (thrown) {
    await recordFailure(record, thrown, options);
    return undefined;
  }
}

async function recordFailure(record: OutboxRecord, thrown: unknown, options: DeliverOptions): Promise<void> {
  const { store, clock, logger } = options;
  const attempts = record.attempts + 1;
  const error = toAppError(thrown);
  // An error that no channel classified says nothing about whether the reply arrived: try again under the same id.
  const retryable = thrown instanceof AppError ? error.retryable : true;
  const dead = !retryable || attempts >= options.backOff.maxAttempts;
  const delay = delayAfter(attempts, options.backOff, options.random, readRetryAfterMs(thrown));
  const retryAt = dead ? null : new Date(clock().getTime() + delay);
  const { channel, outboxId, messageKey } = record;
  const fields = { channel, outboxId, messageKey, attempts, errorId: error.id, error: error.message };
  if (dead) logger.error({ ...fields, alert: "undelivered-reply" }, "reply given up");
  else logger.warn({ ...fields, retryAt }, "delivery failed; will try again");
  options.observe({ type: "delivery-failed", channel, attempts, dead });
  await store.markFailed(outboxId, `${error.code}: ${error.message}`.slice(0, 500), retryAt);
}

function toOutgoing(record: OutboxRecord): OutgoingReply {
  const { outboxId, messageKey, replyTarget, reply } = record.reply as StoredReply;
  return { outboxId, messageKey, replyTarget, reply };
}

function sessionOf(record: OutboxRecord): string {
  return (record.reply as StoredReply).sessionKey ?? record.outboxId;
}

function channelIsOff(channel: string): AppError {
  return new AppError({
    code: "channel",
    message: `channel ${channel} is off`,
    safeMessage: "该平台目前未接入，回复暂存，接入后补发。",
    retryable: true,
  });
}
