import type { ChannelSignal } from "../../conversation/index.ts";
import { computePermissions, mayWrite, toBits } from "./permissions.ts";
import { readTime, toMessageKey } from "./receive.ts";
import { deletedEvent, type GuildEvent, guildEvent, snowflake } from "./schema.ts";
import { CHANNEL_NAME } from "./settings.ts";

const channel = CHANNEL_NAME;

export interface SignalKnowledge {
  botUserId: string;
  now: Date;
  /** Whose direct chat a channel is. */
  directUserOf(channelId: string): string | undefined;
  /** The channel that a thread belongs to. */
  parentOf(channelId: string): string | undefined;
  /** Text channels of a server, as far as the library knows them. */
  channelsOf(guildId: string): readonly string[];
  /** Servers that the bot was in when it connected. */
  isKnownGuild(guildId: string): boolean;
}

/** What an event says besides messages; empty: nothing for us. */
export function receiveSignals(type: string, data: unknown, knowledge: SignalKnowledge): ChannelSignal[] {
  const at = knowledge.now.toISOString();
  switch (type) {
    case "MESSAGE_DELETE":
    case "MESSAGE_DELETE_BULK":
      return toRecalled(data, knowledge, at);
    case "GUILD_CREATE": {
      const parsed = guildEvent.safeParse(data);
      return parsed.success ? toAdded(parsed.data, knowledge) : [];
    }
    case "GUILD_DELETE": {
      const parsed = guildEvent.safeParse(data);
      // An outage of the platform's is no removal.
      if (!parsed.success || parsed.data.unavailable) return [];
      const ids = knowledge.channelsOf(parsed.data.id);
      return ids.map((chatId) => ({ kind: "removed-from-chat", channel, chatId, at }));
    }
    case "CHANNEL_DELETE": {
      const id = readId(data);
      return id === undefined ? [] : [{ kind: "removed-from-chat", channel, chatId: id, at }];
    }
    default:
      return [];
  }
}

function toRecalled(data: unknown, knowledge: SignalKnowledge, at: string): ChannelSignal[] {
  const parsed = deletedEvent.safeParse(data);
  if (!parsed.success) return [];
  const { id, ids = [], channel_id, guild_id } = parsed.data;
  const chatId = guild_id
    ? (knowledge.parentOf(channel_id) ?? channel_id)
    : (knowledge.directUserOf(channel_id) ?? channel_id);
  return [...(id ? [id] : []), ...ids].map((messageId) => ({
    kind: "message-recalled",
    channel,
    messageKey: toMessageKey(guild_id, messageId),
    messageId,
    chatId,
    at,
  }));
}

/** The event comes for every server at every connection, too. */
function toAdded(guild: GuildEvent, { botUserId, now, isKnownGuild }: SignalKnowledge): ChannelSignal[] {
  const joinedAt = readTime(guild.joined_at);
  if (guild.unavailable || !joinedAt || isKnownGuild(guild.id)) return [];
  const chatId = chooseWelcome(guild, botUserId);
  if (chatId === undefined) return [];
  const at = now.toISOString();
  return [{ kind: "added-to-chat", channel, chatId, key: `${guild.id}:${joinedAt.getTime()}`, at }];
}

/** The server's channel for notices, if the bot may write there. */
function chooseWelcome(guild: GuildEvent, botUserId: string): string | undefined {
  const { system_channel_id: systemId, channels, roles, members, owner_id: ownerId } = guild;
  const system = channels?.find(({ id }) => id === systemId);
  if (!system || !roles) return undefined;
  const member = members?.find((each) => each.user?.id === botUserId);
  const standing = {
    guildId: guild.id,
    ownerId,
    roles: new Map(roles.map(({ id, permissions }) => [id, toBits(permissions)])),
    userId: botUserId,
    memberRoles: member?.roles ?? [],
  };
  return mayWrite(computePermissions(standing, system)) ? system.id : undefined;
}

function readId(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null || !("id" in data)) return undefined;
  const parsed = snowflake.safeParse(data.id);
  return parsed.success ? parsed.data : undefined;
}
