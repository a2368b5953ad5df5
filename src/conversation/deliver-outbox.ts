import { AppError, type Clock, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, OutboxRecord } from "../storage/index.ts";
import { type BackOff, delayAfter, readRetryAfterMs } from "./back-off.ts";
import { createDueReplies } from "./choose-due-reply.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import type { ConversationEvent } from "./events.ts";
import { type Fitting, fitReply } from "./fit-reply.ts";
import { createLaneGate } from "./gate-lanes.ts";
import type { OutgoingReply } from "./types.ts";
import { withdrawReply } from "./withdraw-reply.ts";

/** A reply as the outbox keeps it. */
export interface StoredReply extends OutgoingReply {
  sessionKey: string;
  /** Receipt of the message whose place it takes. */
  edits?: string;
}

export interface DeliverOptions {
  store: ConversationStore;
  channels: ConversationChannels;
  clock: Clock;
  logger: Logger;
  /** 0 ≤ value < 1. */
  random: () => number;
  backOff: BackOff;
  /** How many are delivered at the same time. */
  concurrency: number;
  observe: (event: ConversationEvent) => void;
  /** There is something to take in so many milliseconds, and nothing before. */
  onWait: (milliseconds: number) => void;
}

export interface Deliverer {
  /** The first due reply whose session has none under way and whose chat may be written to. */
  take(): Promise<OutboxRecord | undefined>;
  /** An answer may have come, which goes before the pushes. */
  look(): void;
  /** Whether there may be something to take. */
  mayHaveMore(): boolean;
  /**
   * Call before a reply is stored; what it returns, right after: true means that it is the first that may go, and that it
   * counts as taken.
   */
  prepare(): (record: OutboxRecord) => boolean;
  deliver(record: OutboxRecord): Promise<void>;
}

/** After the store failed to note what became of a delivery. */
const BOOKKEEPING_RETRY_MS = 15_000;

/** Delivers each reply until the platform confirms it, always under the same outbox id. */
export function createDeliverer(options: DeliverOptions): Deliverer {
  const { store, clock, logger } = options;
  const gate = createLaneGate(options.channels, clock, Math.max(1, Math.ceil(options.concurrency / 2)));
  const busySessions = new Set<string>();
  const underWay = new Set<string>();
  /** Delivered, but not noted in the store yet: these must not go to the platform again. */
  const confirmed = new Map<string, string>();
  const heldUntil = new Map<string, number>();
  const due = createDueReplies({
    ...{ store, clock, waitOf, onWait: options.onWait },
    underWay: () => new Set([...underWay, ...heldUntil.keys()]),
  });

  function waitOf(record: OutboxRecord): number {
    if (underWay.has(record.outboxId) || busySessions.has(sessionOf(record))) return Number.POSITIVE_INFINITY;
    return gate.waitOf(record);
  }

  function hold(lane: string, until: Date): void {
    gate.hold(lane, until);
    due.forget(lane);
  }

  async function take(): Promise<OutboxRecord | undefined> {
    forgetHeld();
    const next = await due.take();
    if (next) begin(next);
    return next;
  }

  function begin(record: OutboxRecord): void {
    underWay.add(record.outboxId);
    busySessions.add(sessionOf(record));
  }

  function prepare(): (record: OutboxRecord) => boolean {
    const reads = due.reads();
    return (record) => {
      // A reading that went on meanwhile may have found it.
      if (due.reads() !== reads || due.mayHaveMore() || waitOf(record) > 0) return false;
      begin(record);
      return true;
    };
  }

  function forgetHeld(): void {
    const now = clock().getTime();
    for (const [outboxId, until] of heldUntil) if (until <= now) heldUntil.delete(outboxId);
  }

  async function deliver(record: OutboxRecord): Promise<void> {
    const { outboxId, lane } = record;
    const leave = gate.enter(lane);
    try {
      const receipt = confirmed.get(outboxId) ?? (await tryDelivery(record, options, hold));
      if (receipt === undefined) due.note();
      else {
        confirmed.set(outboxId, receipt);
        if (!(await noteDelivery(record, receipt, options))) await takeBack(record, receipt, options);
      }
      confirmed.delete(outboxId);
    } catch (error) {
      due.note();
      heldUntil.set(outboxId, clock().getTime() + BOOKKEEPING_RETRY_MS);
      logger.error({ outboxId, error: String(error) }, "delivery could not be noted; will try again");
    } finally {
      leave();
      underWay.delete(outboxId);
      busySessions.delete(sessionOf(record));
    }
  }

  return { take, look: due.look, mayHaveMore: due.mayHaveMore, prepare, deliver };
}

/** False: the message was withdrawn while its reply was on its way. */
async function noteDelivery(
  { outboxId }: OutboxRecord,
  receipt: string,
  { store, clock }: DeliverOptions,
): Promise<boolean> {
  try {
    await store.markDelivered(outboxId, receipt, clock());
    return true;
  } catch (thrown) {
    if (toAppError(thrown).code === "not-found") return false;
    throw thrown;
  }
}

async function takeBack(record: OutboxRecord, receipt: string, options: DeliverOptions): Promise<void> {
  const { channel, outboxId } = record;
  options.logger.info({ channel, outboxId }, "withdrawn while on its way; taken back");
  const { replyTarget } = record.reply as StoredReply;
  await withdrawReply(options, channel, receipt, replyTarget);
}

/** Returns the receipt, or `undefined` after noting the failure. */
async function tryDelivery(
  record: OutboxRecord,
  options: DeliverOptions,
  hold: (lane: string, until: Date) => void,
): Promise<string | undefined> {
  const { channels, logger, observe } = options;
  const { channel, outboxId } = record;
  try {
    const target = channels.get(channel);
    if (!target) throw channelIsOff(channel);
    const { edits } = record.reply as StoredReply;
    const outgoing = toOutgoing(record, target.capabilities);
    const { receipt } =
      edits !== undefined && target.revise
        ? await target.revise(edits, outgoing)
        : await target.deliver(outgoing);
    logger.info({ channel, outboxId, attempts: record.attempts + 1 }, "delivered");
    observe({ type: "delivered", channel, attempts: record.attempts + 1 });
    return receipt;
  } catch (thrown) {
    const retryAt = await recordFailure(record, thrown, options);
    // The limit is the chat's: what waits behind would only run into it as well.
    if (retryAt && record.lane !== undefined && readRetryAfterMs(thrown) !== undefined)
      hold(record.lane, retryAt);
    return undefined;
  }
}

/** When it is tried again; null: never. */
async function recordFailure(
  record: OutboxRecord,
  thrown: unknown,
  options: DeliverOptions,
): Promise<Date | null> {
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
  try {
    await store.markFailed(outboxId, `${error.code}: ${error.message}`.slice(0, 500), retryAt);
  } catch (unnoted) {
    // Withdrawn meanwhile: nothing is left to be tried.
    if (toAppError(unnoted).code !== "not-found") throw unnoted;
    return null;
  }
  return retryAt;
}

function toOutgoing(record: OutboxRecord, capabilities: Fitting | undefined): OutgoingReply {
  const { outboxId, messageKey, replyTarget, reply, stream } = record.reply as StoredReply;
  return {
    ...{ outboxId, messageKey, replyTarget },
    reply: fitReply(reply, capabilities ?? {}),
    ...(stream !== undefined && { stream }),
  };
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
