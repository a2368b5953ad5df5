import { createHash } from "node:crypto";
import { AppError, remember } from "../../shared/index.ts";
import type { ApiRequest, CallApi } from "./call-api.ts";
import { remedyFor } from "./failures.ts";
import { FLAGS, type MessageBody, type Upload } from "./message-body.ts";
import { type InteractionTarget, type ReplyTarget, sentMessage } from "./schema.ts";

/** What the platform does with messages. All of it throws DiscordCallError. */
export interface Sender {
  /**
   * As a reply to what was said, or as a fresh message where that is gone. The key makes a repeat harmless for some minutes.
   * Returns the platform's message id, as the others do.
   */
  send(target: ReplyTarget, sending: Sending, key: string): Promise<string>;
  edit(channelId: string, messageId: string, sending: Sending): Promise<string>;
  remove(channelId: string, messageId: string): Promise<void>;
  /** The deferred answer of an interaction. A repeat is harmless. */
  editOriginal(interaction: InteractionTarget, sending: Sending): Promise<string>;
  removeOriginal(interaction: InteractionTarget): Promise<void>;
  /** Only who did it sees it. The platform has no key for it: a repeat is a second message. */
  followUp(interaction: InteractionTarget, sending: Sending): Promise<string>;
  react(channelId: string, messageId: string, emoji: string): Promise<void>;
  /** The channel of a target; of a person, their direct one. */
  channelOf(target: ReplyTarget): Promise<string>;
  directChannel(userId: string): Promise<string>;
}

export interface Sending {
  body: MessageBody;
  uploads: readonly Upload[];
}

const MAX_DIRECT_CHANNELS = 1_000;

export function createSender(call: CallApi): Sender {
  const directChannel = createDirectChannels(call);
  const channelOf = async ({ channelId, directUserId }: ReplyTarget): Promise<string> => {
    if (channelId) return channelId;
    if (directUserId) return directChannel(directUserId);
    throw new AppError({ code: "channel", message: "no route left", safeMessage: "回复无法送达该会话。" });
  };
  const webhook = ({ applicationId, token }: InteractionTarget): ApiRequest["route"] =>
    `/webhooks/${applicationId}/${token}`;

  return {
    channelOf,
    directChannel,
    send: async (target, sending, key) => {
      const channelId = await channelOf(target);
      const post = (extra: object) =>
        call({
          method: "POST",
          route: `/channels/${channelId}/messages`,
          ...toRequest(sending, { ...extra, nonce: toNonce(key), enforce_nonce: true }),
          // The nonce keeps a repeat from being a second message.
          repeatable: true,
        });
      const { messageId } = target;
      if (!messageId) return readId(await post({}));
      const reference = { message_id: messageId, channel_id: channelId, fail_if_not_exists: false };
      try {
        return readId(await post({ message_reference: reference }));
      } catch (thrown) {
        if (remedyFor(thrown) !== "send-fresh") throw thrown;
        return readId(await post({}));
      }
    },
    edit: async (channelId, messageId, sending) =>
      readId(
        await call({
          method: "PATCH",
          route: `/channels/${channelId}/messages/${messageId}`,
          ...toRequest(whole(sending)),
        }),
      ),
    remove: async (channelId, messageId) => {
      await call({ method: "DELETE", route: `/channels/${channelId}/messages/${messageId}` });
    },
    editOriginal: async (interaction, sending) =>
      readId(
        await call({
          method: "PATCH",
          route: `${webhook(interaction)}/messages/@original`,
          ...toRequest(whole(sending)),
          withoutToken: true,
        }),
      ),
    removeOriginal: async (interaction) => {
      const route: ApiRequest["route"] = `${webhook(interaction)}/messages/@original`;
      await call({ method: "DELETE", route, withoutToken: true });
    },
    followUp: async (interaction, sending) =>
      readId(
        await call({
          method: "POST",
          route: webhook(interaction),
          ...toRequest(sending, { flags: (sending.body.flags ?? 0) | FLAGS.ephemeral }),
          withoutToken: true,
        }),
      ),
    react: async (channelId, messageId, emoji) => {
      const route: ApiRequest["route"] = `/channels/${channelId}/messages/${messageId}/reactions/${encodeURIComponent(emoji)}/@me`;
      await call({ method: "PUT", route });
    },
  };
}

function createDirectChannels(call: CallApi): Sender["directChannel"] {
  const known = new Map<string, string>();
  return async (userId) => {
    const found = known.get(userId);
    if (found) return found;
    const body = { recipient_id: userId };
    const id = readId(await call({ method: "POST", route: "/users/@me/channels", body, repeatable: true }));
    remember(known, userId, id, MAX_DIRECT_CHANNELS);
    return id;
  };
}

/** In the place of another message: what the new one does not have must go. */
function whole({ body, uploads }: Sending): Sending {
  const { flags: _flags, ...rest } = body;
  return { body: { content: "", embeds: [], components: [], attachments: [], ...rest }, uploads };
}

function toRequest({ body, uploads }: Sending, extra: object = {}): Pick<ApiRequest, "body" | "files"> {
  if (uploads.length === 0) return { body: { ...body, ...extra } };
  const attachments = uploads.map(({ name, description }, id) => ({
    id,
    filename: name,
    ...(description && { description: description.slice(0, 1_000) }),
  }));
  return { body: { ...body, ...extra, attachments }, files: uploads };
}

/** The platform takes up to 25 characters. */
function toNonce(key: string): string {
  return createHash("sha256").update(key).digest("base64url").slice(0, 25);
}

export function readId(answer: unknown): string {
  const parsed = sentMessage.safeParse(answer);
  if (parsed.success) return parsed.data.id;
  throw new AppError({
    code: "channel",
    message: "the answer holds no id",
    safeMessage: "Discord 的应答不完整，系统会自动重试。",
    retryable: true,
  });
}
