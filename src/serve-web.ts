import type { Access } from "./access/index.ts";
import {
  createFeishuSignIn,
  createWebChannel,
  type SignInProvider,
  type WebChannel,
  type WebChannelOptions,
} from "./channels/index.ts";
import type { Config } from "./config.ts";
import type { ChannelHooks } from "./conversation/index.ts";
import type { ServedMatching } from "./serve-matching.ts";
import type { Clock, Logger } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";

export interface ServeWebParts {
  config: Config;
  storage: Storage;
  /** Absent: accounts have no roles here, and nobody signs in. */
  access?: Access | undefined;
  served?: ServedMatching | undefined;
  parkName: string;
  readHistory: WebChannelOptions["readHistory"];
  clock: Clock;
  logger: Logger;
}

/** The web chat with what it keeps, whom it lets sign in and who may frame it. */
export function serveWeb({ config, storage, access, served, ...parts }: ServeWebParts): WebChannel {
  const { publicUrl, embedOrigins } = config.http;
  return createWebChannel({
    ...parts,
    embedOrigins,
    uploads: storage.webUploads,
    ...(access && {
      signIn: {
        store: storage.webSessions,
        provider: openSignIn(config, parts),
        rolesOf: async (account: string) => [...(await access.actorOf(account)).roles],
      },
    }),
    ...(served && { openFile: served.openFile }),
    ...(publicUrl && { publicUrl }),
  });
}

/** The platform must know where to send people back to; without an address of ours nobody signs in. */
function openSignIn({ feishu, http }: Config, { clock, logger }: Pick<ServeWebParts, "clock" | "logger">) {
  if (!feishu || !http.publicUrl) return undefined;
  return createFeishuSignIn({ config: feishu, clock, logger }) satisfies SignInProvider;
}

/** Who is no longer with the organisation is signed out everywhere. */
export function signOutLeavers<Hooks extends Pick<ChannelHooks, "onSignal">>(
  hooks: Hooks,
  web: Pick<WebChannel, "signOutAccount">,
): Hooks {
  return {
    ...hooks,
    async onSignal(signal) {
      if (signal.kind === "person-left") await web.signOutAccount(`${signal.channel}:${signal.userId}`);
      await hooks.onSignal(signal);
    },
  };
}
