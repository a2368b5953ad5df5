import { loadavg } from "node:os";

/** What a piece of work took: wall clock and processor time of this process (all threads), seconds. */
export interface Cost {
  wall: number;
  processor: number;
}

export async function measure<Outcome>(
  work: () => Promise<Outcome> | Outcome,
): Promise<{ outcome: Outcome; cost: Cost }> {
  const used = process.cpuUsage();
  const startedAt = performance.now();
  const outcome = await work();
  const wall = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(used);
  return { outcome, cost: { wall, processor: (user + system) / 1e6 } };
}

/** Resident memory now, MB. */
export function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

/** Of the machine, last minute: others may be at work on it. */
export function describeLoad(): string {
  return `负载 ${(loadavg()[0] ?? 0).toFixed(1)}`;
}

export function describeCost({ wall, processor }: Cost, digits = 1): string {
  return `${wall.toFixed(digits)} 秒（处理器 ${processor.toFixed(digits)} 秒）`;
}

export interface Spread {
  p50: number;
  p95: number;
  max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Seconds in, milliseconds out. */
export function describeSpread(costs: readonly Cost[]): string {
  const wall = spreadOf(costs.map((cost) => cost.wall * 1000));
  const processor = spreadOf(costs.map((cost) => cost.processor * 1000));
  const show = (value: number) => value.toFixed(value < 100 ? 1 : 0);
  return `p50 ${show(wall.p50)}，p95 ${show(wall.p95)}，最长 ${show(wall.max)} 毫秒（处理器 p50 ${show(processor.p50)} 毫秒）`;
}
