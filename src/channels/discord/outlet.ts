import type { Reply } from "../../conversation/index.ts";
import type { ButtonScope } from "./custom-id.ts";
import type { InteractionTarget, ReplyTarget } from "./schema.ts";

/** How a reply reaches its place. */
export type Outlet =
  /** Ordinary messages in the channel, or in a direct chat. */
  | { by: "message"; target: ReplyTarget; announce?: ReplyTarget }
  /** The first in the place of the deferred answer. */
  | { by: "original"; interaction: InteractionTarget; target: ReplyTarget; ephemeral: boolean }
  /** Seen by the asker alone. `line`: everybody gets one line, in the place of the deferred answer. */
  | { by: "follow-up"; interaction: InteractionTarget; line: boolean };

/** The platform takes the token of an interaction for 15 minutes. */
const TOKEN_MS = 14.5 * 60 * 1_000;

/** `withoutToken`: the platform no longer takes it. */
export function chooseOutlet(
  target: ReplyTarget,
  { visibility }: Pick<Reply, "visibility">,
  { now, withoutToken }: { now: Date; withoutToken: boolean },
): Outlet {
  const { interaction, guildId, directUserId, askerId, channelId, messageId } = target;
  const inServer = guildId !== undefined;
  const toAsker = inServer && visibility === "asker" && directUserId === undefined;
  const live =
    !withoutToken && interaction !== undefined && isLive(interaction, now) ? interaction : undefined;
  if (live?.deferral === "ephemeral") return { by: "original", interaction: live, target, ephemeral: true };
  if (live && toAsker) return { by: "follow-up", interaction: live, line: live.deferral === "public" };
  if (live?.deferral === "public") return { by: "original", interaction: live, target, ephemeral: false };
  const person = directUserId ?? (toAsker ? askerId : undefined);
  if (inServer && person !== undefined) {
    const announce: ReplyTarget = {
      ...(channelId && { channelId }),
      ...(messageId && { messageId }),
      guildId,
    };
    const direct: ReplyTarget = { directUserId: person };
    return { by: "message", target: direct, ...(toAsker && { announce }) };
  }
  return { by: "message", target };
}

export function isLive({ at }: InteractionTarget, now: Date): boolean {
  return now.getTime() - Date.parse(at) < TOKEN_MS;
}

/** Where the buttons of what goes there may be pressed. */
export function scopeOfOutlet(outlet: Outlet, target: ReplyTarget): ButtonScope | undefined {
  const person = target.directUserId ?? target.askerId;
  if (outlet.by === "follow-up" || (outlet.by === "original" && outlet.ephemeral))
    return person === undefined ? undefined : { kind: "person", userId: person };
  const { directUserId, channelId, guildId } = outlet.target;
  if (directUserId !== undefined) return { kind: "person", userId: directUserId };
  if (guildId === undefined && target.askerId !== undefined && outlet.by === "original")
    return { kind: "person", userId: target.askerId };
  return channelId === undefined ? undefined : { kind: "channel", channelId };
}
