const MAX_CHARACTERS = 500;
const HERE = "http://here.invalid";

/** A path of ours to go back to; anything else, above all another site's address in disguise, becomes `/`. */
export function toReturnPath(given: unknown): string {
  if (typeof given !== "string" || given.length > MAX_CHARACTERS) return "/";
  if (!given.startsWith("/") || /[\\\p{Cc}\s]/u.test(given) || !URL.canParse(given, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(given, HERE);
  // `//elsewhere` and `/.//elsewhere` are addresses of another site.
  const isElsewhere = origin !== HERE || pathname.startsWith("//");
  const isNoPage = /^\/(?:auth|api|webhooks)(?:\/|$)/.test(pathname);
  return isElsewhere || isNoPage ? "/" : pathname + search + hash;
}
