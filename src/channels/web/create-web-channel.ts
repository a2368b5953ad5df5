import type { FastifyInstance } from "fastify";
import {
  type AcceptMessage,
  type Channel,
  type HistoryEntry,
  type InboundMessage,
  toSessionKey,
} from "../../conversation/index.ts";
import { AppError, type Clock, type Logger } from "../../shared/index.ts";
import type { SignInProvider } from "../sign-in-provider.ts";
import { createMeWriter, type RolesOf } from "./add-account-routes.ts";
import type { OpenFile } from "./add-file-route.ts";
import { addRoutes } from "./add-routes.ts";
import { fetchUpload } from "./fetch-upload.ts";
import { createPartials } from "./partials.ts";
import { type AskerReader, createAskerReader } from "./read-asker.ts";
import { readMessageKey, WEB_CHANNEL } from "./receive.ts";
import { toTurns } from "./render.ts";
import { replyTargetSchema } from "./schema.ts";
import { startCleaning } from "./start-cleaning.ts";
import type { SignInStore, UploadStore } from "./stores.ts";
import { createStreams, type Streams } from "./streams.ts";
import { createSessionCookies, type Headers, requireOwnPage, requireSameSite } from "./verify.ts";

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
   * The bytes of a reply's `file` block; undefined when it is gone or not of this account, which is `web:<session>` or
   * the one that is signed in. Absent: there is nothing to download.
   */
  openFile?: OpenFile;
  /** Where files wait that people send. Absent: none are taken. */
  uploads?: UploadStore;
  /** Signing in needs `publicUrl` too. Absent: everybody is anonymous. */
  signIn?: { store: SignInStore; provider?: SignInProvider | undefined; rolesOf?: RolesOf };
  /** Origins whose pages may frame `/embed`: `https://www.example.gov.cn`. Default: none. */
  embedOrigins?: readonly string[];
}

export interface WebChannel extends Channel {
  addRoutes(server: FastifyInstance): Promise<void>;
  /**
   * The account that is signed in in the browser that sent this, for what else this server does with its rights. Throws
   * AppError `untrusted` when no page of ours sent it; what changes something must say so (`change`).
   */
  accountOf(request: { headers: Headers; host: string; change: boolean }): Promise<string | undefined>;
  /** The account has left: its sessions and open pages end. How many sessions. */
  signOutAccount(account: string): Promise<number>;
}

/**
 * The chat page. A reply counts as delivered when it stands in the stored history, from where every page of the asker
 * gets it, now or when it comes back; delivering only wakes the pages that are open.
 */
export function createWebChannel(options: WebChannelOptions): WebChannel {
  const { clock, logger, publicUrl, uploads, signIn } = options;
  const readTurns = createTurnReader(options);
  const partials = createPartials((session, partial) => streams.sendPartial(session, partial));
  const streams = createStreams({ readTurns, readPartials: partials.of, logger });
  const cookies = createSessionCookies(publicUrl?.startsWith("https://") ?? false);
  const askers = createAskerReader(cookies, signIn?.store, clock);
  const provider = publicUrl ? signIn?.provider : undefined;
  let acceptNow: AcceptMessage | undefined;
  let stopCleaning: (() => void) | undefined;
  const accept: AcceptMessage = async (message) => {
    if (!acceptNow) throw notStarted();
    return acceptNow(message);
  };

  return {
    name: WEB_CHANNEL,
    capabilities: {
      buttons: true,
      forms: true,
      pictures: true,
      files: true,
      streams: true,
      privateReplies: "inline",
    },
    async start(acceptMessage) {
      acceptNow = acceptMessage;
      stopCleaning = startCleaning({ uploads, signIns: signIn?.store, clock, logger });
    },
    async openStream({ messageKey, replyTarget, reply }) {
      const target = replyTargetSchema.safeParse(replyTarget);
      if (!target.success) return undefined;
      const { clientMessageId } = readMessageKey(messageKey);
      const stream = partials.open({ session: target.data.session, messageKey, clientMessageId });
      stream.show(reply);
      return stream;
    },
    async deliver(reply) {
      const session = readSession(reply.replyTarget);
      partials.end(reply.messageKey);
      // The pages take it at their own pace.
      void streams.notify(session);
      await uploads?.release(reply.messageKey).catch((error: unknown) => {
        logger.warn({ error: String(error) }, "files of an answered message stay until they are pruned");
      });
      return { receipt: reply.outboxId };
    },
    ...(uploads && {
      fetchAttachment: (message: InboundMessage, { reference }: { reference: unknown }, maxBytes: number) =>
        fetchUpload(uploads, message, reference, maxBytes),
    }),
    status: () => ({ healthy: acceptNow !== undefined, detail: `已打开 ${streams.size} 个页面` }),
    async stop() {
      acceptNow = undefined;
      stopCleaning?.();
      partials.close();
      streams.close();
    },
    ...createAccounts({ askers, streams, ...options }),
    addRoutes: (server) =>
      addRoutes(server, {
        ...{ accept, streams, cookies, askers, readTurns, clock, logger },
        parkName: options.parkName,
        embedOrigins: options.embedOrigins ?? [],
        describeMe: createMeWriter(provider, signIn?.rolesOf),
        ...(signIn && { signIns: signIn.store }),
        ...(provider && { provider }),
        ...(publicUrl && { publicUrl }),
        ...(options.openFile && { openFile: options.openFile }),
        ...(uploads && { uploads }),
      }),
  };
}

function createAccounts({
  askers,
  streams,
  signIn,
  publicUrl,
}: WebChannelOptions & { askers: AskerReader; streams: Streams }): Pick<
  WebChannel,
  "accountOf" | "signOutAccount"
> {
  return {
    async accountOf({ headers, host, change }) {
      const asker = await askers.find(headers);
      if (!asker?.signedIn || asker.embedded) return undefined;
      if (change) requireOwnPage(headers, host, publicUrl);
      else requireSameSite(headers, host, publicUrl);
      return asker.signedIn.account;
    },
    async signOutAccount(account) {
      const ended = (await signIn?.store.signOutAccount(account)) ?? 0;
      streams.endWhere((owner) => owner.account === account);
      return ended;
    },
  };
}

function createTurnReader({ readHistory, uploads }: WebChannelOptions) {
  return async (session: string) => {
    const chat = { channel: WEB_CHANNEL, chatId: session, userId: session };
    const history = await readHistory(toSessionKey(chat), SHOWN_TURNS);
    return toTurns(history, history.length > 0 ? await uploads?.list(session) : []);
  };
}

/** A target that is not ours will not become ours: no second try. */
function readSession(replyTarget: unknown): string {
  const target = replyTargetSchema.safeParse(replyTarget);
  if (target.success) return target.data.session;
  throw new AppError({
    code: "channel",
    message: "the stored reply target is not the web chat's",
    safeMessage: "找不到该回复在网页问答中的去处，请重新提问。",
  });
}

function notStarted(): AppError {
  return new AppError({
    code: "channel",
    message: "the web channel is not running",
    safeMessage: "服务正在启动或停止，请稍后再试。",
    retryable: true,
  });
}
