import type { Storage } from "../../src/storage/index.ts";
import { createQuickTeller, type FilledDesk, settle } from "./fill-desk.ts";
import { type Times, timesOf } from "./times.ts";

const MINUTE = 60_000;
const TURN_MS = 2_000;

export interface TurnFigures {
  idle: Times;
  /** Milliseconds of CPU in a minute of turns. */
  cpuAMinute: number;
  /** `select 1`. */
  ping: Times;
  /** The query for what is due alone. */
  dueQuery: Times;
  due: { tickets: number; turn: number; settled: number; cpu: number }[];
  /** Mebibytes: heap and all, after a collection. */
  memory: { heap: number; resident: number };
}

async function timed(count: number, run: () => Promise<unknown>): Promise<Times> {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return timesOf(times);
}

const cpuOf = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

/** A turn every two seconds of the desk's clock; every minute of it one turn looks at all that is open. */
export async function timeTurns(storage: Storage, filled: FilledDesk): Promise<TurnFigures> {
  const { desk, clock } = filled;
  const teller = createQuickTeller(() => undefined);
  const minutes = 5;
  const before = process.cpuUsage();
  const idle = await timed((minutes * MINUTE) / TURN_MS, async () => {
    clock.advance(TURN_MS);
    const { ticked, told } = await desk.work(teller);
    if (ticked + told > 0) throw new Error("something was due");
  });
  const cpuAMinute = cpuOf(process.cpuUsage(before)) / minutes;
  const ping = await timed(150, () => storage.ping());
  const dueQuery = await timed(150, () => storage.tickets.dueTickets(clock.now(), 500));
  const due = [];
  for (let guard = 0; guard < 400 && due.length < 8; guard += 1) {
    clock.advance(MINUTE);
    const wanted = (await storage.tickets.dueTickets(clock.now(), 1000)).length;
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const { ticked } = await desk.work(teller);
    const turn = performance.now() - startedAt;
    await settle(desk, teller);
    if (ticked === 0) continue;
    const settled = performance.now() - startedAt;
    due.push({ tickets: wanted, turn, settled, cpu: cpuOf(process.cpuUsage(cpu)) });
  }
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    idle,
    cpuAMinute,
    ping,
    dueQuery,
    due,
    memory: { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 },
  };
}
