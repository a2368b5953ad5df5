/**
 * Remembers which signed requests came, for as long as their timestamp would be accepted. In this process only: against
 * a replay at another instance the conversation's inbox stands, which answers no message twice.
 */
export interface NonceMemory {
  /** False: it was remembered before. */
  remember(key: string, now: Date): boolean;
  forget(key: string): void;
  readonly size: number;
}

/** `keepMs` must be at least twice the window: a timestamp may lie the whole window in the future. */
export function createNonceMemory(keepMs: number): NonceMemory {
  // In order of insertion, so the oldest stand first.
  const seen = new Map<string, number>();

  function dropExpired(nowMs: number): void {
    for (const [key, expiresAt] of seen) {
      if (expiresAt > nowMs) return;
      seen.delete(key);
    }
  }

  return {
    remember: (key, now) => {
      dropExpired(now.getTime());
      if (seen.has(key)) return false;
      seen.set(key, now.getTime() + keepMs);
      return true;
    },
    forget: (key) => {
      seen.delete(key);
    },
    get size() {
      return seen.size;
    },
  };
}
