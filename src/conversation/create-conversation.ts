import type { Actor } from "../access/index.ts";
import type { Answerer } from "../answering/index.ts";
import type { Clock, IdSource, Logger } from "../shared/index.ts";
import type { ConversationStore, InboxRecord, OutboxRecord } from "../storage/index.ts";
import { type BackOff, DELIVERY_BACK_OFF } from "./back-off.ts";
import { type Claims, createClaims } from "./claim-messages.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { type Alarm, createAlarm } from "./create-alarm.ts";
import { createPump, type Pump } from "./create-pump.ts";
import { createDeliverer } from "./deliver-outbox.ts";
import {
  createDirectSender,
  createNotifier,
  type EnqueueNotice,
  type Notice,
  type NoticeState,
} from "./enqueue-notice.ts";
import type { ConversationEvent } from "./events.ts";
import { finishWithin } from "./finish-within.ts";
import type { ChatGuardLimits } from "./guard-chat.ts";
import { createReceiver } from "./receive-message.ts";
import type { CitationUrl } from "./render-answer.ts";
import type { Acceptance, AcceptMessage, InboundMessage, MessageSkill, Reply } from "./types.ts";
import { createWithdrawal, type Withdrawal } from "./withdraw-message.ts";
import { createInboxWorker, type WorkOptions } from "./work-inbox.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Finished rows, and with them the keys that tell re-deliveries, are kept so long. */
const RETENTION_MS = 30 * DAY_MS;
const PRUNE_EVERY_MS = 6 * 60 * 60 * 1000;
const POLL_MS = 1_000;

export interface ConversationOptions {
  store: ConversationStore;
  answerer: Answerer;
  /** By name. May be filled after creation, before `start`. */
  channels: ConversationChannels;
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
  /** The reply with what somebody has to be told who meets the bot for the first time. */
  greetIn?: (message: InboundMessage, reply: Reply) => Promise<Reply>;
  /** Asked in this order before a message counts as a question. */
  skills?: readonly MessageSkill[];
  /** Sessions that are answered at the same time. Default 8. */
  concurrency?: number;
  /** Replies that are delivered at the same time. Default 8. */
  deliveryConcurrency?: number;
  /** For one user of a channel. Default: 15 at once, then 15 a minute. */
  rateLimit?: { burst: number; perMinute: number };
  /** For one chat, against bots that answer each other. */
  chatGuard?: Partial<ChatGuardLimits>;
  /** Default 120,000. */
  answerTimeoutMs?: number;
  /** How often it is looked for messages that another process has taken in. Default 1,000. */
  pollMs?: number;
  backOff?: BackOff;
  /** 0 ≤ value < 1, spreads retries. Default 0.5: no spreading. */
  random?: () => number;
  observe?: (event: ConversationEvent) => void;
}

export interface Conversation {
  /** Stores a notice for delivery. False: its key was used before. */
  notify(notice: Notice): Promise<boolean>;
  /** Undefined: no such key, or it was forgotten (a month after its end). */
  noticeState(channel: string, key: string): Promise<NoticeState | undefined>;
  /** Stores the message. When it resolves, exactly one reply will follow, also after a crash. */
  accept: AcceptMessage;
  /**
   * The asker took a message back: it is not answered any more, and an answer that it got is taken back where the platform
   * can. What a ticket holds is the desk's matter; a pressed button stays.
   */
  withdraw(channel: string, messageKey: string): Promise<void>;
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
  const withdrawal = createWithdrawal(options);
  const { outbox, alarm, ...opened } = openOutbox(options, observe);
  const { enqueue, wakeOutbox } = opened;
  const { inbox, claims } = openInbox(options, { ...opened, observe, withdrawal, signal: stopping.signal });
  const receive = createReceiver({ ...options, store: { acceptMessage: claims.accept } });
  let pruneTimer: NodeJS.Timeout | undefined;

  return {
    accept: (message) => takeIn(message, receive, observe),
    async notify(notice) {
      const enqueued = await enqueue(notice);
      if (enqueued) wakeOutbox();
      return enqueued;
    },
    withdraw: withdrawal.withdraw,
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
      alarm.stop();
      await outbox.stop(0);
      return answered && delivered;
    },
    async drain() {
      await inbox.whenIdle();
      await outbox.whenIdle();
    },
  };
}

interface OpenedOutbox {
  outbox: Pump<OutboxRecord>;
  alarm: Alarm;
  enqueue: EnqueueNotice;
  /** Something new stands in it. */
  wakeOutbox(): void;
  prepareDelivery: WorkOptions["prepareDelivery"];
}

function openOutbox(options: ConversationOptions, observe: (event: ConversationEvent) => void): OpenedOutbox {
  const concurrency = options.deliveryConcurrency ?? 8;
  const alarm = createAlarm(() => outbox.wake());
  const deliverer = createDeliverer({
    ...options,
    ...{ observe, concurrency, onWait: alarm.set },
    ...{ random: options.random ?? (() => 0.5), backOff: options.backOff ?? DELIVERY_BACK_OFF },
  });
  const outbox = createPump<OutboxRecord>({
    ...{ name: "outbox", concurrency, logger: options.logger },
    pollMs: Math.max(POLL_MS, options.pollMs ?? POLL_MS),
    take: deliverer.take,
    mayHaveMore: deliverer.mayHaveMore,
    run: deliverer.deliver,
  });
  const wakeOutbox = () => {
    deliverer.look();
    outbox.wake();
  };
  /** What need not wait is delivered without being read again; the row stays the truth after a crash. */
  const prepareDelivery = () => {
    const begin = deliverer.prepare();
    return (reply: OutboxRecord | undefined) => {
      const place = reply && outbox.reserve();
      if (place && begin(reply)) return place(reply);
      wakeOutbox();
      place?.();
    };
  };
  return { outbox, alarm, enqueue: createNotifier(options), wakeOutbox, prepareDelivery };
}

function openInbox(
  options: ConversationOptions,
  parts: Omit<OpenedOutbox, "outbox" | "alarm"> & {
    withdrawal: Withdrawal;
    observe: (event: ConversationEvent) => void;
    signal: AbortSignal;
  },
): { inbox: Pump<InboxRecord>; claims: Claims } {
  const { observe, enqueue, wakeOutbox, prepareDelivery, withdrawal, signal } = parts;
  const worker = createInboxWorker({
    ...options,
    sendDirect: createDirectSender(options.channels, enqueue, wakeOutbox),
    ...{ observe, signal, prepareDelivery, answerTimeoutMs: options.answerTimeoutMs ?? 120_000 },
  });
  const claims = createClaims({
    ...options,
    reserve: () => (worker.isOpen() ? inbox.reserve() : undefined),
    wake: () => inbox.wake(),
  });
  const inbox = createPump<InboxRecord>({
    name: "inbox",
    concurrency: options.concurrency ?? 8,
    pollMs: options.pollMs ?? POLL_MS,
    take: async (isIdle) => (worker.isOpen() ? claims.take(isIdle) : undefined),
    mayHaveMore: claims.mayHaveMore,
    run: async (record) => {
      // Before anything is waited for: the worker must know at once whom it works on.
      const early = withdrawal.settleEarly(record);
      if (early) return early;
      await worker.run(record);
    },
    logger: options.logger,
  });
  return { inbox, claims };
}

const ignore = () => undefined;

async function takeIn(
  message: InboundMessage,
  receive: AcceptMessage,
  observe: (event: ConversationEvent) => void,
): Promise<Acceptance> {
  const acceptance = await receive(message);
  observe({ type: "received", channel: message.channel, acceptance });
  return acceptance;
}

async function prune(store: ConversationStore, clock: Clock, logger: Logger): Promise<void> {
  try {
    const removed = await store.pruneFinished(new Date(clock().getTime() - RETENTION_MS));
    if (removed > 0) logger.info({ removed }, "finished messages pruned");
  } catch (error) {
    logger.warn({ error: String(error) }, "finished messages could not be pruned");
  }
}
