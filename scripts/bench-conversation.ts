/**
 * What the conversation costs around an answer: message accepted → reply delivered, with an answerer that answers at
 * once, on SQLite as in production (each step synced to disk), beside a bare loop in memory.
 *
 *   node scripts/bench-conversation.ts [messages]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Answerer } from "../src/answering/index.ts";
import {
  createConversation,
  type InboundMessage,
  type OutgoingReply,
  renderAnswer,
} from "../src/conversation/index.ts";
import { type DocumentId, randomIds, silentLogger, systemClock } from "../src/shared/index.ts";
import { openStorage } from "../src/storage/index.ts";

const count = Number(process.argv[2] ?? 1000);
const answer: Answer = {
  kind: "answered",
  language: "zh",
  conclusion: "结论。",
  answer: "结论。",
  citations: Array.from({ length: 3 }, () => ({
    documentId: "d" as DocumentId,
    title: "行动方案",
    status: "征求意见稿",
    section: "一（一）¶1",
    heading: ["一、总体要求"],
    quote: "原文".repeat(60),
    start: 0,
    end: 120,
  })),
  notStated: ["金额"],
  nextStep: "请以正式文件为准。",
  notices: [],
  asOf: "2026-11-22",
  engine: "rules",
  resolvedQuestion: "问",
  reasons: [],
};
const answerer: Answerer = { answerQuestion: async () => answer };

function makeMessage(index: number): InboundMessage {
  return {
    channel: "bench",
    messageKey: `message-${index}`,
    chatId: "chat",
    chatKind: "group",
    userId: `user-${index % 50}`,
    text: "人才安居有哪些支持举措？",
    replyTarget: null,
    sentAt: new Date().toISOString(),
  };
}

interface Run {
  accept(message: InboundMessage): Promise<unknown>;
  onDelivered(listener: (messageKey: string) => void): void;
}

function openBareLoop(): Run {
  let listener: (messageKey: string) => void = () => undefined;
  return {
    async accept(message) {
      const reply = renderAnswer(await answerer.answerQuestion({ question: message.text }));
      if (reply.headline) listener(message.messageKey);
    },
    onDelivered: (next) => {
      listener = next;
    },
  };
}

/** One after the other for the latency, then all at once for the throughput. */
async function measure(run: Run): Promise<{ p50: number; p95: number; perSecond: number }> {
  const waiting = new Map<string, () => void>();
  run.onDelivered((messageKey) => waiting.get(messageKey)?.());
  const exchange = (index: number) => {
    const message = makeMessage(index);
    const delivered = new Promise<void>((resolve) => waiting.set(message.messageKey, resolve));
    return Promise.all([run.accept(message), delivered]);
  };
  const latencies: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await exchange(index);
    latencies.push(performance.now() - startedAt);
  }
  latencies.sort((one, other) => one - other);
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: count }, (_, index) => exchange(count + index)));
  const perSecond = (count / (performance.now() - startedAt)) * 1000;
  const at = (share: number) => latencies[Math.min(count - 1, Math.floor(count * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), perSecond };
}

const directory = await mkdtemp(join(tmpdir(), "xiance-bench-"));
const storage = await openStorage({ dataDirectory: directory });
let listener: (messageKey: string) => void = () => undefined;
const deliver = async ({ messageKey }: OutgoingReply) => {
  listener(messageKey);
  return { receipt: messageKey };
};
const conversation = createConversation({
  store: storage.conversation,
  answerer,
  channels: new Map([["bench", { deliver }]]),
  clock: systemClock,
  ids: randomIds,
  logger: silentLogger,
  rateLimit: { burst: 1e9, perMinute: 1e9 },
  chatGuard: { sameText: 1e9 },
});
await conversation.start();
const persistent = await measure({
  accept: conversation.accept,
  onDelivered: (next) => {
    listener = next;
  },
});
await conversation.drain();
await conversation.stop();
await storage.close();
await rm(directory, { recursive: true, force: true });
const bare = await measure(openBareLoop());

const show = (name: string, { p50, p95, perSecond }: typeof bare) =>
  console.log(
    `${name.padEnd(22)} p50 ${p50.toFixed(3).padStart(8)} ms   p95 ${p95.toFixed(3).padStart(8)} ms   ${perSecond.toFixed(0).padStart(8)} / s`,
  );
console.log(`${count} messages, 50 askers`);
show("conversation, SQLite", persistent);
show("bare loop in memory", bare);
console.log(`added per message: ${(persistent.p50 - bare.p50).toFixed(2)} ms at the median`);
