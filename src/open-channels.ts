import type { Access } from "./access/index.ts";
import type { Application } from "./app.ts";
import {
  createDiscordChannel,
  createFeishuChannel,
  type DiscordChannel,
  type FeishuChannel,
  type WebChannel,
} from "./channels/index.ts";
import { type CitationUrl, type OutgoingReply, readHistory } from "./conversation/index.ts";
import type { ServedMatching } from "./serve-matching.ts";
import { serveWeb } from "./serve-web.ts";
import type { WebhookHandler } from "./server/index.ts";
import type { Clock, Logger } from "./shared/index.ts";

type Opened = Pick<Application, "config" | "storage"> & {
  park: Pick<Application["park"], "name">;
  stewardship?: { access: Access };
};

interface Surroundings {
  clock: Clock;
  logger: Logger;
}

export interface OpenedChannels {
  web: WebChannel;
  /** Absent: its keys are not set. */
  feishu: FeishuChannel | undefined;
  discord: DiscordChannel | undefined;
}

/** The channels whose keys are set; none is started yet. */
export function openChannels(
  application: Opened,
  surroundings: Surroundings,
  served: ServedMatching | undefined,
): OpenedChannels {
  return {
    web: openWeb(application, surroundings, served),
    feishu: openFeishu(application, surroundings, served),
    discord: openDiscord(application, surroundings, served),
  };
}

/** Relative: only the asker's side knows under which name it reaches this server. */
export function citationUrl({ documentId, versionId, start, end }: Parameters<CitationUrl>[0]): string {
  const version = versionId === undefined ? "" : `?version=${encodeURIComponent(versionId)}`;
  return `/documents/${encodeURIComponent(documentId)}${version}#${start}-${end}`;
}

function openWeb(
  { config, park, storage, stewardship }: Opened,
  { clock, logger }: Surroundings,
  served: ServedMatching | undefined,
): WebChannel {
  return serveWeb({
    ...{ config, storage, served, clock, access: stewardship?.access },
    logger: logger.child({ channel: "web" }),
    parkName: park.name,
    readHistory: (sessionKey, limit) =>
      readHistory(storage.conversation, sessionKey, limit, {
        ...{ citationUrl, handOver: served !== undefined, feedback: true },
      }),
  });
}

function openFeishu(
  { config, park }: Opened,
  { clock, logger }: Surroundings,
  served: ServedMatching | undefined,
): FeishuChannel | undefined {
  if (!config.feishu) return undefined;
  return createFeishuChannel({
    config: config.feishu,
    clock,
    logger: logger.child({ channel: "feishu" }),
    homeTitle: park.name,
    ...(served && { openFile: served.openAnyFile }),
    ...(config.http.publicUrl && { publicUrl: config.http.publicUrl }),
  });
}

function openDiscord(
  { config, park, storage }: Opened,
  { clock, logger }: Surroundings,
  served: ServedMatching | undefined,
): DiscordChannel | undefined {
  if (!config.discord) return undefined;
  return createDiscordChannel({
    config: config.discord,
    clock,
    logger: logger.child({ channel: "discord" }),
    homeTitle: park.name,
    readReply: async (outboxId) =>
      ((await storage.conversation.readReply(outboxId)) as Partial<OutgoingReply> | undefined)?.reply,
    ...(served && { openFile: served.openAnyFile }),
    ...(config.http.publicUrl && { publicUrl: config.http.publicUrl }),
  });
}

export function webhooksOf(feishu: FeishuChannel | undefined): Map<string, WebhookHandler> {
  if (!feishu) return new Map();
  return new Map([
    ["/webhooks/feishu/events", (request) => feishu.handleWebhook(request)],
    ["/webhooks/feishu/cards", (request) => feishu.handleCardWebhook(request)],
  ]);
}
