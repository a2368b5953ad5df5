import { type Clock, remember } from "../shared/index.ts";

/**
 * `allowed`: go on. `notify`: the first message beyond the limit, to be answered with a polite notice.
 * `ignore`: further ones, until the asker has been quiet for a while.
 */
export type RateVerdict = "allowed" | "notify" | "ignore";

export interface RateLimiter {
  /** Judges without counting. */
  check(key: string): RateVerdict;
  /** Counts a message that was judged `allowed` or `notify`. */
  count(key: string): void;
}

interface Bucket {
  tokens: number;
  updatedAt: number;
  notified: boolean;
}

const MAX_BUCKETS = 10_000;

/**
 * A token bucket for each key: `burst` messages at once, refilled at `perMinute`. After a notice the key has to leave room
 * for three messages before it is heard again, so that two bots which answer each other fall silent.
 */
export function createRateLimiter(clock: Clock, limits: { burst: number; perMinute: number }): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const reopenAt = Math.min(3, limits.burst);

  function bucketOf(key: string): Bucket {
    const now = clock().getTime();
    const bucket = buckets.get(key) ?? { tokens: limits.burst, updatedAt: now, notified: false };
    const minutes = Math.max(0, now - bucket.updatedAt) / 60_000;
    bucket.tokens = Math.min(limits.burst, bucket.tokens + minutes * limits.perMinute);
    bucket.updatedAt = now;
    if (bucket.tokens >= reopenAt) bucket.notified = false;
    return bucket;
  }

  return {
    check(key) {
      const bucket = bucketOf(key);
      if (bucket.notified) return "ignore";
      return bucket.tokens >= 1 ? "allowed" : "notify";
    },
    count(key) {
      const bucket = bucketOf(key);
      if (bucket.tokens >= 1) bucket.tokens -= 1;
      else bucket.notified = true;
      remember(buckets, key, bucket, MAX_BUCKETS);
    },
  };
}
