import type { Clock } from "../../shared/index.ts";

export interface FetchedToken {
  token: string;
  expiresInSeconds: number;
}

/**
 * The tenant access token. The SDK's own cache never drops a token that the platform has revoked early, and asks for a
 * new one once for each waiting call; so the channel keeps the token itself.
 */
export interface TokenSource {
  get(): Promise<string>;
  /** The platform refused this token: the next `get` fetches a new one, unless that has happened already. */
  drop(token: string): void;
}

/** Tokens are replaced this long before they expire, because a call under way must still find them valid. */
const MARGIN_MS = 3 * 60 * 1_000;

export function createTokenSource(fetchToken: () => Promise<FetchedToken>, clock: Clock): TokenSource {
  let current: { token: string; usableUntil: number } | undefined;
  let fetching: Promise<string> | undefined;

  async function refresh(): Promise<string> {
    const { token, expiresInSeconds } = await fetchToken();
    const lifetimeMs = expiresInSeconds * 1_000;
    const usableUntil = clock().getTime() + Math.max(lifetimeMs - MARGIN_MS, lifetimeMs / 2);
    current = { token, usableUntil };
    return token;
  }

  return {
    get: async () => {
      if (current && clock().getTime() < current.usableUntil) return current.token;
      fetching ??= refresh().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    drop: (token) => {
      if (current?.token === token) current = undefined;
    },
  };
}
