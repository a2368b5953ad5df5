import { expect } from "vitest";
import type { Answerer } from "../../src/answering/index.ts";
import {
  type Channel,
  type Conversation,
  type ConversationEvent,
  type ConversationOptions,
  createConversation,
  type InboundMessage,
  type OutgoingReply,
  type Reply,
} from "../../src/conversation/index.ts";
import {
  createManualClock,
  type Logger,
  type ManualClock,
  randomIds,
  silentLogger,
} from "../../src/shared/index.ts";
import type { ConversationStore } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

export interface TestUser {
  /** Sends a message and waits until the bot has dealt with it. */
  says(text: string, overrides?: Partial<InboundMessage>): Promise<void>;
  /** Sends without waiting. */
  sends(text: string, overrides?: Partial<InboundMessage>): ReturnType<Conversation["accept"]>;
}

export interface TestBot {
  /** The last reply has this kind, or holds this text. */
  repliesWith(expected: { kind?: string; text?: string | RegExp }): void;
  /** All replies that reached the platform, oldest first. */
  readonly replies: Reply[];
}

export interface TestApp {
  user: TestUser;
  bot: TestBot;
  /** Another person. */
  join(userId: string): TestUser;
  clock: ManualClock;
  store: ConversationStore;
  conversation: Conversation;
  deliveries: OutgoingReply[];
  events: ConversationEvent[];
  close(): Promise<void>;
}

export interface TestAppOptions extends Partial<ConversationOptions> {
  answerer?: Answerer;
  /** Default: a fresh SQLite database. */
  store?: ConversationStore;
  logger?: Logger;
  /** Stands for the platform; throws to refuse a delivery. */
  deliver?: (reply: OutgoingReply) => Promise<void> | void;
  /** Where a person's direct chat is; absent: the platform has none. */
  directTarget?: (userId: string) => unknown;
  /** What the platform can do besides. */
  channel?: Partial<Channel>;
}

/** The conversation with a channel that remembers what it delivered. Time moves only by `clock.advance`. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = createManualClock(new Date("2026-11-22T02:00:00Z"));
  const storage = options.store ? undefined : await openTemporaryStorage();
  const store = options.store ?? (storage as NonNullable<typeof storage>).conversation;
  const deliveries: OutgoingReply[] = [];
  const events: ConversationEvent[] = [];
  const deliver = async (reply: OutgoingReply) => {
    await options.deliver?.(reply);
    deliveries.push(reply);
    return { receipt: `receipt-${deliveries.length}` };
  };
  const conversation = createConversation({
    answerer: createEchoAnswerer(),
    channels: new Map([
      [
        "test",
        {
          ...options.channel,
          ...{ deliver, ...(options.directTarget && { directTarget: options.directTarget }) },
        },
      ],
    ]),
    ids: randomIds,
    logger: silentLogger,
    observe: (event) => events.push(event),
    ...options,
    clock: clock.now,
    store,
  });
  await conversation.start();

  function join(userId: string): TestUser {
    const sends: TestUser["sends"] = (text, overrides = {}) =>
      conversation.accept({
        channel: "test",
        messageKey: randomIds(),
        chatId: "group-1",
        chatKind: "group",
        userId,
        text,
        replyTarget: { to: userId },
        sentAt: clock.now().toISOString(),
        ...overrides,
      });
    return {
      sends,
      async says(text, overrides) {
        await sends(text, overrides);
        await conversation.drain();
      },
    };
  }

  return {
    user: join("user-1"),
    bot: createBot(deliveries),
    join,
    clock,
    store,
    conversation,
    deliveries,
    events,
    close: async () => {
      await conversation.stop();
      await storage?.remove();
    },
  };
}

function createBot(deliveries: readonly OutgoingReply[]): TestBot {
  return {
    get replies() {
      return deliveries.map(({ reply }) => reply);
    },
    repliesWith({ kind, text }) {
      const last = deliveries.at(-1)?.reply;
      expect(last, "the bot has replied").toBeDefined();
      if (kind !== undefined) expect(last?.kind).toBe(kind);
      if (typeof text === "string") expect(last?.plainText).toContain(text);
      else if (text !== undefined) expect(last?.plainText).toMatch(text);
    },
  };
}
