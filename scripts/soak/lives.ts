import { setTimeout as waitFor } from "node:timers/promises";
import type { FeishuServer } from "../../tests/support/feishu-server/index.ts";
import { type BotOptions, type BotProcess, startBot } from "./bot-process.ts";

/** One life of the bot's process. Times by `performance.now()`; memory by seconds since it was ready, MB. */
export interface Life {
  startedAt: number;
  readyAt?: number;
  endedAt?: number;
  memory: { age: number; megabytes: number }[];
  /** Processor time when it was ready, and when it was last looked at, ms. */
  cpuMs?: { ready: number; last: number };
}

export interface Lives {
  readonly all: readonly Life[];
  /** Resolves when the bot is connected. */
  begin(): Promise<void>;
  /** kill -9, and a new life at once. */
  killAndBegin(): Promise<void>;
  stop(): Promise<void>;
}

const MEMORY_EVERY_MS = 1_000;
const MAX_START_MS = 120_000;

export function createLives(options: BotOptions, server: FeishuServer): Lives {
  const all: Life[] = [];
  let bot: BotProcess | undefined;
  let life: Life | undefined;
  const watch = setInterval(async () => {
    const [current, process] = [life, bot];
    if (!current?.readyAt || !process) return;
    const measures = await process.measure();
    if (!measures) return;
    const { memory: megabytes, cpuMs } = measures;
    current.memory.push({ age: (performance.now() - current.readyAt) / 1_000, megabytes });
    current.cpuMs = { ready: current.cpuMs?.ready ?? cpuMs, last: cpuMs };
  }, MEMORY_EVERY_MS);

  async function begin(): Promise<void> {
    const before = server.connection.totalConnections();
    const begun: Life = { startedAt: performance.now(), memory: [] };
    all.push(begun);
    life = begun;
    bot = startBot(options);
    while (server.connection.totalConnections() === before) {
      if (performance.now() - begun.startedAt > MAX_START_MS) throw new Error("the bot does not connect");
      await waitFor(10);
    }
    begun.readyAt = performance.now();
  }

  return {
    all,
    begin,
    async killAndBegin() {
      if (life) life.endedAt = performance.now();
      await bot?.kill();
      await begin();
    },
    async stop() {
      clearInterval(watch);
      await bot?.stop();
      if (life) life.endedAt = performance.now();
    },
  };
}
