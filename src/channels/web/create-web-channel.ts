import type { FastifyInstance } from "fastify";
import {
  type AcceptMessage,
  type Channel,
  type HistoryEntry,
  toSessionKey,
} from "../../conversation/index.ts";
import { AppError, type Clock, type Logger } from "../../shared/index.ts";
import type { OpenFile } from "./add-file-route.ts";
import { addRoutes } from "./add-routes.ts";
import { WEB_CHANNEL } from "./receive.ts";
import { toTurns } from "./render.ts";
import { replyTargetSchema } from "./schema.ts";
import { createStreams } from "./streams.ts";
import { createSessionCookies } from "./verify.ts";

/** Exchanges that a returning asker sees again. */
const SHOWN_TURNS = 50;

export interface WebChannelOptions {
  clock: Clock;
  logger: Logger;
  /** The latest exchanges of a session key, oldest first. */
  readHistory: (sessionKey: string, limit: number) => Promise<HistoryEntry[]>;
  /** Shown in the header: 张江高新区奉贤园. */
  parkName: string;
  /** Where people reach the page, when it stands behind a proxy. HTTPS there makes the cookie secure. */
  publicUrl?: string;
  /**
   * The bytes of a reply's `file` block; undefined when it is gone or not of this session, whose account is
   * `web:<session>`. Absent: there is nothing to download.
   */
  openFile?: OpenFile;
}

export interface WebChannel extends Channel {
  addRoutes(server: FastifyInstance): Promise<void>;
}

/**
 * The chat page. A reply counts as delivered when it stands in the stored history, from where every page of the asker
 * gets it, now or when it comes back; delivering only wakes the pages that are open.
 */
export function createWebChannel(options: WebChannelOptions): WebChannel {
  const { clock, logger, publicUrl } = options;
  const readTurns = async (session: string) => {
    const chat = { channel: WEB_CHANNEL, chatId: session, userId: session };
    return toTurns(await options.readHistory(toSessionKey(chat), SHOWN_TURNS));
  };
  const streams = createStreams(readTurns, logger);
  let acceptNow: AcceptMessage | undefined;
  const accept: AcceptMessage = async (message) => {
    if (!acceptNow) throw notStarted();
    return acceptNow(message);
  };

  return {
    name: WEB_CHANNEL,
    capabilities: {
      maxTextBytes: Number.MAX_SAFE_INTEGER,
      maxCardBytes: Number.MAX_SAFE_INTEGER,
      foldableCitations: true,
      threads: false,
    },
    async start(acceptMessage) {
      acceptNow = acceptMessage;
    },
    async deliver(reply) {
      const { session } = replyTargetSchema.parse(reply.replyTarget);
      await streams.notify(session);
      return { receipt: reply.outboxId };
    },
    status: () => ({ healthy: acceptNow !== undefined, detail: `已打开 ${streams.size} 个页面` }),
    async stop() {
      acceptNow = undefined;
      streams.close();
    },
    addRoutes: (server) =>
      addRoutes(server, {
        accept,
        streams,
        readTurns,
        clock,
        parkName: options.parkName,
        cookies: createSessionCookies(publicUrl?.startsWith("https://") ?? false),
        ...(publicUrl && { publicUrl }),
        ...(options.openFile && { openFile: options.openFile }),
      }),
  };
}

function notStarted(): AppError {
  return new AppError({
    code: "channel",
    message: "the web channel is not running",
    safeMessage: "服务正在启动或停止，请稍后再试。",
    retryable: true,
  });
}
