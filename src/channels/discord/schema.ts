import { z } from "zod";

/** Ids go into request paths. */
export const snowflake = z.string().regex(/^\d{15,21}$/);

const optionalSnowflake = snowflake.nullish().transform((value) => value ?? undefined);

const user = z.object({
  id: snowflake,
  username: z.string().nullish(),
  global_name: z.string().nullish(),
  bot: z.boolean().nullish(),
});

const attachment = z.object({
  id: snowflake,
  filename: z.string(),
  size: z.number().nonnegative(),
  url: z.string(),
  content_type: z.string().nullish(),
});

export type RawAttachment = z.infer<typeof attachment>;

const member = z.object({ nick: z.string().nullish() }).nullish();

const quotedMessage = z.object({
  id: snowflake,
  content: z.string().nullish(),
  author: user.nullish(),
  embeds: z
    .array(z.object({ title: z.string().nullish(), description: z.string().nullish() }))
    .nullish()
    .catch(undefined),
});

/** `MESSAGE_CREATE`, as far as it is read. */
export const messageEvent = z.object({
  id: snowflake,
  channel_id: snowflake,
  guild_id: optionalSnowflake,
  type: z.number().default(0),
  author: user,
  member,
  webhook_id: z.string().nullish(),
  content: z.string().nullish(),
  timestamp: z.string().nullish(),
  mentions: z.array(z.object({ id: snowflake, username: z.string().nullish() })).nullish(),
  mention_everyone: z.boolean().nullish(),
  mention_roles: z.array(z.string()).nullish(),
  attachments: z.array(attachment).nullish(),
  sticker_items: z.array(z.unknown()).nullish(),
  poll: z.unknown().optional(),
  flags: z.number().nullish(),
  message_reference: z
    .object({ type: z.number().nullish(), message_id: optionalSnowflake, channel_id: optionalSnowflake })
    .nullish(),
  referenced_message: quotedMessage.nullish().catch(undefined),
});

export type MessageEvent = z.infer<typeof messageEvent>;

/** A message as REST gives it, for a fresh address of its attachments or for what it says. */
export const fetchedMessage = z.object({
  id: snowflake,
  content: z.string().nullish(),
  author: user.nullish(),
  embeds: quotedMessage.shape.embeds,
  attachments: z.array(attachment).nullish(),
});

/** `READY`. */
export const readyEvent = z.object({
  user: z.object({ id: snowflake, username: z.string() }),
  application: z.object({ id: snowflake }).nullish(),
  guilds: z
    .array(z.object({ id: snowflake }))
    .nullish()
    .catch(undefined),
});

/** Where a message was written. */
export const eventPlace = z.object({ channel_id: snowflake, guild_id: optionalSnowflake });

/** `MESSAGE_UPDATE` that a person caused: the platform sends others for previews of links. */
export const editedEvent = z.object({
  guild_id: optionalSnowflake,
  timestamp: z.string(),
  edited_timestamp: z.string(),
});

export const channelAnswer = z.object({ type: z.number(), parent_id: optionalSnowflake });

export const sentMessage = z.object({ id: snowflake });

/** How a command or a button was answered within its three seconds. */
const deferral = z.enum(["public", "ephemeral", "update"]);

/**
 * What a reply needs to find its way back; stored by the conversation, so read again with care. A message that answers
 * nothing has only the channel or the person.
 */
export const replyTarget = z
  .object({
    channelId: snowflake.optional(),
    guildId: snowflake.optional(),
    /** What is replied to. */
    messageId: snowflake.optional(),
    /** Whose direct chat it is. */
    directUserId: snowflake.optional(),
    /** The channel is a thread. */
    inThread: z.boolean().optional(),
    /** Who asked, also where everybody reads the answer. */
    askerId: snowflake.optional(),
    /** Nobody wrote a message: a command, or a pressed button of the message that is named, if one is. */
    pressed: z.boolean().optional(),
    /** A command or a pressed button: for 15 minutes its token is the way back. */
    interaction: z
      .object({
        id: snowflake,
        applicationId: snowflake,
        token: z.string().min(1).max(512),
        deferral,
        /** ISO 8601. */
        at: z.string(),
      })
      .optional(),
  })
  .refine(({ channelId, directUserId }) => channelId || directUserId, "leads nowhere");

export type ReplyTarget = z.infer<typeof replyTarget>;
export type InteractionTarget = NonNullable<ReplyTarget["interaction"]>;

/** Where a reply is filled while it is made; stored by the conversation, so read again with care. */
export const streamTarget = z.discriminatedUnion("in", [
  z.object({ in: z.literal("original") }),
  z.object({ in: z.literal("message"), channelId: snowflake, messageId: snowflake }),
]);

export type StreamTarget = z.infer<typeof streamTarget>;

/** Where the bytes of an attachment are; stored by the conversation, so read again with care. */
export const attachmentReference = z.object({
  id: snowflake,
  /** Holds the name: nine characters for each Chinese one. */
  url: z.string().max(8_000),
  channelId: snowflake,
  /** Absent: it came with a command, and cannot be asked for again. */
  messageId: snowflake.optional(),
});

export type AttachmentReference = z.infer<typeof attachmentReference>;

const commandOption = z.object({
  name: z.string(),
  type: z.number(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  focused: z.boolean().nullish(),
  options: z
    .array(
      z.object({
        name: z.string(),
        type: z.number(),
        value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
        focused: z.boolean().nullish(),
      }),
    )
    .nullish(),
});

/** `INTERACTION_CREATE`, as far as it is read: commands (2), buttons (3), completion (4), modals (5). */
export const interactionEvent = z.object({
  id: snowflake,
  application_id: snowflake,
  type: z.number(),
  token: z.string().min(1).max(512),
  guild_id: optionalSnowflake,
  channel_id: optionalSnowflake,
  channel: z
    .object({ id: snowflake, type: z.number(), parent_id: optionalSnowflake })
    .nullish()
    .catch(undefined),
  member: z.object({ user, nick: z.string().nullish() }).nullish(),
  user: user.nullish(),
  locale: z.string().nullish(),
  message: z.object({ id: snowflake, flags: z.number().nullish() }).nullish(),
  data: z
    .object({
      name: z.string().nullish(),
      custom_id: z.string().max(100).nullish(),
      options: z.array(commandOption).nullish(),
      resolved: z
        .object({ attachments: z.record(z.string(), attachment).nullish() })
        .nullish()
        .catch(undefined),
      components: z.unknown().optional(),
    })
    .nullish(),
});

export type InteractionEvent = z.infer<typeof interactionEvent>;

/** `MESSAGE_DELETE`, and one of `MESSAGE_DELETE_BULK`. */
export const deletedEvent = z.object({
  id: snowflake.optional(),
  ids: z.array(snowflake).optional(),
  channel_id: snowflake,
  guild_id: optionalSnowflake,
});

const overwrite = z.object({ id: snowflake, type: z.number(), allow: z.string(), deny: z.string() });

export const guildChannel = z.object({
  id: snowflake,
  type: z.number(),
  name: z.string().nullish(),
  parent_id: optionalSnowflake,
  permission_overwrites: z.array(overwrite).nullish(),
});

export type GuildChannel = z.infer<typeof guildChannel>;

export const guildRole = z.object({ id: snowflake, permissions: z.string() });

/** `GUILD_CREATE`. */
export const guildEvent = z.object({
  id: snowflake,
  unavailable: z.boolean().nullish(),
  joined_at: z.string().nullish(),
  owner_id: optionalSnowflake,
  system_channel_id: optionalSnowflake,
  channels: z.array(guildChannel).nullish().catch(undefined),
  roles: z.array(guildRole).nullish().catch(undefined),
  members: z
    .array(z.object({ user: z.object({ id: snowflake }).nullish(), roles: z.array(snowflake) }))
    .nullish()
    .catch(undefined),
});

export type GuildEvent = z.infer<typeof guildEvent>;
