import { createHash } from "node:crypto";
import type { Route } from "./faults.ts";
import { limitedAnswer } from "./faults.ts";
import type { ApiAnswer } from "./refusal.ts";

/** So many calls in so many milliseconds, for a route and its major parameter. */
export interface Limit {
  calls: number;
  windowMs: number;
}

const REAL: Partial<Record<Route, Limit>> = {
  "create-message": { calls: 5, windowMs: 5_000 },
  "edit-message": { calls: 5, windowMs: 5_000 },
  "delete-message": { calls: 5, windowMs: 1_000 },
  react: { calls: 1, windowMs: 300 },
  typing: { calls: 5, windowMs: 5_000 },
  followup: { calls: 5, windowMs: 2_000 },
  "edit-original": { calls: 5, windowMs: 2_000 },
  thread: { calls: 10, windowMs: 10_000 },
};
const GLOBAL: Limit = { calls: 50, windowMs: 1_000 };
/** Not under the limit of all calls. */
const EXEMPT: readonly Route[] = [
  "callback",
  "followup",
  "edit-original",
  "read-original",
  "delete-original",
  "file",
];

export interface RateLimits {
  /** The refusal, or the headers of the answer that may follow. */
  spend(route: Route, major: string): { refused: ApiAnswer } | { headers: Record<string, string> };
  /** 1: as the platform; 50: its windows fifty times as short, so that tests need not wait. */
  setCompression(factor: number): void;
  /** Calls that were refused: a bot that reads the headers has none. */
  refusals(): number;
}

/** Buckets as the platform keeps them. `now`: real milliseconds, since callers wait in real time. */
export function createRateLimits(now: () => number, compression: number): RateLimits {
  const buckets = new Map<string, { used: number; resetAt: number }>();
  let factor = compression;
  let refusals = 0;

  function use(key: string, { calls, windowMs }: Limit): { left: number; waitMs: number; limit: number } {
    const at = now();
    let bucket = buckets.get(key);
    if (!bucket || bucket.resetAt <= at) {
      bucket = { used: 0, resetAt: at + windowMs / factor };
      buckets.set(key, bucket);
    }
    bucket.used += 1;
    return { left: calls - bucket.used, waitMs: bucket.resetAt - at, limit: calls };
  }

  return {
    spend: (route, major) => {
      const everything = EXEMPT.includes(route) ? undefined : use("global", GLOBAL);
      if (everything && everything.left < 0) {
        refusals += 1;
        return { refused: limitedAnswer("global", everything.waitMs) };
      }
      const limit = REAL[route];
      if (!limit) return { headers: {} };
      const { left, waitMs, limit: calls } = use(`${route} ${major}`, limit);
      const headers = {
        "x-ratelimit-limit": String(calls),
        "x-ratelimit-remaining": String(Math.max(0, left)),
        "x-ratelimit-reset": String((now() + waitMs) / 1_000),
        "x-ratelimit-reset-after": String(waitMs / 1_000),
        "x-ratelimit-bucket": createHash("md5").update(route).digest("hex"),
      };
      if (left >= 0) return { headers };
      refusals += 1;
      const refused = limitedAnswer("user", waitMs);
      return { refused: { ...refused, headers: { ...headers, ...refused.headers } } };
    },
    setCompression: (next) => {
      factor = next;
    },
    refusals: () => refusals,
  };
}
