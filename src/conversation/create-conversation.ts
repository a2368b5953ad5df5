import type { Actor } from "../access/index.ts";
import type { Answerer } from "../answering/index.ts";
import type { Clock, IdSource, Logger } from "../shared/index.ts";
import type { ConversationStore, InboxRecord, OutboxRecord } from "../storage/index.ts";
import { type BackOff, DELIVERY_BACK_OFF } from "./back-off.ts";
import { MAX_QUESTION_LENGTH } from "./choose-skill.ts";
import type { ComposeOptions, StoredMessage } from "./compose-reply.ts";
import { createPump } from "./create-pump.ts";
import { createDeliverer, type StoredReply } from "./deliver-outbox.ts";
import type { ConversationEvent } from "./events.ts";
import { finishWithin } from "./finish-within.ts";
import { createRateLimiter } from "./limit-rate.ts";
import type { CitationUrl } from "./render-answer.ts";
import { toSessionKey } from "./session-key.ts";
import type { Acceptance, AcceptMessage, Channel, InboundMessage, MessageSkill, Reply } from "./types.ts";
import { createInboxWorker } from "./work-inbox.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Finished rows, and with them the keys that tell re-deliveries, are kept so long. */
const RETENTION_MS = 30 * DAY_MS;
/** Platforms re-deliver for hours (Feishu: 6 h and more); what is older than this is no longer answered. */
const STALE_MS = 7 * DAY_MS;
const PRUNE_EVERY_MS = 6 * 60 * 60 * 1000;
const POLL_MS = 1_000;
/** More than anything takes, so that what is too long is refused and not cut. */
const MAX_KEPT_TEXT = 5 * MAX_QUESTION_LENGTH;

export interface ConversationOptions {
  store: ConversationStore;
  answerer: Answerer;
  /** By name. May be filled after creation, before `start`. */
  channels: ReadonlyMap<string, Pick<Channel, "deliver" | "revise" | "fetchAttachment" | "directTarget">>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
  citationUrl?: CitationUrl;
  /** Roles of an account; absent: everybody is staff. */
  actorOf?: (account: string) => Promise<Actor>;
  /** Answers offer a specialist: the skills know `ticket.start`. */
  handOver?: boolean;
  /** Answers can be judged, copied from and asked on: the skills know `answer.…`. */
  feedback?: boolean;
  /** Asked in this order before a message counts as a question. */
  skills?: readonly MessageSkill[];
  /** Sessions that are answered at the same time. Default 4. */
  concurrency?: number;
  /** Replies that are delivered at the same time. Default 8. */
  deliveryConcurrency?: number;
  /** For one user of a channel. Default: 15 at once, then 15 a minute. */
  rateLimit?: { burst: number; perMinute: number };
  /** Default 120,000. */
  answerTimeoutMs?: number;
  /** How often it is looked for messages that another process has taken in. Default 1,000. */
  pollMs?: number;
  backOff?: BackOff;
  /** 0 ≤ value < 1, spreads retries. Default 0.5: no spreading. */
  random?: () => number;
  observe?: (event: ConversationEvent) => void;
}

/** A message to a person that answers nothing: a correction, a digest, a finished upload. */
export interface Notice {
  channel: string;
  /** Used once, for ever: a second notice with the same key is not sent. */
  key: string;
  replyTarget: unknown;
  sessionKey: string;
  reply: Reply;
  /** Kept in the session's history, for channels that show it. */
  turn?: boolean;
  /** Takes the place of the delivered message with this receipt, where the channel can. */
  edits?: string;
  /** Lower goes first: 0 like an answer, 1 what somebody waits for (default), 2 what nobody asked for. */
  priority?: 0 | 1 | 2;
}

/** What became of a notice or a reply. */
export interface NoticeState {
  state: "pending" | "delivered" | "dead";
  receipt: string | null;
  lastError: string | null;
}

export interface Conversation {
  /** Stores a notice for delivery. False: its key was used before. */
  notify(notice: Notice): Promise<boolean>;
  /** Undefined: no such key, or it was forgotten (a month after its end). */
  noticeState(channel: string, key: string): Promise<NoticeState | undefined>;
  /** Stores the message. When it resolves, exactly one reply will follow, also after a crash. */
  accept: AcceptMessage;
  /** Takes up what an earlier process left, then works until `stop`. */
  start(): Promise<void>;
  /** Takes nothing more and finishes what is in work; true when all was finished within `graceMs` (default 10,000). */
  stop(graceMs?: number): Promise<boolean>;
  /** Resolves when every accepted message is answered and no reply is due. For tests and batch runs. */
  drain(): Promise<void>;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { store, clock, logger } = options;
  const observe = options.observe ?? ignore;
  const stopping = new AbortController();
  const deliverer = createDeliverer({
    ...options,
    observe,
    ...{ random: options.random ?? (() => 0.5), backOff: options.backOff ?? DELIVERY_BACK_OFF },
  });
  const outbox = createPump<OutboxRecord>({
    name: "outbox",
    concurrency: options.deliveryConcurrency ?? 8,
    pollMs: POLL_MS,
    take: deliverer.take,
    run: deliverer.deliver,
    logger,
  });
  const enqueue = createNotifier(options);
  const worker = createInboxWorker({
    ...options,
    sendDirect: createDirectSender(options, enqueue, () => outbox.wake()),
    observe,
    answerTimeoutMs: options.answerTimeoutMs ?? 120_000,
    signal: stopping.signal,
  });
  const inbox = createPump<InboxRecord>({
    name: "inbox",
    concurrency: options.concurrency ?? 4,
    pollMs: options.pollMs ?? POLL_MS,
    take: worker.take,
    run: async (record) => {
      await worker.run(record);
      outbox.wake();
    },
    logger,
  });
  const receive = createReceiver(options);
  let pruneTimer: NodeJS.Timeout | undefined;

  return {
    accept: (message) => takeIn(message, receive, observe, () => inbox.wake()),
    async notify(notice) {
      const enqueued = await enqueue(notice);
      if (enqueued) outbox.wake();
      return enqueued;
    },
    noticeState: (channel, key) => store.replyOf(channel, key),
    async start() {
      const released = await store.releaseClaims();
      if (released > 0) logger.info({ released }, "messages of an interrupted run are taken up again");
      inbox.start();
      outbox.start();
      pruneTimer = setInterval(() => void prune(store, clock, logger), PRUNE_EVERY_MS);
      pruneTimer.unref();
      await prune(store, clock, logger);
    },
    async stop(graceMs = 10_000) {
      clearInterval(pruneTimer);
      const answered = await inbox.stop(graceMs);
      stopping.abort();
      const delivered = await finishWithin(outbox.whenIdle(), graceMs);
      await outbox.stop(0);
      return answered && delivered;
    },
    async drain() {
      await inbox.whenIdle();
      await outbox.whenIdle();
    },
  };
}

const ignore = () => undefined;

async function takeIn(
  message: InboundMessage,
  receive: (message: InboundMessage) => Promise<Acceptance>,
  observe: (event: ConversationEvent) => void,
  wake: () => void,
): Promise<Acceptance> {
  const acceptance = await receive(message);
  observe({ type: "received", channel: message.channel, acceptance });
  if (acceptance === "accepted") wake();
  return acceptance;
}

/** A channel without direct chats, or a chat that is one already, has no other place to send to. */
function createDirectSender(
  { channels }: ConversationOptions,
  enqueue: (notice: Notice) => Promise<boolean>,
  wake: () => void,
): NonNullable<ComposeOptions["sendDirect"]> {
  return async ({ channel, userId }, key, reply) => {
    const replyTarget = channels.get(channel)?.directTarget?.(userId);
    if (replyTarget === undefined) return false;
    const sessionKey = toSessionKey({ channel, chatId: userId, userId });
    const enqueued = await enqueue({ channel, key, replyTarget, sessionKey, reply });
    if (enqueued) wake();
    return enqueued;
  };
}

function createNotifier({ store, clock, ids }: ConversationOptions): (notice: Notice) => Promise<boolean> {
  return async ({ channel, key, replyTarget, sessionKey, reply, turn, edits }) => {
    const at = clock().toISOString();
    const outboxId = ids();
    const stored: StoredReply = {
      ...{ outboxId, messageKey: key, replyTarget, reply, sessionKey },
      ...(edits !== undefined && { edits }),
    };
    const outcome = await store.enqueueNotice({
      channel,
      messageKey: key,
      sessionKey,
      outbox: { outboxId, channel, messageKey: key, reply: stored, dueAt: at, createdAt: at },
      ...(turn && {
        turn: {
          turnId: ids(),
          sessionKey,
          channel,
          messageKey: key,
          question: "",
          resolvedQuestion: "",
          answer: { kind: reply.kind, reply },
          at,
        },
      }),
    });
    return outcome === "enqueued";
  };
}

/** Decides whether a message is stored, and stores it. By itself: for a process that takes in and leaves the work to another. */
export function createReceiver({
  store,
  clock,
  logger,
  rateLimit,
}: Pick<ConversationOptions, "store" | "clock" | "logger" | "rateLimit">): AcceptMessage {
  const limiter = createRateLimiter(clock, rateLimit ?? { burst: 15, perMinute: 15 });
  return async (message) => {
    const { channel, messageKey } = message;
    const now = clock();
    if (now.getTime() - Date.parse(message.sentAt) > STALE_MS) {
      logger.warn({ channel, messageKey, sentAt: message.sentAt }, "stale message ignored");
      return "ignored";
    }
    const sender = JSON.stringify([channel, message.userId]);
    const verdict = limiter.check(sender);
    if (verdict === "ignore") {
      logger.warn({ channel, messageKey }, "message beyond the rate limit ignored");
      return "ignored";
    }
    const stored: StoredMessage = {
      ...message,
      text: message.text.slice(0, MAX_KEPT_TEXT),
      ...(verdict === "notify" && { rateLimited: true }),
    };
    const sessionKey = toSessionKey(message);
    const record = { channel, messageKey, message: stored, sessionKey, acceptedAt: now.toISOString() };
    const acceptance = await store.acceptMessage(record);
    if (acceptance === "accepted") limiter.count(sender);
    return acceptance;
  };
}

async function prune(store: ConversationStore, clock: Clock, logger: Logger): Promise<void> {
  try {
    const removed = await store.pruneFinished(new Date(clock().getTime() - RETENTION_MS));
    if (removed > 0) logger.info({ removed }, "finished messages pruned");
  } catch (error) {
    logger.warn({ error: String(error) }, "finished messages could not be pruned");
  }
}
