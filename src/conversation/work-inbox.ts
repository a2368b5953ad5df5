import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, type IdSource, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, InboxRecord } from "../storage/index.ts";
import { type ComposeOptions, composeReply, type StoredMessage } from "./compose-reply.ts";
import type { StoredReply } from "./deliver-outbox.ts";
import type { ConversationEvent } from "./events.ts";
import type { Asker } from "./types.ts";

const COMPLETE_RETRY_MS = [200, 1_000, 5_000, 15_000];
/** A turn keeps so much of what was typed; longer texts were not answered anyway. */
const MAX_KEPT_QUESTION = 4_000;

export interface WorkOptions extends ComposeOptions {
  ids: IdSource;
  observe: (event: ConversationEvent) => void;
  /** Aborted when the service stops. */
  signal: AbortSignal;
}

export interface InboxWorker {
  take(): Promise<InboxRecord | undefined>;
  run(record: InboxRecord): Promise<void>;
}

/**
 * Claims messages and answers them. One that was in work when the process ended may be what ended it: it is worked on
 * alone, so that it cannot drag its neighbours along until they too count as having failed too often.
 */
export function createInboxWorker(options: WorkOptions): InboxWorker {
  const underWay = new Set<Promise<void>>();
  let suspectUnderWay = false;
  return {
    take: async () => (suspectUnderWay ? undefined : options.store.claimNextMessage(options.clock())),
    async run(record) {
      const isSuspect = record.attempts > 1;
      if (isSuspect) {
        suspectUnderWay = true;
        await Promise.all(underWay);
      }
      const work = workMessage(record, options);
      underWay.add(work);
      await work.finally(() => {
        underWay.delete(work);
        if (isSuspect) suspectUnderWay = false;
      });
    },
  };
}

/** Answers one claimed message and writes reply, turn and `done` in one transaction. */
async function workMessage(record: InboxRecord, options: WorkOptions): Promise<void> {
  const { store, clock, ids, logger } = options;
  const message = record.message as StoredMessage;
  const { channel, messageKey, sessionKey } = record;
  const startedAt = clock();
  const composed = await composeReply(record, options);
  const at = clock();
  const outboxId = ids();
  const reply: StoredReply = {
    outboxId,
    messageKey,
    replyTarget: message.replyTarget,
    reply: composed.reply,
    sessionKey,
  };
  const completion = {
    channel,
    messageKey,
    outbox: { outboxId, channel, messageKey, reply, dueAt: at.toISOString(), createdAt: at.toISOString() },
    turn: {
      turnId: ids(),
      sessionKey,
      channel,
      messageKey,
      question: composed.reply.confidential
        ? ""
        : (composed.question ?? message.text).slice(0, MAX_KEPT_QUESTION),
      resolvedQuestion: composed.resolvedQuestion.slice(0, MAX_KEPT_QUESTION),
      answer: composed.outcome,
      at: at.toISOString(),
      asker: toAsker(message),
    },
  };
  if (!(await complete(store, completion, options))) return;
  const { kind } = composed.reply;
  const durationMs = at.getTime() - startedAt.getTime();
  const waitedMs = startedAt.getTime() - Date.parse(record.acceptedAt);
  logger.info({ channel, messageKey, kind, durationMs, waitedMs, attempts: record.attempts }, "replied");
  options.observe({ type: "replied", channel, kind, durationMs, waitedMs });
}

function toAsker({ channel, userId, chatId, chatKind, threadId, replyTarget }: StoredMessage): Asker {
  return { channel, userId, chatId, chatKind, ...(threadId && { threadId }), replyTarget };
}

/**
 * Tries until the store takes it: the reply is made, and silence would be the worst outcome. False when the service
 * stopped before; then the message is still claimed and is answered anew after the restart.
 */
async function complete(
  store: ConversationStore,
  completion: Parameters<ConversationStore["completeMessage"]>[0],
  options: { logger: Logger; signal: AbortSignal; clock: Clock },
): Promise<boolean> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await store.completeMessage(completion);
      return true;
    } catch (thrown) {
      const error = toAppError(thrown);
      const { channel, messageKey } = completion;
      options.logger.error({ channel, messageKey, errorId: error.id, error: error.message }, "not stored");
      // The message itself is gone; no retry brings it back.
      if (error.code === "not-found") return false;
      const delay = COMPLETE_RETRY_MS[Math.min(attempt, COMPLETE_RETRY_MS.length - 1)];
      const waited = await sleep(delay, true, { signal: options.signal }).catch(() => false);
      if (!waited) return false;
    }
  }
}
