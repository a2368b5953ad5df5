import type { Reply } from "../../conversation/index.ts";
import { type Logger, remember } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { toChannelError } from "./failures.ts";
import { clip } from "./markdown.ts";
import type { Outlet } from "./outlet.ts";

/** Opens a thread under a message that begins the work on a ticket, where the bot may. Never rejects. */
export type StartThread = (outlet: Outlet, reply: Reply, messageId: string) => Promise<void>;

const BEGIN_THREADS: ReadonlySet<string> = new Set(["ticket-card", "ticket-opened"]);
/** Three days of silence put a thread away; a message brings it back. */
const ARCHIVE_MINUTES = 4_320;
const MAX_NAME = 90;
/** How long a channel is left alone in which it did not work: refused calls count against the bot. */
const REFUSED_MS = 60 * 60 * 1_000;
const MAX_REFUSED = 2_000;

export function createThreadStarter(call: CallApi, clock: () => Date, logger: Logger): StartThread {
  const refused = new Map<string, number>();
  return async (outlet, { kind, headline }, messageId) => {
    if (!BEGIN_THREADS.has(kind) || outlet.by === "follow-up") return;
    if (outlet.by === "original" && outlet.ephemeral) return;
    const { channelId, guildId, directUserId, inThread } = outlet.target;
    if (channelId === undefined || directUserId !== undefined || inThread) return;
    // What is sent to a group unasked knows only its channel.
    if (guildId === undefined && outlet.target.askerId !== undefined) return;
    const now = clock().getTime();
    if ((refused.get(channelId) ?? 0) > now) return;
    try {
      await call({
        method: "POST",
        route: `/channels/${channelId}/messages/${messageId}/threads`,
        body: { name: clip(headline, MAX_NAME) || "工单", auto_archive_duration: ARCHIVE_MINUTES },
      });
    } catch (thrown) {
      const error = toChannelError(thrown, "start a thread");
      if (!error.retryable) remember(refused, channelId, now + REFUSED_MS, MAX_REFUSED);
      logger.debug({ error: error.message }, "discord: no thread");
    }
  };
}
