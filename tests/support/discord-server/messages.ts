import { readList } from "./check-components.ts";
import { checkMessage, FLAG, findPinged } from "./check-message.ts";
import { canSee } from "./permissions.ts";
import type { ApiRequest, Platform } from "./platform.ts";
import { presentMember, presentMessage } from "./present.ts";
import { createFinds, REFUSALS } from "./refusal.ts";
import {
  BOT,
  type Json,
  type Place,
  type StoredAttachment,
  type StoredMessage,
  type World,
} from "./world.ts";

const MAX_REQUEST_BYTES = 25 * 1024 * 1024;
const INTENT = { guildMessages: 1 << 9, directMessages: 1 << 12 } as const;
const REPLY = 19;

/** Writes a message into the world and tells it. */
export function addMessage(platform: Platform, message: StoredMessage): StoredMessage {
  platform.world.messages.set(message.id, message);
  tellMessage(platform, "MESSAGE_CREATE", message);
  return message;
}

export function blankMessage(world: World, place: Place, authorId: string): StoredMessage {
  return {
    id: world.ids.next(),
    channelId: place.id,
    authorId,
    type: 0,
    content: "",
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    nonce: undefined,
    allowedMentions: undefined,
    pinged: { users: [], roles: [], everyone: false },
    reference: null,
    via: "person",
    interactionId: null,
    onlyFor: null,
    deleted: false,
    edits: [],
    sentAt: world.clock.now(),
    reactions: [],
  };
}

/** To the gateway, unless only one person sees it or the bot does not see the place. */
export function tellMessage(platform: Platform, type: string, message: StoredMessage): void {
  const { world, gateway } = platform;
  const place = world.places.get(message.channelId);
  if (!place || message.onlyFor !== null || !canSee(world, place, BOT.userId)) return;
  const guild = place.guildId === null ? undefined : world.guilds.get(place.guildId);
  const direct = guild === undefined;
  const data: Json = {
    ...presentMessage(world, message),
    channel_type: place.type,
    ...(guild && { guild_id: guild.id, member: presentMember(world, guild, message.authorId, false) }),
  };
  gateway.dispatch(type, data, {
    intents: direct ? INTENT.directMessages : INTENT.guildMessages,
    message: {
      authorId: message.authorId,
      mentionsBot: message.pinged.users.includes(BOT.userId) || message.content.includes(`<@${BOT.userId}>`),
      direct,
    },
    botId: BOT.userId,
  });
}

function tellDeleted(platform: Platform, message: StoredMessage): void {
  const place = platform.world.places.get(message.channelId);
  if (!place || message.onlyFor !== null || !canSee(platform.world, place, BOT.userId)) return;
  const data: Json = {
    id: message.id,
    channel_id: place.id,
    ...(place.guildId && { guild_id: place.guildId }),
  };
  const intents = place.guildId === null ? INTENT.directMessages : INTENT.guildMessages;
  platform.gateway.dispatch("MESSAGE_DELETE", data, { intents });
}

/** What the bot sent, checked and put into a message. */
export function fillMessage(
  platform: Platform,
  message: StoredMessage,
  request: ApiRequest,
  body: Json,
): void {
  const { world } = platform;
  checkMessage(body, request.files.size);
  message.attachments = takeFiles(platform, message, request, body);
  message.content = String(body["content"] ?? "").trim();
  message.embeds = readList(body["embeds"]);
  message.components = readList(body["components"]);
  message.allowedMentions = body["allowed_mentions"] as Json | undefined;
  message.flags |= Number(body["flags"] ?? 0) & (FLAG.suppressEmbeds | FLAG.silent);
  if (body["nonce"] !== undefined && body["nonce"] !== null) message.nonce = String(body["nonce"]);
  const reference = body["message_reference"] as Json | undefined;
  if (reference) answerTo(world, message, reference);
  const repliedTo = message.reference ? world.messages.get(message.reference.messageId)?.authorId : undefined;
  message.pinged = findPinged(message.content, message.allowedMentions, repliedTo);
}

function answerTo(world: World, message: StoredMessage, reference: Json): void {
  const messageId = String(reference["message_id"]);
  const target = world.messages.get(messageId);
  const there =
    target && !target.deleted && target.channelId === message.channelId && target.onlyFor === null;
  if (!there) {
    // `fail_if_not_exists: false`: an ordinary message instead.
    if (reference["fail_if_not_exists"] === false) return;
    const finds = createFinds();
    finds.add(["message_reference"], "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
    finds.refuse();
  }
  message.reference = { messageId, channelId: message.channelId };
  message.type = REPLY;
}

/** An edit: what is left out stays as it is. */
export function changeMessage(platform: Platform, message: StoredMessage, request: ApiRequest): void {
  const { body } = request;
  checkMessage(body, request.files.size, { partial: true });
  const { content, embeds, components } = message;
  message.edits.push({ at: platform.world.clock.now(), before: { content, embeds, components } });
  const kept = Array.isArray(body["attachments"])
    ? message.attachments.filter(({ id }) =>
        readList(body["attachments"]).some((each) => String(each["id"]) === id),
      )
    : message.attachments;
  message.attachments = [...kept, ...takeFiles(platform, message, request, body)];
  if (body["content"] !== undefined) message.content = String(body["content"] ?? "").trim();
  if (body["embeds"] !== undefined) message.embeds = readList(body["embeds"]);
  if (body["components"] !== undefined) message.components = readList(body["components"]);
  const seen =
    message.content || message.embeds.length + message.components.length + message.attachments.length > 0;
  if (!seen) throw REFUSALS.empty();
  // An edit pings nobody again.
  message.allowedMentions = (body["allowed_mentions"] as Json | undefined) ?? message.allowedMentions;
  message.flags &= ~FLAG.loading;
  tellMessage(platform, "MESSAGE_UPDATE", message);
}

export function removeMessage(platform: Platform, message: StoredMessage): void {
  message.deleted = true;
  tellDeleted(platform, message);
}

function takeFiles(
  platform: Platform,
  message: StoredMessage,
  request: ApiRequest,
  body: Json,
): StoredAttachment[] {
  const { world, maxFileBytes } = platform;
  if (request.size > MAX_REQUEST_BYTES) throw REFUSALS.tooLarge();
  const described = readList(body["attachments"]);
  const finds = createFinds();
  for (const [index, each] of described.entries()) {
    const id = String(each["id"]);
    const known = request.files.has(Number(id)) || message.attachments.some((file) => file.id === id);
    if (!known)
      finds.add(["attachments", index, "id"], "ATTACHMENT_NOT_FOUND", `Attachment ${id} was not uploaded`);
  }
  if (request.files.size > 10)
    finds.add(["attachments"], "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
  finds.refuse();
  return [...request.files].map(([index, { filename, contentType, bytes }]) => {
    if (bytes.length > maxFileBytes) throw REFUSALS.tooLarge();
    const about = described.find((each) => Number(each["id"]) === index);
    return storeFile(world, {
      channelId: message.channelId,
      filename: String(about?.["filename"] ?? filename),
      description: typeof about?.["description"] === "string" ? about["description"] : null,
      contentType,
      bytes,
      ephemeral: message.onlyFor !== null,
    });
  });
}

export function storeFile(world: World, file: Omit<StoredAttachment, "id" | "expiresAt">): StoredAttachment {
  const stored = { ...file, id: world.ids.next(), expiresAt: world.clock.now() + world.linkLifetimeMs };
  world.files.set(stored.id, stored);
  return stored;
}
