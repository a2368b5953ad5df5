import { createHash, randomBytes } from "node:crypto";

const PREFIX = "xc_";

/** 32 random bytes; only its hash is stored, so that it can be shown once. */
export function makeToken(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

/** Of whatever was presented, well-formed or not, so that a lookup takes the same way for both. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
