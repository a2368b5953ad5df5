import type { Random } from "../desk-simulation/random.ts";
import type { Failure, FailureSource, Route } from "./script.ts";

/** Faults of REST calls by name; the platform's own codes. */
export const REST_FAULTS = {
  "429 with reset": { status: 429, code: 99991400, headers: { "x-ogw-ratelimit-reset": "1" } },
  "429 without reset": { status: 429, code: 99991400 },
  "400, the group's limit (230020)": { status: 400, code: 230020 },
  "503 of a proxy": { status: 503, rawBody: "<html><body>503 Service Unavailable</body></html>" },
  "502 as JSON": { status: 502, code: 2200, msg: "internal error" },
  "200 with code ≠ 0": { status: 200, code: 99991400, msg: "request trigger frequency limit" },
  "400, being sent (230049)": { status: 400, code: 230049 },
  slow: { delayMs: 700 },
  "answer lost": { lost: true },
  "connection cut": { refused: true },
} as const satisfies Record<string, Failure>;

/** What the endpoint of the long connection says instead of an address. */
export const ENDPOINT_FAULTS = {
  "endpoint busy (1)": { status: 200, code: 1, msg: "system busy" },
  "endpoint forbidden (403)": { status: 200, code: 403, msg: "forbidden" },
  "endpoint: auth failed (514)": { status: 200, code: 514, msg: "auth failed" },
  "endpoint: internal error (1000040343)": { status: 200, code: 1000040343, msg: "internal error" },
  "endpoint: too many connections (1000040350)": { status: 200, code: 1000040350, msg: "exceed limit" },
  "endpoint 503": { status: 503, rawBody: "<html>503</html>" },
  "endpoint without data": { status: 200, code: 0, withoutData: true },
} as const satisfies Record<string, Failure>;

export interface RandomFaultOptions {
  random: Random;
  /** Of a call to go wrong, 0 … 1. */
  probability: number;
  /** Milliseconds that every call takes, also those that go right. Default 0. */
  latencyMs?: number;
  /** Called with the name of each fault. */
  count?: (name: string) => void;
}

const NEVER_FAILS: ReadonlySet<Route> = new Set(["bot"]);

/** Faults at random, the same for the same seed and order of calls. */
export function createRandomFaults(options: RandomFaultOptions): FailureSource {
  const { random, probability, latencyMs = 0, count } = options;
  const late = latencyMs > 0 ? { delayMs: latencyMs } : undefined;
  return (route) => {
    if (NEVER_FAILS.has(route) || !random.chance(probability)) return late;
    const faults: Record<string, Failure> = route === "endpoint" ? ENDPOINT_FAULTS : REST_FAULTS;
    const [name, failure] = random.pick(Object.entries(faults));
    count?.(name);
    return { ...failure, ...(late && { delayMs: (failure.delayMs ?? 0) + latencyMs }) };
  };
}

export interface PlatformLimits {
  /** Messages a second to one chat, documented 5. 0: off. */
  perChat: number;
  /** Calls a second of one app, documented 50 (and 1 000 a minute). 0: off. */
  perApp: number;
}

/** Counts what a second has seen; the answer beyond the limit, as the platform documents it. */
export function createLimiter({
  perChat,
  perApp,
}: PlatformLimits): (chat: string, now: number) => Failure | undefined {
  const sent: { chat: string; at: number }[] = [];
  return (chat, now) => {
    while (sent[0] && now - sent[0].at >= 1_000) sent.shift();
    if (perApp > 0 && sent.length >= perApp)
      return { status: 429, code: 99991400, headers: { "x-ogw-ratelimit-reset": "1" } };
    if (perChat > 0 && sent.filter((each) => each.chat === chat).length >= perChat)
      return { status: 400, code: 230020, msg: "This operation triggers the frequency limit." };
    sent.push({ chat, at: now });
    return undefined;
  };
}
