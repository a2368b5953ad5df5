/** So many at once, refilled evenly. More may be taken than there is: what follows then waits the longer. */
export interface TokenBucket {
  /** Takes one; returns the milliseconds after which it is there. */
  take(now: number): number;
  /** Milliseconds until one is there over `reserve` (0–1 of the capacity). */
  waitFor(now: number, reserve: number): number;
  /** How full it is, at most 1; below 0 when more was taken than there was. */
  share(now: number): number;
}

export function createTokenBucket(capacity: number, perSecond: number): TokenBucket {
  let tokens = capacity;
  let countedAt: number | undefined;

  function refill(now: number): void {
    const elapsed = Math.max(0, now - (countedAt ?? now));
    tokens = Math.min(capacity, tokens + (elapsed / 1_000) * perSecond);
    countedAt = now;
  }

  const waitUntil = (wanted: number) => (tokens >= wanted ? 0 : ((wanted - tokens) / perSecond) * 1_000);

  return {
    take: (now) => {
      refill(now);
      const wait = waitUntil(1);
      tokens -= 1;
      return wait;
    },
    waitFor: (now, reserve) => {
      refill(now);
      // A small bucket keeps at least what makes the next one possible.
      return waitUntil(Math.min(capacity, 1 + reserve * capacity));
    },
    share: (now) => {
      refill(now);
      return tokens / capacity;
    },
  };
}
