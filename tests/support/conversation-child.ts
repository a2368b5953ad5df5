/**
 * A conversation in a process of its own, to be killed at any moment. Reads messages as JSON lines, acknowledges each
 * stored one on stdout. The platform is a file: a delivery appends one line unless its idempotency key is there already.
 *
 * Arguments: data directory, platform file.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createConversation, type InboundMessage, type OutgoingReply } from "../../src/conversation/index.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { openStorage } from "../../src/storage/index.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

/** A question that ends the process whenever it is worked on; those that begin with 慢 take long. */
const POISON = "致命问题";

const [dataDirectory = "", platformFile = ""] = process.argv.slice(2);

const answerer = createEchoAnswerer(async ({ question }) => {
  await sleep(question.startsWith("慢") ? 150 : Math.random() * 8);
  if (question === POISON) process.kill(process.pid, "SIGKILL");
  return {};
});

const known = new Set(
  (existsSync(platformFile) ? readFileSync(platformFile, "utf8") : "")
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { outboxId: string }).outboxId),
);

async function deliver({ outboxId, messageKey, reply }: OutgoingReply) {
  await sleep(Math.random() * 4);
  if (!known.has(outboxId)) {
    appendFileSync(platformFile, `${JSON.stringify({ outboxId, messageKey, headline: reply.headline })}\n`);
    known.add(outboxId);
  }
  // The platform has it, and the answer gets lost on its way back.
  if (Math.random() < 0.2) throw new Error("socket hang up");
  await sleep(Math.random() * 4);
  return { receipt: `receipt-${outboxId}` };
}

const storage = await openStorage({ dataDirectory });
const conversation = createConversation({
  store: storage.conversation,
  answerer,
  channels: new Map([["test", { deliver }]]),
  clock: systemClock,
  ids: randomIds,
  logger: silentLogger,
  rateLimit: { burst: 10_000, perMinute: 10_000 },
  backOff: { maxAttempts: 1_000, firstDelayMs: 5, maxDelayMs: 20 },
});
await conversation.start();
process.stdout.write("ready\n");

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as InboundMessage;
  void conversation.accept(message).then((acceptance) => {
    process.stdout.write(`${acceptance} ${message.messageKey}\n`);
  });
}
