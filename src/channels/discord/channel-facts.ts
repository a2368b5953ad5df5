import type { CallApi } from "./call-api.ts";
import type { Gateway } from "./gateway.ts";
import { isThread } from "./place.ts";
import type { SignalKnowledge } from "./receive-signal.ts";
import { remember } from "./remember.ts";
import { channelAnswer, guildEvent } from "./schema.ts";

/** What is known of channels and servers besides what an event says. */
export interface ChannelFacts {
  /** The channel that a thread belongs to; undefined when it is no thread, or when that cannot be learnt. */
  parentOf(channelId: string): Promise<string | undefined>;
  noteDirect(channelId: string, userId: string): void;
  noteGuilds(ids: readonly string[]): void;
  /** After an event has been read. */
  noteEvent(type: string, data: unknown): void;
  now(): Pick<SignalKnowledge, "directUserOf" | "parentOf" | "channelsOf" | "isKnownGuild">;
}

const MAX_KEPT = 2_000;

export function createChannelFacts(
  call: CallApi,
  gateway: Pick<Gateway, "parentOf" | "channelsOf">,
): ChannelFacts {
  const direct = new Map<string, string>();
  const parents = new Map<string, string>();
  const guilds = new Set<string>();
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
