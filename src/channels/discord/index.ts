import type { Channel, Reply } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import type { OpenFile } from "../opened-file.ts";
import { createApiCaller } from "./call-api.ts";
import { createButtonSigner } from "./custom-id.ts";
import { createDelivery } from "./delivery.ts";
import { createAttachmentFetcher } from "./fetch-attachment.ts";
import { createInbound } from "./inbound.ts";
import { createInteractionAnswers } from "./interaction-answers.ts";
import { createInteractionHandler } from "./interactions.ts";
import { LIMITS } from "./message-body.ts";
import { createPace } from "./pace.ts";
import { type ProbeResult, probeDiscord } from "./probe.ts";
import { readQuoted } from "./read-quoted.ts";
import type { ReplyTarget } from "./schema.ts";
import { createSender } from "./send-message.ts";
import {
  CHANNEL_NAME,
  DEFAULT_TUNING,
  type DiscordContext,
  type DiscordSettings,
  type DiscordTuning,
} from "./settings.ts";
import { createThreadStarter } from "./start-thread.ts";
import { createStreams } from "./streams.ts";

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
  openFile?: OpenFile;
  /**
   * The reply that is kept under an id of the outbox: forms, and buttons that carry more than fits, are looked up there.
   * Absent: they work until the next start.
   */
  readReply?: (outboxId: string) => Promise<Reply | undefined>;
  /** 0 ≤ value < 1, for jitter. Default: Math.random. */
  random?: () => number;
  tuning?: Partial<DiscordTuning>;
}

export interface DiscordChannel extends Channel {
  /** For doctor, without starting to receive: token, application, servers, permissions. Never rejects. */
  probe(): Promise<ProbeResult>;
}

const CAPABILITIES: Channel["capabilities"] = {
  maxMessageSize: LIMITS.embedTotal,
  reactions: true,
  buttons: true,
  forms: true,
  pictures: true,
  files: true,
  streams: true,
  privateReplies: "inline",
  greets: true,
};

/** Discord over its gateway; set-up and permissions are in this folder's README. */
export function createDiscordChannel(options: DiscordChannelOptions): DiscordChannel {
  const { clock, logger, config } = options;
  const tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const context: DiscordContext = {
    settings: config,
    tuning,
    clock,
    logger,
    random: options.random ?? Math.random,
  };
  const call = createApiCaller(context);
  const sender = createSender(call);
  const answers = createInteractionAnswers(call, context);
  const signer = createButtonSigner(config.token);
  const pace = createPace(clock);
  const { publicUrl, homeTitle, openFile, readReply } = options;
  const delivery = createDelivery({
    ...{ sender, answers, signer, pace, clock, logger },
    render: { ...(publicUrl && { publicUrl }), ...(homeTitle && { homeTitle }) },
    startThread: createThreadStarter(call, clock, logger),
    keepsReplies: readReply === undefined,
    ...(openFile && { openFile }),
  });
  const interactions = createInteractionHandler({
    ...{ answers, signer, context },
    readReply: async (outboxId) => (readReply ? readReply(outboxId) : delivery.recent(outboxId)),
  });
  const inbound = createInbound(call, interactions, context);
  const fetchAttachment = createAttachmentFetcher(call, context);
  return {
    name: CHANNEL_NAME,
    capabilities: CAPABILITIES,
    start: inbound.start,
    deliver: delivery.deliver,
    revise: delivery.revise,
    withdraw: delivery.withdraw,
    openStream: createStreams({ sender, answers, preview: delivery.preview, context }),
    fetchAttachment: (_message, { reference }, maxBytes) => fetchAttachment(reference, maxBytes),
    readQuoted: (message) => readQuoted(call, message),
    directTarget: (userId) => ({ directUserId: userId }) satisfies ReplyTarget,
    groupTarget: (chatId) => ({ channelId: chatId }) satisfies ReplyTarget,
    laneOf: pace.laneOf,
    delayOf: (target) => pace.delayOf(target),
    status: inbound.status,
    probe: () => probeDiscord(call, config),
    stop: inbound.stop,
  };
}
