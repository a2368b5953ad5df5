import type { ApiAnswer } from "./refusal.ts";

/** Which call is meant. `any` fits every call to the REST interface. */
export type Route =
  | "any"
  | "gateway-bot"
  | "me"
  | "application"
  | "commands"
  | "channel"
  | "read-message"
  | "create-message"
  | "edit-message"
  | "delete-message"
  | "react"
  | "typing"
  | "thread"
  | "direct"
  | "member"
  | "callback"
  | "followup"
  | "read-original"
  | "edit-original"
  | "delete-original"
  | "file";

/** What goes wrong with one call; without `lost`, `refused` or `status` the right answer is given, late. */
export interface Failure {
  /** HTTP status. */
  status?: number;
  /** The platform's code in the body. */
  code?: number;
  message?: string;
  headers?: Record<string, string>;
  /** Sent instead of JSON: what a proxy in between might say. */
  rawBody?: string;
  /** Milliseconds before the call is looked at. */
  delayMs?: number;
  /** The call is carried out and the connection then cut: the caller cannot know. */
  lost?: boolean;
  /** The connection is cut at once. */
  refused?: boolean;
  /** 429 with this scope; `retryAfterMs` default 50. */
  limited?: "user" | "shared" | "global";
  retryAfterMs?: number;
}

/** How often, of a hundred calls, something goes wrong by itself. */
export interface Weather {
  limited?: number;
  broken?: number;
  lost?: number;
  refused?: number;
  slow?: number;
  /** Milliseconds of a slow answer, at most. */
  slowMs?: number;
}

export interface FaultScript {
  failNext(route: Route, ...failures: Failure[]): void;
  /** From now on, by seed; undefined: fair. */
  setWeather(weather: Weather | undefined, seed?: number): void;
  take(route: Route): Failure | undefined;
  /** How many faults were brought. */
  count(): number;
}

export function createFaultScript(): FaultScript {
  const queues = new Map<Route, Failure[]>();
  let weather: Weather | undefined;
  let random = createRandom(1);
  let count = 0;
  return {
    failNext: (route, ...failures) => {
      queues.set(route, [...(queues.get(route) ?? []), ...failures]);
    },
    setWeather: (next, seed = 1) => {
      weather = next;
      random = createRandom(seed);
    },
    take: (route) => {
      const failure =
        queues.get(route)?.shift() ?? queues.get("any")?.shift() ?? (weather && draw(weather, random));
      if (failure) count += 1;
      return failure;
    },
    count: () => count,
  };
}

function draw(weather: Weather, random: () => number): Failure | undefined {
  const at = random() * 100;
  const { limited = 0, broken = 0, lost = 0, refused = 0, slow = 0, slowMs = 100 } = weather;
  const kinds: [number, () => Failure][] = [
    [limited, () => ({ limited: random() < 0.5 ? "user" : "shared", retryAfterMs: 20 })],
    [broken, () => ({ status: random() < 0.5 ? 500 : 502, rawBody: "upstream connect error" })],
    [lost, () => ({ lost: true })],
    [refused, () => ({ refused: true })],
    [slow, () => ({ delayMs: random() * slowMs })],
  ];
  let edge = 0;
  for (const [share, make] of kinds) {
    edge += share;
    if (at < edge) return make();
  }
  return undefined;
}

/** Mulberry32: small, and the same on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The answer that a failure stands for, when it stands for one instead of the right one. */
export function answerOf(failure: Failure): ApiAnswer | undefined {
  if (failure.limited) return limitedAnswer(failure.limited, failure.retryAfterMs ?? 50);
  if (failure.status === undefined) return undefined;
  const body = failure.rawBody ?? { message: failure.message ?? "scripted failure", code: failure.code ?? 0 };
  return { status: failure.status, body, ...(failure.headers && { headers: failure.headers }) };
}

export function limitedAnswer(scope: "user" | "shared" | "global", retryAfterMs: number): ApiAnswer {
  const seconds = retryAfterMs / 1_000;
  return {
    status: 429,
    headers: {
      "retry-after": String(seconds),
      "x-ratelimit-scope": scope,
      ...(scope === "global" && { "x-ratelimit-global": "true" }),
    },
    body: { message: "You are being rate limited.", retry_after: seconds, global: scope === "global" },
  };
}
