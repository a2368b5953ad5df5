import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../../shared/index.ts";
import { choose, type Language } from "./words.ts";

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Those of signed-in sessions bear a mark, so that one whose sign-in has ended is no session at all any more. */
const COOKIE_PATTERN = /^(?:s\.)?[A-Za-z0-9_-]{43}$/;
const SIGNED_IN = "s.";
const DAY_SECONDS = 24 * 60 * 60;
const COOKIE_MAX_AGE_SECONDS = 30 * DAY_SECONDS;

export interface SessionCookie {
  secret: string;
  /** Given to the page in another site's frame; it cannot be signed in. */
  embedded: boolean;
}

/** Whoever holds the cookie is the asker; so it is 256 random bits, out of reach of scripts and of other sites. */
export interface SessionCookies {
  /** The secret of the request's cookie, when there is a well-formed one; our own goes before that of a frame. */
  read(headers: Headers): SessionCookie | undefined;
  create(kind?: "anonymous" | "signed-in"): string;
  /** The Set-Cookie header. */
  write(cookie: SessionCookie): string;
}

export function createSessionCookies(secure: boolean): SessionCookies {
  // The prefix keeps neighbouring subdomains from planting a cookie; browsers accept it over HTTPS only.
  const own = secure ? "__Host-xiance" : "xiance_session";
  const framed = secure ? "__Host-xiance-embed" : "xiance_embed";
  const attributes = `Path=/; Max-Age=${COOKIE_MAX_AGE_SECONDS}; HttpOnly`;
  return {
    read(headers) {
      const secret = readCookie(headers, own);
      if (secret !== undefined) return { secret, embedded: false };
      const embedded = readCookie(headers, framed);
      return embedded === undefined || isSignedInSecret(embedded)
        ? undefined
        : { secret: embedded, embedded: true };
    },
    create: (kind = "anonymous") =>
      (kind === "signed-in" ? SIGNED_IN : "") + randomBytes(32).toString("base64url"),
    write: ({ secret, embedded }) =>
      embedded
        ? // Kept apart for each site that frames the page; browsers take it over HTTPS (and from this machine) only.
          `${framed}=${secret}; ${attributes}; SameSite=None; Secure; Partitioned`
        : `${own}=${secret}; ${attributes}; SameSite=Lax${secure ? "; Secure" : ""}`,
  };
}

function readCookie(headers: Headers, name: string): string | undefined {
  const pairs = String(headers["cookie"] ?? "").split(/;\s*/);
  const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return value !== undefined && COOKIE_PATTERN.test(value) ? value : undefined;
}

export function isSignedInSecret(secret: string): boolean {
  return secret.startsWith(SIGNED_IN);
}

/** Names the session in the database; the cookie cannot be computed back from it. */
export function toSessionId(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 32);
}

/** Throws `untrusted` when another site's page sent the request. Programs that are no browser say nothing and may pass. */
export function requireSameSite(
  headers: Headers,
  host: string,
  publicUrl: string | undefined,
  language: Language = "zh",
): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site === "same-origin" || site === "none") return;
    throw foreignSite(language);
  }
  const origin = headers["origin"];
  if (origin === undefined || isOwnOrigin(origin, host, publicUrl)) return;
  throw foreignSite(language);
}

/**
 * For what is done with a cookie's rights: the browser must say that a page of ours sent it. Throws `untrusted` when it
 * does not, also when it says nothing.
 */
export function requireOwnPage(headers: Headers, host: string, publicUrl: string | undefined): void {
  requireSameSite(headers, host, publicUrl);
  if (headers["sec-fetch-site"] === "same-origin" || isOwnOrigin(headers["origin"], host, publicUrl)) return;
  throw foreignSite("zh");
}

function isOwnOrigin(origin: Headers[string], host: string, publicUrl: string | undefined): boolean {
  const allowed = [host, ...(publicUrl ? [new URL(publicUrl).host] : [])];
  return typeof origin === "string" && URL.canParse(origin) && allowed.includes(new URL(origin).host);
}

function foreignSite(language: Language): AppError {
  return new AppError({
    code: "untrusted",
    message: "request from another site",
    safeMessage: choose("foreign", language),
  });
}
