import { z } from "zod";

/** Ids go into request paths, which the SDK fills without escaping. */
export const platformId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);

/** The platform writes absent ids as "", null or not at all. */
const optionalId = z
  .union([platformId, z.literal(""), z.null()])
  .optional()
  .transform((value) => value || undefined);

const userIds = z
  .object({ open_id: optionalId, user_id: optionalId, union_id: optionalId })
  .nullish()
  .catch(undefined);

const mention = z.object({
  key: z.string(),
  id: userIds,
  name: z.string().nullish(),
});

export type Mention = z.infer<typeof mention>;

/** `im.message.receive_v1`, header and event flattened into one object as the SDK's dispatcher does. */
export const messageEvent = z.object({
  tenant_key: optionalId,
  sender: z.object({
    sender_id: userIds,
    sender_type: z.string().nullish(),
    tenant_key: optionalId,
  }),
  message: z.object({
    message_id: platformId,
    /** Only of replies: the message quoted, and the first one of the thread. */
    parent_id: optionalId,
    root_id: optionalId,
    create_time: z.string().nullish(),
    chat_id: platformId,
    thread_id: optionalId,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.string(),
    mentions: z.array(mention).nullish(),
  }),
});

export type MessageEvent = z.infer<typeof messageEvent>;

/** `im.message.recalled_v1`, flattened; `create_time` is the header's. */
export const recalledEvent = z.object({
  tenant_key: optionalId,
  create_time: z.string().nullish(),
  message_id: platformId,
  chat_id: platformId,
  recall_time: z.string().nullish(),
});

/** `im.chat.member.bot.deleted_v1`, flattened. */
export const botDeletedEvent = z.object({ create_time: z.string().nullish(), chat_id: platformId });

/** `contact.user.deleted_v3`, flattened. */
export const userDeletedEvent = z.object({
  create_time: z.string().nullish(),
  object: z.object({ open_id: optionalId, user_id: optionalId, union_id: optionalId }),
});

/** `im.chat.member.bot.added_v1`, flattened. */
export const botAddedEvent = z.object({
  event_id: z.string().min(1).max(128),
  create_time: z.string().nullish(),
  chat_id: platformId,
});

/** `im.chat.access_event.bot_p2p_chat_entered_v1`, flattened. */
export const chatEnteredEvent = z.object({ create_time: z.string().nullish(), operator_id: userIds });

/** `application.bot.menu_v6`, flattened. */
export const menuEvent = z.object({
  tenant_key: optionalId,
  event_id: platformId,
  create_time: z.string().nullish(),
  event_key: z.string().min(1).max(64),
  operator: z.object({ operator_name: z.string().nullish(), operator_id: userIds }),
});

/** Of every event, flattened. */
export const eventHeader = z.object({ app_id: optionalId, tenant_key: optionalId });

export const textContent = z.object({ text: z.string() });

const postElement = z.looseObject({
  tag: z.string(),
  text: z.string().nullish(),
  href: z.string().nullish(),
  user_id: z.string().nullish(),
  user_name: z.string().nullish(),
  image_key: z.string().nullish(),
});

export type PostElement = z.infer<typeof postElement>;

/** Received without a layer of locales; one is tolerated. */
const postBody = z.object({
  title: z.string().nullish(),
  content: z.array(z.array(postElement)),
});

export type PostBody = z.infer<typeof postBody>;

export const postContent = z.union([
  postBody,
  z.record(z.string(), postBody).transform((locales, context) => {
    const body = locales["zh_cn"] ?? locales["en_us"] ?? Object.values(locales)[0];
    if (body) return body;
    context.addIssue({ code: "custom", message: "empty post" });
    return z.NEVER;
  }),
]);

/**
 * What a reply needs to find its way back; stored by the conversation, so read again with care. A message that answers
 * nothing has neither message nor chat, only the person.
 */
export const replyTarget = z
  .object({
    messageId: platformId.optional(),
    chatId: platformId.optional(),
    threadId: platformId.optional(),
    /** The chat is a direct one. */
    direct: z.boolean().optional(),
    /** Open id of the person whose direct chat it is. */
    directUserId: platformId.optional(),
    /** The message is a card of ours on which somebody pressed a button, none that somebody wrote. */
    pressed: z.boolean().optional(),
  })
  .refine(({ messageId, chatId, directUserId }) => messageId || chatId || directUserId, "leads nowhere");

export type ReplyTarget = z.infer<typeof replyTarget>;

/** `card.action.trigger`, header and event flattened into one object; `value` is what our own buttons carry. */
export const cardActionEvent = z.object({
  event_id: z.string().min(1).max(128).optional(),
  tenant_key: optionalId,
  token: z.string().nullish(),
  operator: z.object({ open_id: optionalId, tenant_key: optionalId }),
  action: z.object({
    value: z.object({
      xc: z.string().max(64),
      name: z.string().min(1).max(64),
      values: z.record(z.string().max(64), z.string().max(512)),
    }),
    form_value: z.record(z.string(), z.unknown()).nullish(),
  }),
  context: z.object({ open_message_id: optionalId, open_chat_id: optionalId }).nullish(),
});

export const fileContent = z.object({ file_key: platformId, file_name: z.string().nullish() });

export const imageContent = z.object({ image_key: platformId });

/** Where the bytes of something in a message are; stored by the conversation, so read again with care. */
export const resourceReference = z.object({
  messageId: platformId,
  key: platformId,
  type: z.enum(["file", "image"]),
});

export type ResourceReference = z.infer<typeof resourceReference>;

/** `bot/v3/info`: `bot` stands at the top level, not in `data`. */
export const botInfo = z.object({
  bot: z.object({
    open_id: platformId,
    app_name: z.string().nullish(),
    activate_status: z.number().nullish(),
  }),
});

export const tokenAnswer = z.object({
  tenant_access_token: z.string().min(1),
  expire: z.number().positive(),
});

export const sentMessage = z.object({
  data: z.object({ message_id: z.string().min(1), create_time: z.string().nullish() }),
});

/** With the headers of the answer. */
export const createdCard = z.object({
  data: z.object({ data: z.object({ card_id: platformId }) }),
  headers: z.looseObject({ date: z.string().optional() }).optional(),
});

/** What a stream leaves with the conversation, to be gone on with. */
export const streamResume = z.object({
  messageId: platformId,
  cardId: platformId,
  openedAt: z.number().int().nonnegative(),
});

export type StreamResume = z.infer<typeof streamResume>;

export const addedReaction = z.object({ data: z.object({ reaction_id: z.string().min(1).max(256) }) });

/** The SDK hands over the inner `data` of an upload. */
export const uploadedFile = z.object({ file_key: platformId });

export const uploadedImage = z.object({ image_key: platformId });

/** The raw envelope, as far as the checks of trust read it. */
export const envelope = z.looseObject({
  type: z.string().optional(),
  token: z.string().optional(),
  challenge: z.string().optional(),
  schema: z.string().optional(),
  header: z.looseObject({ token: z.string().optional(), app_id: z.string().optional() }).optional(),
});

export type Envelope = z.infer<typeof envelope>;

/** Of `GET im/v1/messages/:id`, the inner `data`. */
const quotedItem = z.object({
  msg_type: z.string(),
  deleted: z.boolean().nullish(),
  chat_id: z.string().nullish(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  mentions: z.array(z.object({ key: z.string(), name: z.string().nullish() })).nullish(),
});

export type QuotedMessage = z.infer<typeof quotedItem>;

export const quotedMessage = z.object({ items: z.array(quotedItem).nullish() });

/** A card as it comes back when it is read. */
export const simplifiedCard = z.object({
  title: z.string().nullish(),
  elements: z.array(z.array(z.looseObject({ text: z.string().nullish() }))).nullish(),
});

/** Of `application/v6/scopes`, the inner `data`. */
export const grantedScopes = z.object({
  scopes: z.array(z.object({ scope_name: z.string(), grant_status: z.number() })),
});

/** Of `application/v6/applications/:id`, the inner `data`. */
export const onlineVersion = z.object({ app: z.object({ online_version_id: optionalId }) });

/** Of `application/v6/applications/:id/app_versions/:id`, the inner `data`. */
export const appVersion = z.object({
  app_version: z.object({ event_infos: z.array(z.object({ event_type: z.string() })).nullish() }),
});
