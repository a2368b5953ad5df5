import type { Logger } from "../../shared/index.ts";
import type { FeishuSettings } from "./settings.ts";

export type Sdk = typeof import("@larksuiteoapi/node-sdk");

/** Structurally the SDK's own logger type. */
export interface SdkLogger {
  error(...parts: unknown[]): void;
  warn(...parts: unknown[]): void;
  info(...parts: unknown[]): void;
  debug(...parts: unknown[]): void;
  trace(...parts: unknown[]): void;
}

let loading: Promise<Sdk> | undefined;

/** Loaded on first use: importing it costs about 0.6 s and 67 MB, which commands without Feishu need not pay. */
export function loadSdk(): Promise<Sdk> {
  loading ??= import("@larksuiteoapi/node-sdk");
  return loading;
}

const MAX_LOGGED_CHARACTERS = 300;
const SECRET_PATTERNS: readonly [RegExp, string][] = [
  [/\b(wss?|https?):\/\/[^\s"'?]+\?[^\s"']*/gi, "$1://[address]"],
  [
    /\b(ticket|access_key|device_id|app_secret|AppSecret|token)["']?\s*[=:]\s*["']?[^\s"'&,}]+/gi,
    "$1=[redacted]",
  ],
  [/\b[tu]-[A-Za-z0-9_.-]{6,}/g, "[token]"],
  [/\bBearer\s+\S+/gi, "Bearer [token]"],
];

export type Redact = (text: string) => string;

/** Takes the app's own secrets, tokens, and socket addresses with their tickets out of a text; shortens it. */
export function createRedactor(settings: FeishuSettings): Redact {
  const secrets = [settings.appSecret, settings.encryptKey, settings.verificationToken].filter(
    (secret): secret is string => secret !== undefined && secret !== "",
  );
  return (text) => {
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, "[redacted]");
    for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replace(pattern, replacement);
    return clean.slice(0, MAX_LOGGED_CHARACTERS);
  };
}

/**
 * The SDK logs whole requests (with the app secret) on failures and, at debug level, socket addresses with their tickets
 * and the texts of users. So: only warnings and errors, only strings and error messages, never objects.
 */
export function createSdkLogger(logger: Logger, redact: Redact): SdkLogger {
  const describe = (parts: unknown[]) => redact(parts.flat(3).map(describePart).filter(Boolean).join(" "));
  return {
    error: (...parts) => logger.warn({ source: "feishu-sdk" }, describe(parts)),
    warn: (...parts) => logger.debug({ source: "feishu-sdk" }, describe(parts)),
    info: () => {},
    debug: () => {},
    trace: () => {},
  };
}

function describePart(part: unknown): string {
  if (typeof part === "string") return part;
  if (part instanceof Error) return part.message;
  return "";
}
