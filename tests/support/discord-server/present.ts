import { createHmac } from "node:crypto";
import { permissionsIn } from "./permissions.ts";
import {
  BOT,
  CHANNEL_TYPE,
  type Guild,
  isThread,
  type Json,
  type Person,
  type Place,
  type StoredAttachment,
  type StoredInteraction,
  type StoredMessage,
  type World,
} from "./world.ts";

/** The world's things as the platform writes them. */
function presentUser(person: Person): Json {
  return {
    id: person.id,
    username: person.username,
    discriminator: "0",
    global_name: person.globalName,
    avatar: null,
    public_flags: 0,
    ...(person.bot && { bot: true }),
  };
}

export function userOf(world: World, id: string): Json {
  const person = world.people.get(id);
  return person ? presentUser(person) : { id, username: "unknown", discriminator: "0", avatar: null };
}

export function presentMember(world: World, guild: Guild, userId: string, withUser = true): Json {
  const member = guild.members.get(userId);
  return {
    ...(withUser && { user: userOf(world, userId) }),
    nick: member?.nick ?? null,
    avatar: null,
    roles: member?.roles ?? [],
    joined_at: "2026-01-05T01:00:00.000000+00:00",
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function presentPlace(world: World, place: Place): Json {
  if (place.type === CHANNEL_TYPE.direct)
    return {
      id: place.id,
      type: place.type,
      last_message_id: null,
      flags: 0,
      recipients: place.recipientId ? [userOf(world, place.recipientId)] : [],
    };
  const common = {
    id: place.id,
    type: place.type,
    guild_id: place.guildId,
    name: place.name,
    parent_id: place.parentId,
    last_message_id: null,
    rate_limit_per_user: 0,
    flags: 0,
  };
  if (!isThread(place))
    return {
      ...common,
      position: 0,
      topic: null,
      nsfw: false,
      permission_overwrites: place.overwrites.map(({ id, kind, allow, deny }) => ({
        id,
        type: kind === "role" ? 0 : 1,
        allow: String(allow),
        deny: String(deny),
      })),
    };
  return {
    ...common,
    owner_id: place.ownerId,
    message_count: 0,
    member_count: place.threadMembers.size,
    total_message_sent: 0,
    thread_metadata: {
      archived: place.archived,
      auto_archive_duration: 1_440,
      archive_timestamp: new Date(world.clock.now()).toISOString(),
      locked: place.locked,
      ...(place.type === CHANNEL_TYPE.privateThread && { invitable: true }),
    },
  };
}

export function presentGuild(world: World, guild: Guild): Json {
  const places = [...world.places.values()].filter(
    ({ guildId, deleted }) => guildId === guild.id && !deleted,
  );
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    banner: null,
    owner_id: guild.ownerId,
    roles: guild.roles.map(({ id, name, permissions }, position) => ({
      id,
      name,
      permissions: String(permissions),
      color: 0,
      hoist: false,
      position,
      managed: false,
      mentionable: false,
      flags: 0,
    })),
    channels: places.filter((place) => !isThread(place)).map((place) => presentPlace(world, place)),
    threads: places.filter(isThread).map((place) => presentPlace(world, place)),
    members: [presentMember(world, guild, BOT.userId)],
    member_count: guild.members.size,
    joined_at: "2026-01-05T01:00:00.000000+00:00",
    large: false,
    unavailable: false,
    emojis: [],
    stickers: [],
    features: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    preferred_locale: "zh-CN",
    premium_tier: 0,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    system_channel_flags: 0,
    system_channel_id: null,
    rules_channel_id: null,
    afk_timeout: 300,
    afk_channel_id: null,
  };
}

export function signLink(world: World, path: string, expires: string): string {
  return createHmac("sha256", world.linkSecret).update(`${path} ${expires}`).digest("hex");
}

export function presentAttachment(world: World, file: StoredAttachment): Json {
  const path = `/attachments/${file.channelId}/${file.id}/${encodeURIComponent(file.filename)}`;
  const ex = Math.floor(file.expiresAt / 1_000).toString(16);
  const query = `?ex=${ex}&is=${Math.floor(world.clock.now() / 1_000).toString(16)}&hm=${signLink(world, path, ex)}&`;
  return {
    id: file.id,
    filename: file.filename,
    ...(file.description !== null && { description: file.description }),
    size: file.bytes.length,
    url: `${world.url}${path}${query}`,
    proxy_url: `${world.url}${path}${query}`,
    content_type: file.contentType,
    ...(file.ephemeral && { ephemeral: true }),
  };
}

/** `shallow`: as it stands inside another one, without what it refers to itself. */
export function presentMessage(world: World, message: StoredMessage, shallow = false): Json {
  const { reference } = message;
  const referenced = reference ? world.messages.get(reference.messageId) : undefined;
  const edited = message.edits.at(-1);
  const guildId = world.places.get(message.channelId)?.guildId;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    content: message.content,
    author: userOf(world, message.authorId),
    timestamp: new Date(message.sentAt).toISOString(),
    edited_timestamp: edited ? new Date(edited.at).toISOString() : null,
    tts: false,
    mention_everyone: message.pinged.everyone,
    mentions: message.pinged.users.map((id) => userOf(world, id)),
    mention_roles: message.pinged.roles,
    attachments: message.attachments.map((file) => presentAttachment(world, file)),
    embeds: message.embeds.map((embed) => ({ type: "rich", ...embed })),
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(reference && {
      message_reference: {
        type: 0,
        message_id: reference.messageId,
        channel_id: reference.channelId,
        ...(guildId && { guild_id: guildId }),
      },
      ...(!shallow && {
        referenced_message:
          referenced && !referenced.deleted ? presentMessage(world, referenced, true) : null,
      }),
    }),
    ...(message.via === "callback" || message.via === "followup"
      ? { webhook_id: BOT.applicationId, application_id: BOT.applicationId }
      : {}),
  };
}

/** As INTERACTION_CREATE carries it. */
export function presentInteraction(world: World, interaction: StoredInteraction, data: Json): Json {
  const place = world.places.get(interaction.channelId);
  if (!place) throw new Error("an interaction without a place");
  const guild = place.guildId === null ? undefined : world.guilds.get(place.guildId);
  const source = interaction.sourceMessageId ? world.messages.get(interaction.sourceMessageId) : undefined;
  const person = world.people.get(interaction.userId);
  return {
    id: interaction.id,
    application_id: BOT.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    data,
    channel: presentPlace(world, place),
    channel_id: place.id,
    locale: person?.locale ?? "zh-CN",
    app_permissions: String(permissionsIn(world, place, BOT.userId)),
    entitlements: [],
    authorizing_integration_owners: { "0": guild?.id ?? "0" },
    context: guild ? 0 : 1,
    attachment_size_limit: 10 * 1024 * 1024,
    ...(source && { message: presentMessage(world, source) }),
    ...(guild
      ? {
          guild_id: guild.id,
          guild: { id: guild.id, locale: "zh-CN", features: [] },
          guild_locale: "zh-CN",
          member: {
            ...presentMember(world, guild, interaction.userId),
            permissions: String(permissionsIn(world, place, interaction.userId)),
          },
        }
      : { user: userOf(world, interaction.userId) }),
  };
}
