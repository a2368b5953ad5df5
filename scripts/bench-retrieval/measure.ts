export interface Timings {
  p50: number;
  p95: number;
}

export function summarize(timesMs: readonly number[]): Timings {
  const sorted = timesMs.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

export async function timeQueries(
  questions: readonly string[],
  run: (question: string) => unknown,
): Promise<Timings> {
  for (const question of questions.slice(0, 20)) await run(question);
  const times: number[] = [];
  for (const question of questions) {
    const startedAt = performance.now();
    await run(question);
    times.push(performance.now() - startedAt);
  }
  return summarize(times);
}

/** Peak resident memory of this process so far, in MB. */
export function peakMemoryMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
