import { setTimeout as waitFor } from "node:timers/promises";
import type { REST } from "discord.js";
import { DiscordCallError } from "./failures.ts";
import { createRedactor, loadSdk, type Redact, type Sdk } from "./sdk.ts";
import type { DiscordContext } from "./settings.ts";

export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  route: `/${string}`;
  body?: object;
  query?: Readonly<Record<string, string>>;
  files?: readonly { name: string; mediaType: string; bytes: Uint8Array }[];
  /** The route carries its own token. */
  withoutToken?: boolean;
  /** A repeat does no harm; it is repeated when no answer came. Default: of everything but POST. */
  repeatable?: boolean;
}

/** A call of the REST interface. Throws DiscordCallError. */
export type CallApi = (request: ApiRequest) => Promise<unknown>;

const FIRST_RETRY_MS = 300;

/**
 * The library's REST client with what it lacks: a bound on waiting for rate limits, repeats only of what may be repeated,
 * errors without the request (its body holds people's texts, its path may hold a token), and a token that survives a 401.
 */
export function createApiCaller(context: DiscordContext): CallApi {
  const redact = createRedactor(context.settings);
  let rest: REST | undefined;
  return async (request) => {
    const sdk = await loadSdk();
    rest ??= createRest(sdk, context);
    const repeats = (request.repeatable ?? request.method !== "POST") ? context.tuning.retries : 0;
    for (let tried = 0; ; tried += 1) {
      try {
        return await callOnce(rest, request, context);
      } catch (thrown) {
        const failure = toCallError(sdk, thrown, redact);
        if (tried >= repeats || !isPassing(failure)) throw failure;
        await waitFor(FIRST_RETRY_MS * 2 ** tried);
      }
    }
  };
}

function createRest(sdk: Sdk, { settings, tuning }: DiscordContext): REST {
  return new sdk.REST({
    api: settings.apiUrl,
    version: "10",
    timeout: tuning.uploadTimeoutMs,
    retries: 0,
    // The library would wait and repeat without end.
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > tuning.maxInlineWaitMs,
  });
}

function callOnce(rest: REST, request: ApiRequest, { settings, tuning }: DiscordContext): Promise<unknown> {
  // The library forgets the token at the first 401, also one that passes.
  rest.setToken(settings.token);
  const { method, route, body, query, files, withoutToken } = request;
  const deadline = files ? tuning.uploadTimeoutMs : tuning.requestTimeoutMs;
  return rest.request({
    method: method as Parameters<REST["request"]>[0]["method"],
    fullRoute: route,
    auth: withoutToken !== true,
    // Bounds waits for rate limits as well.
    signal: AbortSignal.timeout(deadline),
    ...(body && { body }),
    ...(query && { query: new URLSearchParams(query) }),
    ...(files && {
      files: files.map(({ name, mediaType, bytes }) => ({ name, contentType: mediaType, data: bytes })),
    }),
  });
}

function isPassing({ failure }: DiscordCallError): boolean {
  return failure.origin === "network" || (failure.httpStatus ?? 0) >= 500;
}

function toCallError(sdk: Sdk, thrown: unknown, redact: Redact): DiscordCallError {
  if (thrown instanceof sdk.RateLimitError) {
    const retryAfterMs = Math.ceil(thrown.retryAfter);
    const detail = `rate limited (${thrown.scope}) at ${redact(thrown.route)}`;
    return new DiscordCallError({ origin: "limited", detail, httpStatus: 429, code: 0, retryAfterMs });
  }
  if (thrown instanceof sdk.DiscordAPIError) {
    const code = typeof thrown.code === "number" ? thrown.code : 0;
    return new DiscordCallError({
      origin: "answer",
      detail: redact(thrown.message),
      httpStatus: thrown.status,
      code,
    });
  }
  if (thrown instanceof sdk.HTTPError)
    return new DiscordCallError({
      origin: "answer",
      detail: "no answer",
      httpStatus: thrown.status,
      code: 0,
    });
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const detail = typeof code === "string" ? code : cause instanceof Error ? cause.name : "no answer";
  return new DiscordCallError({ origin: "network", detail: redact(detail), code: 0 });
}
