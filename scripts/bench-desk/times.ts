/** Milliseconds. */
export interface Times {
  count: number;
  p50: number;
  p95: number;
  max: number;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

export function sayTimes(name: string, { count, p50, p95, max }: Times): string {
  const say = (value: number) => value.toFixed(2).padStart(9);
  return `${name.padEnd(52)}${String(count).padStart(5)}${say(p50)}${say(p95)}${say(max)}`;
}
