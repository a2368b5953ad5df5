import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";
import type { NonceMemory } from "./nonce-memory.ts";
import { type Envelope, envelope as envelopeSchema } from "./schema.ts";

export interface WebhookRequest {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as it came over the wire: the signature is over its bytes. */
  rawBody: Buffer;
}

export interface Trust {
  appId: string;
  encryptKey?: string;
  verificationToken?: string;
}

export type Verdict =
  | { outcome: "challenge"; challenge: string }
  /** `forget` makes the same request acceptable again, for when its handling failed and the platform repeats it. */
  | { outcome: "trusted"; envelope: Envelope; forget: () => void }
  /** `reason` is for the log; the caller of the webhook learns nothing but the status. */
  | { outcome: "refused"; status: 400 | 401 | 403; reason: string };

/** Requests older or newer than this are refused. */
export const REPLAY_WINDOW_MS = 5 * 60 * 1_000;

/**
 * Decides whether a request comes from the platform. Every doubt is a refusal.
 *
 * With an encrypt key: the body must be encrypted and signed; only the verification of the address comes unsigned, and
 * it must decrypt. Without one the verification token is the only proof, so it must be set and match.
 */
export function verifyFeishuRequest(
  request: WebhookRequest,
  trust: Trust,
  now: Date,
  nonces: NonceMemory,
): Verdict {
  if (trust.encryptKey)
    return verifyEncrypted(request, { ...trust, encryptKey: trust.encryptKey }, now, nonces);
  if (trust.verificationToken) return verifyPlain(request, trust);
  return refuse(403, "neither an encrypt key nor a verification token is configured");
}

function verifyPlain({ rawBody }: WebhookRequest, trust: Trust): Verdict {
  const body = parseObject(rawBody.toString("utf8"));
  if (!body) return refuse(400, "the body is no JSON object");
  if ("encrypt" in body) return refuse(401, "the body is encrypted, but no encrypt key is configured");
  return judgeEnvelope(body, trust, () => {});
}

function verifyEncrypted(
  { headers, rawBody }: WebhookRequest,
  trust: Trust & { encryptKey: string },
  now: Date,
  nonces: NonceMemory,
): Verdict {
  const body = parseObject(rawBody.toString("utf8"));
  const ciphertext = body?.["encrypt"];
  if (typeof ciphertext !== "string") return refuse(401, "the body is not encrypted");
  const timestamp = readHeader(headers, "x-lark-request-timestamp");
  const nonce = readHeader(headers, "x-lark-request-nonce");
  const signature = readHeader(headers, "x-lark-signature");
  if (timestamp === undefined && nonce === undefined && signature === undefined) {
    return verifyUnsigned(ciphertext, trust);
  }
  if (!timestamp || !nonce || !signature) return refuse(401, "a signature header is missing");
  const expected = signRequest(timestamp, nonce, trust.encryptKey, rawBody);
  if (!equalInConstantTime(expected, signature.toLowerCase())) return refuse(401, "the signature is wrong");
  const sentAt = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : Number.NaN;
  if (!(Math.abs(now.getTime() - sentAt) <= REPLAY_WINDOW_MS)) return refuse(401, "the timestamp is stale");
  const key = `${timestamp}:${nonce}`;
  if (!nonces.remember(key, now)) return refuse(401, "the request was seen before");
  const forget = () => nonces.forget(key);
  const plain = parseObject(decryptBody(ciphertext, trust.encryptKey) ?? "");
  if (!plain) return refuse(400, "the body cannot be decrypted");
  return judgeEnvelope(plain, trust, forget);
}

/**
 * Only the verification of the address comes unsigned. Whatever else decrypts, or does not, gets the same answer: a
 * difference would tell a forger about the padding.
 */
function verifyUnsigned(ciphertext: string, trust: Trust & { encryptKey: string }): Verdict {
  const plain = parseObject(decryptBody(ciphertext, trust.encryptKey) ?? "");
  const verdict = plain && judgeEnvelope(plain, trust, () => {});
  return verdict?.outcome === "challenge" ? verdict : refuse(401, "the request is not signed");
}

function judgeEnvelope(body: object, trust: Trust, forget: () => void): Verdict {
  const parsed = envelopeSchema.safeParse(body);
  if (!parsed.success) return refuse(400, "the body is no event");
  const envelope = parsed.data;
  const token = envelope.header?.token ?? envelope.token;
  if (trust.verificationToken && !equalInConstantTime(trust.verificationToken, token ?? "")) {
    return refuse(401, "the verification token is wrong");
  }
  if (envelope.type === "url_verification") {
    if (!envelope.challenge) return refuse(400, "the challenge is missing");
    return { outcome: "challenge", challenge: envelope.challenge };
  }
  const appId = envelope.header?.app_id;
  if (appId && appId !== trust.appId) return refuse(403, "the event is for another app");
  return { outcome: "trusted", envelope, forget };
}

/** Hex SHA-256 over timestamp, nonce, key and the raw bytes. */
export function signRequest(timestamp: string, nonce: string, encryptKey: string, rawBody: Buffer): string {
  return createHash("sha256").update(`${timestamp}${nonce}${encryptKey}`).update(rawBody).digest("hex");
}

/** AES-256-CBC, key = SHA-256 of the encrypt key, the first 16 bytes are the IV. Undefined: not decryptable. */
export function decryptBody(ciphertext: string, encryptKey: string): string | undefined {
  const bytes = Buffer.from(ciphertext, "base64");
  if (bytes.length < 32 || bytes.length % 16 !== 0) return undefined;
  const key = createHash("sha256").update(encryptKey).digest();
  try {
    const decipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function equalInConstantTime(expected: string, actual: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(expected), digest(actual));
}

/** Undefined: absent. A header that came twice counts as empty, which no check accepts. */
function readHeader(headers: WebhookRequest["headers"], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? "" : value;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function refuse(status: 400 | 401 | 403, reason: string): Verdict {
  return { outcome: "refused", status, reason };
}
