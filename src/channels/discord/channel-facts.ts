import { remember } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import type { Gateway } from "./gateway.ts";
import { isThread } from "./place.ts";
import type { SignalKnowledge } from "./receive-signal.ts";
import { channelAnswer, guildEvent } from "./schema.ts";

/** What is known of channels and servers besides what an event says. */
export interface ChannelFacts {
  /** The channel that a thread belongs to; undefined when it is no thread, or when that cannot be learnt. */
  parentOf(channelId: string): Promise<string | undefined>;
  noteDirect(channelId: string, userId: string): void;
  noteGuilds(ids: readonly string[]): void;
  /** Whether it is time to say again, in this channel, what is said once in a while. */
  mayHint(channelId: string, now: Date): boolean;
  /** After an event has been read. */
  noteEvent(type: string, data: unknown): void;
  now(): Pick<SignalKnowledge, "directUserOf" | "parentOf" | "channelsOf" | "isKnownGuild">;
}

const MAX_KEPT = 2_000;
const HINT_MS = 12 * 60 * 60 * 1_000;

export function createChannelFacts(
  call: CallApi,
  gateway: Pick<Gateway, "parentOf" | "channelsOf">,
): ChannelFacts {
  const direct = new Map<string, string>();
  const parents = new Map<string, string>();
  const guilds = new Set<string>();
  const hinted = new Map<string, number>();
  return {
    parentOf: async (channelId) => {
      const known = gateway.parentOf(channelId);
      if (known) return known.parentId;
      const kept = parents.get(channelId);
      if (kept !== undefined) return kept || undefined;
      try {
        const answer = await call({ method: "GET", route: `/channels/${channelId}` });
        const { type, parent_id } = channelAnswer.parse(answer);
        const parentId = isThread(type) ? (parent_id ?? "") : "";
        remember(parents, channelId, parentId, MAX_KEPT);
        return parentId || undefined;
      } catch {
        return undefined;
      }
    },
    noteDirect: (channelId, userId) => remember(direct, channelId, userId, MAX_KEPT),
    noteGuilds: (ids) => {
      for (const id of ids) guilds.add(id);
    },
    mayHint: (channelId, now) => {
      const last = hinted.get(channelId);
      if (last !== undefined && now.getTime() - last < HINT_MS) return false;
      remember(hinted, channelId, now.getTime(), MAX_KEPT);
      return true;
    },
    noteEvent: (type, data) => {
      if (type !== "GUILD_CREATE" && type !== "GUILD_DELETE") return;
      const parsed = guildEvent.safeParse(data);
      if (!parsed.success) return;
      if (type === "GUILD_CREATE") guilds.add(parsed.data.id);
      else if (!parsed.data.unavailable) guilds.delete(parsed.data.id);
    },
    now: () => ({
      directUserOf: (channelId) => direct.get(channelId),
      parentOf: (channelId) => gateway.parentOf(channelId)?.parentId ?? (parents.get(channelId) || undefined),
      channelsOf: gateway.channelsOf,
      isKnownGuild: (id) => guilds.has(id),
    }),
  };
}
