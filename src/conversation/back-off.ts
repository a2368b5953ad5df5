/** Waiting before the next try of something that failed. */
export interface BackOff {
  /** After this many tries it is given up. */
  maxAttempts: number;
  firstDelayMs: number;
  maxDelayMs: number;
}

/**
 * Eleven waits of together about 50 minutes. Platforms remember an idempotency key for a limited time (Feishu: one hour);
 * trying longer could show a reply twice whose first delivery succeeded unnoticed.
 */
export const DELIVERY_BACK_OFF: BackOff = { maxAttempts: 12, firstDelayMs: 2_000, maxDelayMs: 900_000 };

/**
 * Milliseconds to wait after the given failed attempt (1, 2, …): doubled each time, spread over its upper half at random
 * so that many do not come back at once, and never shorter than what the platform asked for.
 */
export function delayAfter(
  attempt: number,
  backOff: BackOff,
  random: () => number,
  retryAfterMs: number | undefined,
): number {
  const full = Math.min(backOff.maxDelayMs, backOff.firstDelayMs * 2 ** (attempt - 1));
  return Math.max(Math.round(full * (0.5 + random() / 2)), retryAfterMs ?? 0);
}

/** Reads `retryAfterMs` from an error whose vendor said when to come back. */
export function readRetryAfterMs(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null || !("retryAfterMs" in thrown)) return undefined;
  const value = thrown.retryAfterMs;
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}
