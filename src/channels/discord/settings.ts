import type { Clock, Logger } from "../../shared/index.ts";

/** Structurally what the configuration calls DiscordConfig. */
export interface DiscordSettings {
  /** Of the bot. */
  token: string;
  /** Base URL of the REST interface without a trailing slash and without version: https://discord.com/api. */
  apiUrl: string;
  /** Commands are registered for this server only, and there at once. Absent: for all servers. */
  guildId?: string;
}

/** Times and limits that tests shorten. Defaults suit production. */
export interface DiscordTuning {
  /** One REST call, ms. Default 10 000. */
  requestTimeoutMs: number;
  /** One REST call with files, ms. Default 60 000. */
  uploadTimeoutMs: number;
  /** Repeats of a call that got no answer or a 5xx, by the library. Default 2. */
  retries: number;
  /** The longest wait for a rate limit that a call sits out itself, ms. Default 3 000. */
  maxInlineWaitMs: number;
  /** Back-off of the first connection, ms. Defaults 1 000 and 60 000. */
  firstBackoffMs: number;
  maxBackoffMs: number;
  /** After an error that an operator must see to (token, intents), ms. Default 300 000. */
  operatorBackoffMs: number;
  /** Between two edits of a message that fills, ms. Default 1 200. */
  streamIntervalMs: number;
  /** Before a pressed button must be acknowledged at the latest, ms. The platform gives 3 s. Default 2 000. */
  acknowledgeWithinMs: number;
  /** How long stopping waits for events under way, ms. Default 2 000. */
  stopGraceMs: number;
}

export const DEFAULT_TUNING: DiscordTuning = {
  requestTimeoutMs: 10_000,
  uploadTimeoutMs: 60_000,
  retries: 2,
  maxInlineWaitMs: 3_000,
  firstBackoffMs: 1_000,
  maxBackoffMs: 60_000,
  operatorBackoffMs: 300_000,
  streamIntervalMs: 1_200,
  acknowledgeWithinMs: 2_000,
  stopGraceMs: 2_000,
};

/** What every part of the channel is given. */
export interface DiscordContext {
  settings: DiscordSettings;
  tuning: DiscordTuning;
  clock: Clock;
  logger: Logger;
  /** 0 ≤ value < 1, for jitter. */
  random: () => number;
}

export const CHANNEL_NAME = "discord";
