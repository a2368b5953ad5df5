import { createHash, randomBytes } from "node:crypto";
import { AppError } from "../../shared/index.ts";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const COOKIE_PATTERN = /^[A-Za-z0-9_-]{43}$/;
const COOKIE_MAX_AGE_SECONDS = 30 * 24 * 60 * 60;

/** Whoever holds the cookie is the asker; so it is 256 random bits, out of reach of scripts and of other sites. */
export interface SessionCookies {
  /** The secret of the request's cookie, when there is a well-formed one. */
  read(headers: Headers): string | undefined;
  create(): string;
  /** The Set-Cookie header. */
  write(secret: string): string;
}

export function createSessionCookies(secure: boolean): SessionCookies {
  // The prefix keeps neighbouring subdomains from planting a cookie; browsers accept it over HTTPS only.
  const name = secure ? "__Host-xiance" : "xiance_session";
  return {
    read(headers) {
      const pairs = String(headers["cookie"] ?? "").split(/;\s*/);
      const value = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
      return value !== undefined && COOKIE_PATTERN.test(value) ? value : undefined;
    },
    create: () => randomBytes(32).toString("base64url"),
    write: (secret) =>
      `${name}=${secret}; Path=/; Max-Age=${COOKIE_MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`,
  };
}

/** Names the session in the database; the cookie cannot be computed back from it. */
export function toSessionId(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 32);
}

/** Throws `untrusted` when another site's page sent the request. Programs that are no browser say nothing and may pass. */
export function requireSameSite(headers: Headers, host: string, publicUrl: string | undefined): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site === "same-origin" || site === "none") return;
    throw foreignSite();
  }
  const origin = headers["origin"];
  if (origin === undefined) return;
  const allowed = [host, ...(publicUrl ? [new URL(publicUrl).host] : [])];
  if (typeof origin === "string" && URL.canParse(origin) && allowed.includes(new URL(origin).host)) return;
  throw foreignSite();
}

function foreignSite(): AppError {
  return new AppError({
    code: "untrusted",
    message: "request from another site",
    safeMessage: "请求来自其他网站，未被接受。请在本站页面内操作。",
  });
}
