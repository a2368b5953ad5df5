import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { setTimeout as waitFor } from "node:timers/promises";

export interface WebhookSenderOptions {
  url: string;
  encryptKey?: string;
}

export interface SendOptions {
  /** Seconds since 1970. Default: now. */
  timestamp?: number;
  nonce?: string;
  /** Replaces, or with undefined removes, headers of the signed request. */
  headers?: Record<string, string | undefined>;
  /** Sends the body in the clear although a key is set. */
  plain?: boolean;
  /** The platform waits 3 s. */
  timeoutMs?: number;
}

export interface WebhookResult {
  /** 0: no answer in time. */
  status: number;
  body: unknown;
}

export interface WebhookSender {
  send(body: object, options?: SendOptions): Promise<WebhookResult>;
  /** Sends these very bytes. */
  sendRaw(body: string | Buffer, headers?: Record<string, string>): Promise<WebhookResult>;
  /** Signs and encrypts anew each time, until answered 200; returns how often it was sent. */
  sendUntilAcked(body: object, scheduleMs: readonly number[], options?: SendOptions): Promise<number>;
  /** The verification of the address, which comes unsigned. */
  verifyAddress(challenge: string, token: string): Promise<WebhookResult>;
}

/** Encrypts and signs as the platform's documentation says; written apart from the code under test. */
export function createWebhookSender({ url, encryptKey }: WebhookSenderOptions): WebhookSender {
  async function post(body: string | Buffer, headers: Record<string, string>, timeoutMs: number) {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", ...headers },
        body: typeof body === "string" ? body : new Uint8Array(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      return { status: response.status, body: parse(text) };
    } catch {
      return { status: 0, body: undefined };
    }
  }

  function seal(body: object): string {
    return encryptKey
      ? JSON.stringify({ encrypt: encrypt(JSON.stringify(body), encryptKey) })
      : JSON.stringify(body);
  }

  async function send(body: object, options: SendOptions = {}): Promise<WebhookResult> {
    const raw = options.plain ? JSON.stringify(body) : seal(body);
    const headers: Record<string, string> = {};
    if (encryptKey) {
      const timestamp = String(options.timestamp ?? Math.floor(Date.now() / 1_000));
      const nonce = options.nonce ?? randomBytes(8).toString("hex");
      headers["x-lark-request-timestamp"] = timestamp;
      headers["x-lark-request-nonce"] = nonce;
      headers["x-lark-signature"] = sign(timestamp, nonce, encryptKey, raw);
    }
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      if (value === undefined) delete headers[name];
      else headers[name] = value;
    }
    return post(raw, headers, options.timeoutMs ?? 3_000);
  }

  return {
    send,
    sendRaw: (body, headers = {}) => post(body, headers, 3_000),
    sendUntilAcked: async (body, scheduleMs, options) => {
      for (let sends = 1; ; sends += 1) {
        const { status } = await send(body, options);
        if (status === 200) return sends;
        const delayMs = scheduleMs[sends - 1];
        if (delayMs === undefined) throw new Error(`not acknowledged after ${sends} sends`);
        await waitFor(delayMs);
      }
    },
    verifyAddress: (challenge, token) =>
      post(seal({ challenge, token, type: "url_verification" }), {}, 1_000),
  };
}

export function encrypt(text: string, encryptKey: string): string {
  const key = createHash("sha256").update(encryptKey).digest();
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", key, iv);
  return Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]).toString("base64");
}

export function sign(timestamp: string, nonce: string, encryptKey: string, body: string): string {
  return createHash("sha256")
    .update(timestamp + nonce + encryptKey + body)
    .digest("hex");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
