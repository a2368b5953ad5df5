import { setTimeout as waitFor } from "node:timers/promises";
import type { Channel, Conversation } from "../../../src/conversation/index.ts";
import { createConversation } from "../../../src/conversation/index.ts";
import { type Clock, randomIds, silentLogger, systemClock } from "../../../src/shared/index.ts";
import { openTemporaryStorage } from "../temporary-storage.ts";
import { createEchoAnswerer } from "../test-answerer.ts";
import type { FeishuServer, MessageSpec } from "./index.ts";
import { BOT_MENTION, type SentMessage } from "./index.ts";
import { type RunningChannel, type RunOptions, runChannel } from "./run-channel.ts";

export interface RunningConversation {
  conversation: Conversation;
  running: RunningChannel;
  /** A message in a group of its own, brought by the platform's schedule (made fast) until it is acknowledged. */
  ask(spec?: MessageSpec): Promise<MessageSpec>;
  /** Messages that answer it. */
  repliesTo(spec: MessageSpec): SentMessage[];
  /** Until it has an answer. */
  theReplyTo(spec: MessageSpec): Promise<SentMessage>;
  /** Until everything accepted is answered and nothing is to be delivered any more. */
  settle(): Promise<void>;
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  close(): Promise<void>;
}

const QUICK_SCHEDULE_MS = [15, 60, 200, 1_000, 3_000];

/** The conversation on SQLite over the channel on the vendor's SDK; retries come at once. */
export async function runConversation(
  server: FeishuServer,
  options: Partial<RunOptions> & { clock?: Clock; maxAttempts?: number } = {},
): Promise<RunningConversation> {
  const storage = await openTemporaryStorage();
  const { clock = systemClock, maxAttempts = 200, ...channelOptions } = options;
  const running = await runChannel({ domain: server.url, ...channelOptions, clock, start: false });
  const conversation = createConversation({
    store: storage.conversation,
    answerer: createEchoAnswerer(),
    channels: new Map<string, Channel>([["feishu", running.channel]]),
    clock,
    ids: randomIds,
    logger: silentLogger,
    rateLimit: { burst: 10_000, perMinute: 10_000 },
    backOff: { maxAttempts, firstDelayMs: 5, maxDelayMs: 20 },
  });
  await conversation.start();
  await running.channel.start(conversation.accept);
  let counter = 0;

  const repliesTo = ({ messageId }: MessageSpec) => server.sent.filter(({ target }) => target === messageId);

  async function settle(): Promise<void> {
    for (;;) {
      await conversation.drain();
      const { inbox, outbox } = await storage.conversation.counts();
      if (!inbox["accepted"] && !inbox["answering"] && !outbox["pending"]) return;
      await waitFor(20);
    }
  }

  return {
    conversation,
    running,
    storage,
    async ask(spec = {}) {
      counter += 1;
      const whole: MessageSpec = {
        text: `@_user_1 第${counter}问`,
        mentions: [BOT_MENTION],
        chatId: `oc_group${counter}`,
        messageId: `om_question${counter}`,
        eventId: `evt_question${counter}`,
        ...spec,
      };
      await server.connection.pushUntilAcked(server.messageEvent(whole), QUICK_SCHEDULE_MS);
      return whole;
    },
    repliesTo,
    async theReplyTo(spec) {
      await running.waitUntil(() => repliesTo(spec).length > 0, `the reply to ${spec.messageId}`);
      return repliesTo(spec)[0] as SentMessage;
    },
    settle,
    async close() {
      await running.channel.stop();
      await conversation.stop();
      await storage.remove();
    },
  };
}
