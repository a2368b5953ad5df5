import type { DiscordSettings } from "./settings.ts";

export type Sdk = typeof import("discord.js");

let loading: Promise<Sdk> | undefined;

/** Loaded on first use: commands without Discord need not pay for it. */
export function loadSdk(): Promise<Sdk> {
  loading ??= import("discord.js");
  return loading;
}

const MAX_LOGGED_CHARACTERS = 300;
const SECRET_PATTERNS: readonly [RegExp, string][] = [
  // Tokens of interactions and webhooks stand in paths.
  [/\/(webhooks|interactions)\/(\d+)\/[\w.~-]+/g, "/$1/$2/[token]"],
  [/\b(Bot|Bearer)\s+[\w.-]{8,}/g, "$1 [token]"],
  [/\b(wss?|https?):\/\/[^\s"'?]+\?[^\s"']*/gi, "$1://[address]"],
];

export type Redact = (text: string) => string;

/** Takes the bot's token, tokens of interactions, and signed addresses out of a text; shortens it. */
export function createRedactor({ token }: DiscordSettings): Redact {
  return (text) => {
    let clean = token === "" ? text : text.replaceAll(token, "[redacted]");
    for (const [pattern, replacement] of SECRET_PATTERNS) clean = clean.replace(pattern, replacement);
    return clean.slice(0, MAX_LOGGED_CHARACTERS);
  };
}
