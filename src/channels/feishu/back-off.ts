/** Growing waits: doubled each time up to a limit, spread over the upper half so that several processes do not meet. */
export interface BackOff {
  /** Milliseconds. */
  next(): number;
  reset(): void;
}

export function createBackOff(firstMs: number, maxMs: number, random: () => number): BackOff {
  let attempts = 0;
  return {
    next: () => {
      const full = Math.min(maxMs, firstMs * 2 ** Math.min(attempts, 30));
      attempts += 1;
      return Math.round(full * (0.5 + random() / 2));
    },
    reset: () => {
      attempts = 0;
    },
  };
}
