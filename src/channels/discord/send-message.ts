import { AppError } from "../../shared/index.ts";
import type { CallApi } from "./call-api.ts";
import { remedyFor } from "./failures.ts";
import type { MessageBody, Upload } from "./message-body.ts";
import { type ReplyTarget, sentMessage, snowflake } from "./schema.ts";

export interface Sender {
  /**
   * As a reply to what was said, or as a fresh message where that is gone. The nonce (≤ 25 characters) makes a repeat
   * harmless for some minutes. Returns the platform's message id.
   */
  send(target: ReplyTarget, body: MessageBody, nonce: string, files?: readonly Upload[]): Promise<string>;
  /** The channel of a target; of a person, their direct one. */
  channelOf(target: ReplyTarget): Promise<string>;
}

const MAX_DIRECT_CHANNELS = 1_000;

export function createSender(call: CallApi): Sender {
  const directChannels = new Map<string, string>();

  async function openDirect(userId: string): Promise<string> {
    const known = directChannels.get(userId);
    if (known) return known;
    const answer = await call({
      method: "POST",
      route: "/users/@me/channels",
      body: { recipient_id: userId },
      repeatable: true,
    });
    const id = readId(answer);
    if (directChannels.size >= MAX_DIRECT_CHANNELS) directChannels.clear();
    directChannels.set(userId, id);
    return id;
  }

  const channelOf = async ({ channelId, directUserId }: ReplyTarget): Promise<string> => {
    if (channelId) return channelId;
    if (directUserId) return openDirect(directUserId);
    throw new AppError({ code: "channel", message: "no route left", safeMessage: "回复无法送达该会话。" });
  };

  return {
    channelOf,
    send: async (target, body, nonce, files) => {
      const channelId = await channelOf(target);
      const post = (extra: object) =>
        call({
          method: "POST",
          route: `/channels/${channelId}/messages`,
          body: { ...body, ...extra, nonce, enforce_nonce: true },
          // The nonce keeps a repeat from being a second message.
          repeatable: true,
          ...(files && files.length > 0 && { files }),
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
  };
}

export function readId(answer: unknown): string {
  const parsed = sentMessage.safeParse(answer);
  if (parsed.success) return snowflake.parse(parsed.data.id);
  throw new AppError({
    code: "channel",
    message: "the answer holds no message id",
    safeMessage: "Discord 的应答不完整，系统会自动重试。",
    retryable: true,
  });
}
