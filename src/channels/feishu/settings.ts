import type { Clock, Logger } from "../../shared/index.ts";

/** Structurally what the configuration calls FeishuConfig. */
export interface FeishuSettings {
  appId: string;
  appSecret: string;
  encryptKey?: string;
  verificationToken?: string;
  /** Base URL of the open platform without a trailing slash: https://open.feishu.cn, https://open.larksuite.com. */
  domain: string;
  transport: "ws" | "webhook";
  /** Of the organisation whose app it is. Absent: the platform is asked, which needs a scope of its own. */
  tenantKey?: string;
  /** What the platform allows the app of each interface. Default 1 000, and a twentieth of it a second. */
  callsPerMinute?: number;
}

/** Times and limits that tests shorten. Defaults suit production. */
export interface FeishuTuning {
  /** One REST call, ms. Default 10 000. */
  requestTimeoutMs: number;
  /** One upload of a file, ms. Default 90 000. */
  uploadTimeoutMs: number;
  /** Waits inside one delivery before the error goes back to the outbox, ms. Default 300, 1 200. */
  retryDelaysMs: readonly number[];
  /** The longest wait that a delivery sits out itself when the platform names one, ms. Default 3 000. */
  maxInlineWaitMs: number;
  /** Back-off of what must come up in the end (identity, long connection), ms. Defaults 1 000 and 60 000. */
  firstBackoffMs: number;
  maxBackoffMs: number;
  /** Default 10 000. */
  handshakeTimeoutMs: number;
  /**
   * Silence after a ping that counts as a dead connection, s. Default 15. Must be shorter than the platform's interval of
   * pings (120 s), since the SDK begins to count anew at each ping.
   */
  pingTimeoutSeconds: number;
  /** How often the first connection attempt is looked at, ms. Default 250. */
  watchIntervalMs: number;
  /** Messages to one chat or person a second. The platform allows 5, other bots of a group counted. Default 5. */
  lanePerSecond: number;
  /** Calls of one interface by the whole app; the platform allows 50 a second and 1 000 a minute. Defaults so. */
  appPerSecond: number;
  appPerMinute: number;
  /** The first pause after a refusal for too many calls that names no time, ms; doubled each time. Default 1 000. */
  firstPauseMs: number;
  /** The longest wait for a turn inside one delivery, ms. Default 5 000. */
  maxPaceWaitMs: number;
  /** The least time between two changes of a card that fills, ms. Default 250. */
  streamIntervalMs: number;
  /** How long a pressed button waits for its answer, ms: the platform gives up after 3 s. Default 2 000. */
  toastWaitMs: number;
  /** How long a quoted message is waited for, ms. Default 2 000. */
  quoteWaitMs: number;
}

export const DEFAULT_TUNING: FeishuTuning = {
  requestTimeoutMs: 10_000,
  uploadTimeoutMs: 90_000,
  retryDelaysMs: [300, 1_200],
  maxInlineWaitMs: 3_000,
  firstBackoffMs: 1_000,
  maxBackoffMs: 60_000,
  handshakeTimeoutMs: 10_000,
  pingTimeoutSeconds: 15,
  watchIntervalMs: 250,
  lanePerSecond: 5,
  appPerSecond: 50,
  appPerMinute: 1_000,
  firstPauseMs: 1_000,
  maxPaceWaitMs: 5_000,
  streamIntervalMs: 250,
  toastWaitMs: 2_000,
  quoteWaitMs: 2_000,
};

/** What every part of the channel is given. */
export interface FeishuContext {
  settings: FeishuSettings;
  tuning: FeishuTuning;
  clock: Clock;
  logger: Logger;
  /** 0 ≤ value < 1, for jitter. */
  random: () => number;
}
