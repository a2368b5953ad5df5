import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { InboundMessage } from "../../src/conversation/index.ts";
import { openStorage } from "../../src/storage/index.ts";

const CHILD = join(import.meta.dirname, "../support/conversation-child.ts");
const POISON = "致命问题";
const MESSAGES = 150;
const SESSIONS = 12;
const KILLS = 20;

interface Delivery {
  outboxId: string;
  messageKey: string;
  headline: string;
}

let directory: string;
let running: ChildProcessWithoutNullStreams | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "xiance-kill-"));
});

afterEach(async () => {
  await kill();
  await rm(directory, { recursive: true, force: true });
});

/** The platform's side: knows what was acknowledged, and sends again what was not. */
class Platform {
  readonly file = join(directory, "platform.jsonl");
  readonly acknowledged = new Set<string>();
  readonly #messages: InboundMessage[];

  constructor(messages: InboundMessage[]) {
    this.#messages = messages;
  }

  /** Starts the service; resolves when it is ready or has died. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [CHILD, join(directory, "data"), this.file]);
    running = child;
    // A pipe to a dead process is no fault of the test.
    child.stdin.on("error", () => undefined);
    child.stderr.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      const [word, messageKey] = line.split(" ");
      if ((word === "accepted" || word === "duplicate") && messageKey) this.acknowledged.add(messageKey);
    });
    await Promise.race([once(lines, "line"), once(child, "exit")]);
  }

  /** Sends up to so many messages that are not acknowledged yet, and some acknowledged ones once more. */
  send(count: number): void {
    const open = this.#messages
      .filter(({ messageKey }) => !this.acknowledged.has(messageKey))
      .slice(0, count);
    const again = this.#messages.filter(
      ({ messageKey }) => this.acknowledged.has(messageKey) && Math.random() < 0.1,
    );
    for (const message of [...open, ...again]) running?.stdin.write(`${JSON.stringify(message)}\n`);
  }

  deliveries(): Delivery[] {
    if (!existsSync(this.file)) return [];
    return readFileSync(this.file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Delivery);
  }
}

async function kill(): Promise<void> {
  const child = running;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

function makeMessages(): InboundMessage[] {
  const sentAt = new Date().toISOString();
  return Array.from({ length: MESSAGES }, (_, index) => ({
    channel: "test",
    messageKey: `message-${index}`,
    chatId: "group",
    chatKind: "group" as const,
    userId: `user-${index % SESSIONS}`,
    // Three that are still in work when the fourth ends the process.
    text: index === 40 ? POISON : `${index >= 37 && index < 40 ? "慢" : ""}第${index}问`,
    replyTarget: null,
    sentAt,
  }));
}

/** Keeps the service running until the platform has so many replies, and gives it time for one too many. */
async function runUntilReplied(platform: Platform): Promise<void> {
  await expect
    .poll(
      async () => {
        if (!running || running.exitCode !== null || running.signalCode !== null) await platform.start();
        platform.send(MESSAGES);
        return platform.deliveries().length;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBeGreaterThanOrEqual(MESSAGES);
  await sleep(300);
  await kill();
}

/** The replies, after checking that each message has exactly one. */
async function expectOneReplyEach(platform: Platform): Promise<Delivery[]> {
  const deliveries = platform.deliveries();
  expect(platform.acknowledged.size).toBe(MESSAGES);
  expect(new Set(deliveries.map(({ messageKey }) => messageKey)).size).toBe(MESSAGES);
  expect(deliveries).toHaveLength(MESSAGES);
  const storage = await openStorage({ dataDirectory: join(directory, "data") });
  expect((await storage.conversation.counts()).inbox).toEqual({ done: MESSAGES });
  await storage.close();
  return deliveries;
}

it("replies exactly once to every accepted message, killed at any moment", { timeout: 120_000 }, async () => {
  const platform = new Platform(makeMessages());
  for (let round = 0; round < KILLS; round += 1) {
    // Every fifth time it is hit while it starts.
    const started = platform.start();
    if (round % 5 === 4) await sleep(Math.random() * 300);
    else await started;
    platform.send(12);
    await sleep(Math.random() * 90);
    await kill();
  }
  await runUntilReplied(platform);
  await expectOneReplyEach(platform);
});

it("answers the neighbours of a message that ends the process", { timeout: 120_000 }, async () => {
  const platform = new Platform(makeMessages());
  await runUntilReplied(platform);
  const deliveries = await expectOneReplyEach(platform);
  const failed = deliveries.filter(({ headline }) => !headline.startsWith("答："));
  expect(failed.map(({ messageKey }) => messageKey)).toEqual(["message-40"]);
});
