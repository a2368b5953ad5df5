import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, type IdSource, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, InboxRecord, OutboxRecord } from "../storage/index.ts";
import {
  type ComposedReply,
  type ComposeOptions,
  composeError,
  composeReply,
  type ShowPartial,
  type StoredMessage,
} from "./compose-reply.ts";
import type { StoredReply } from "./deliver-outbox.ts";
import { dropStream } from "./drop-stream.ts";
import type { SendDirect } from "./enqueue-notice.ts";
import type { ConversationEvent } from "./events.ts";
import { createFillingStream } from "./fill-stream.ts";
import { toLane } from "./gate-lanes.ts";
import { keepPrivate } from "./keep-private.ts";
import type { Asker } from "./types.ts";

const COMPLETE_RETRY_MS = [200, 1_000, 5_000, 15_000];
/** A turn keeps so much of what was typed; longer texts were not answered anyway. */
const MAX_KEPT_QUESTION = 4_000;

export interface WorkOptions extends ComposeOptions {
  ids: IdSource;
  sendDirect: SendDirect;
  /** Call before a reply is stored; what it returns, once it is. */
  prepareDelivery: () => (reply: OutboxRecord | undefined) => void;
  observe: (event: ConversationEvent) => void;
  /** Aborted when the service stops. */
  signal: AbortSignal;
}

export interface InboxWorker {
  /** Whether more may be taken now. */
  isOpen(): boolean;
  run(record: InboxRecord): Promise<void>;
}

/**
 * Answers claimed messages. One that was in work when the process ended may be what ended it: it is worked on
 * alone, so that it cannot drag its neighbours along until they too count as having failed too often.
 */
export function createInboxWorker(options: WorkOptions): InboxWorker {
  const underWay = new Set<Promise<void>>();
  let suspect: Promise<void> | undefined;

  async function runBesideOthers(record: InboxRecord): Promise<void> {
    // It was brought just as a suspect was claimed.
    while (suspect) await suspect;
    const work = workMessage(record, options);
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  }

  async function runAlone(record: InboxRecord): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    suspect = promise;
    try {
      await Promise.allSettled(underWay);
      await workMessage(record, options);
    } finally {
      suspect = undefined;
      resolve();
    }
  }

  return {
    isOpen: () => suspect === undefined,
    run: (record) => (record.attempts > 1 ? runAlone(record) : runBesideOthers(record)),
  };
}

/** Answers one claimed message and writes reply, turn and `done` in one transaction. */
async function workMessage(record: InboxRecord, options: WorkOptions): Promise<void> {
  const { clock, ids } = options;
  const { channel, messageKey } = record;
  const startedAt = clock();
  const filling = createFillingStream(record, options);
  const composed = await makeReply(record, options, filling.show);
  const stream = await filling.finish();
  const at = clock();
  const completion = toCompletion(record, composed, { at, stream, outboxId: ids(), turnId: ids() }, options);
  const prepared = options.prepareDelivery();
  const outcome = await complete(options.store, completion, options);
  if (outcome === "stored") prepared(toOutboxRecord(completion));
  else if (outcome === "stored-before") prepared(undefined);
  if (outcome === "withdrawn" && stream !== undefined) {
    const { replyTarget } = record.message as StoredMessage;
    await dropStream({ ...options, channel, outboxId: ids(), messageKey, replyTarget, stream });
  }
  if (outcome === "withdrawn" || outcome === "stopped") return;
  const { kind } = composed.reply;
  const durationMs = at.getTime() - startedAt.getTime();
  const waitedMs = startedAt.getTime() - Date.parse(record.acceptedAt);
  options.logger.info(
    { channel, messageKey, kind, durationMs, waitedMs, attempts: record.attempts },
    "replied",
  );
  options.observe({ type: "replied", channel, kind, durationMs, waitedMs });
}

/** What others must not see does not stand in the history of their chat either. */
async function makeReply(
  record: InboxRecord,
  options: WorkOptions,
  show: ShowPartial | undefined,
): Promise<ComposedReply> {
  const composed = await composeReply(record, options, show);
  try {
    const reply = await keepPrivate(composed.reply, record.message as StoredMessage, options);
    if (reply === composed.reply) return composed;
    return { reply, outcome: { kind: reply.kind, reply }, resolvedQuestion: "" };
  } catch (thrown) {
    return composeError(record, thrown, options);
  }
}

type Completion = Parameters<ConversationStore["completeMessage"]>[0];

/** As it would be read from the store. */
function toOutboxRecord({ outbox }: Completion): OutboxRecord {
  const reply: unknown = JSON.parse(JSON.stringify(outbox.reply));
  return { ...outbox, reply, state: "pending", attempts: 0, receipt: null, lastError: null };
}

function toCompletion(
  { channel, messageKey, sessionKey, message: stored }: InboxRecord,
  composed: ComposedReply,
  made: { at: Date; stream: unknown; outboxId: string; turnId: string },
  { channels }: WorkOptions,
): Completion {
  const message = stored as StoredMessage;
  const { replyTarget } = message;
  const { stream, outboxId, turnId } = made;
  const at = made.at.toISOString();
  const reply: StoredReply = {
    ...{ outboxId, messageKey, replyTarget, reply: composed.reply, sessionKey },
    ...(stream !== undefined && { stream }),
  };
  const lane = toLane(channels, channel, replyTarget);
  const question = composed.reply.confidential ? "" : (composed.question ?? message.text);
  return {
    channel,
    messageKey,
    outbox: {
      ...{ outboxId, channel, messageKey, reply, dueAt: at, createdAt: at },
      ...{ priority: 0, ...(lane !== undefined && { lane }) },
    },
    turn: {
      ...{ turnId, sessionKey, channel, messageKey },
      question: question.slice(0, MAX_KEPT_QUESTION),
      resolvedQuestion: composed.resolvedQuestion.slice(0, MAX_KEPT_QUESTION),
      answer: composed.outcome,
      at,
      asker: toAsker(message),
    },
  };
}

function toAsker({
  channel,
  userId,
  chatId,
  chatKind,
  threadId,
  account,
  replyTarget,
}: StoredMessage): Asker {
  return {
    ...{ channel, userId, chatId, chatKind, replyTarget },
    ...(threadId && { threadId }),
    ...(account && { account }),
  };
}

/**
 * Tries until the store takes it: the reply is made, and silence would be the worst outcome. `stored-before`: an earlier try
 * came through, and the reply may be on its way. `stopped`: the service stopped
 * before; then the message is still claimed and is answered anew after the restart. `withdrawn`: the message is done or
 * gone, and no reply is wanted.
 */
async function complete(
  store: ConversationStore,
  completion: Completion,
  options: { logger: Logger; signal: AbortSignal; clock: Clock },
): Promise<"stored" | "stored-before" | "withdrawn" | "stopped"> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await store.completeMessage(completion);
      return "stored";
    } catch (thrown) {
      const error = toAppError(thrown);
      const { channel, messageKey } = completion;
      // No retry brings it back.
      if (error.code === "conflict" || error.code === "not-found") {
        if (await isStored(store, completion)) return "stored-before";
        options.logger.info({ channel, messageKey }, "withdrawn while it was in work");
        return "withdrawn";
      }
      options.logger.error({ channel, messageKey, errorId: error.id, error: error.message }, "not stored");
      const delay = COMPLETE_RETRY_MS[Math.min(attempt, COMPLETE_RETRY_MS.length - 1)];
      const waited = await sleep(delay, true, { signal: options.signal }).catch(() => false);
      if (!waited) return "stopped";
    }
  }
}

/** An earlier try came through, and only its confirmation did not. */
async function isStored(store: ConversationStore, { channel, messageKey }: Completion): Promise<boolean> {
  return (await store.replyOf(channel, messageKey).catch(() => undefined)) !== undefined;
}
