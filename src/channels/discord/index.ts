import type { Channel } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import type { OpenedFile } from "../opened-file.ts";
import { createApiCaller } from "./call-api.ts";
import { createDelivery } from "./delivery.ts";
import { createInbound } from "./inbound.ts";
import type { ReplyTarget } from "./schema.ts";
import {
  CHANNEL_NAME,
  DEFAULT_TUNING,
  type DiscordContext,
  type DiscordSettings,
  type DiscordTuning,
} from "./settings.ts";

export type { DiscordSettings, DiscordTuning } from "./settings.ts";

export interface DiscordChannelOptions {
  config: DiscordSettings;
  clock: Clock;
  logger: Logger;
  /** Makes citations' relative addresses whole. */
  publicUrl?: string;
  /** Shown above the title of every reply. */
  homeTitle?: string;
  /**
   * The bytes of a reply's `file` block; undefined when it is gone. Whose file it is was decided when the reply was made.
   * Absent: such files are announced as not available.
   */
  openFile?: (fileId: string) => Promise<OpenedFile | undefined>;
  /** 0 ≤ value < 1, for jitter. Default: Math.random. */
  random?: () => number;
  tuning?: Partial<DiscordTuning>;
}

export interface DiscordChannel extends Channel {
  /** For doctor, without starting to receive. Never rejects. */
  probe(): Promise<{ healthy: boolean; detail: string }>;
}

/** Discord over its gateway; set-up and permissions are in this folder's README. */
export function createDiscordChannel(options: DiscordChannelOptions): DiscordChannel {
  const context: DiscordContext = {
    settings: options.config,
    tuning: { ...DEFAULT_TUNING, ...options.tuning },
    clock: options.clock,
    logger: options.logger,
    random: options.random ?? Math.random,
  };
  const call = createApiCaller(context);
  const inbound = createInbound(call, context);
  const delivery = createDelivery({ call, render: renderOptions(options), logger: context.logger });
  return {
    name: CHANNEL_NAME,
    capabilities: {
      maxTextBytes: 32 * 1024,
      maxCardBytes: 64 * 1024,
      foldableCitations: false,
      threads: true,
    },
    start: inbound.start,
    deliver: delivery.deliver,
    directTarget: (userId) => ({ directUserId: userId }) satisfies ReplyTarget,
    groupTarget: (chatId) => ({ channelId: chatId }) satisfies ReplyTarget,
    status: inbound.status,
    probe: async () => inbound.status(),
    stop: inbound.stop,
  };
}

function renderOptions({ publicUrl, homeTitle }: DiscordChannelOptions) {
  return { ...(publicUrl && { publicUrl }), ...(homeTitle && { homeTitle }) };
}
