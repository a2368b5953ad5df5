import type { ChannelSignal } from "../../conversation/index.ts";
import { readTime, toMessageKey } from "./receive.ts";
import {
  botAddedEvent,
  botDeletedEvent,
  chatEnteredEvent,
  recalledEvent,
  userDeletedEvent,
} from "./schema.ts";

/** Events that tell of something besides messages. */
export const SIGNAL_EVENTS = [
  "im.message.recalled_v1",
  "im.chat.member.bot.added_v1",
  "im.chat.member.bot.deleted_v1",
  "im.chat.access_event.bot_p2p_chat_entered_v1",
  "contact.user.deleted_v3",
] as const;

export type SignalEvent = (typeof SIGNAL_EVENTS)[number];

/** Undefined: malformed, or about nobody that we could name. */
export function receiveSignal(
  event: SignalEvent,
  data: unknown,
  { channel, now }: { channel: string; now: Date },
): ChannelSignal | undefined {
  const toInstant = (time: string | null | undefined) => (readTime(time) ?? now).toISOString();
  switch (event) {
    case "im.message.recalled_v1": {
      const parsed = recalledEvent.safeParse(data);
      if (!parsed.success) return undefined;
      const { tenant_key, message_id: messageId, chat_id: chatId, recall_time, create_time } = parsed.data;
      const messageKey = toMessageKey(tenant_key, messageId);
      const at = toInstant(recall_time ?? create_time);
      return { kind: "message-recalled", channel, messageKey, messageId, chatId, at };
    }
    case "im.chat.member.bot.added_v1": {
      const parsed = botAddedEvent.safeParse(data);
      if (!parsed.success) return undefined;
      const { event_id: key, chat_id: chatId, create_time } = parsed.data;
      const at = toInstant(create_time);
      return { kind: "added-to-chat", channel, chatId, key, at };
    }
    case "im.chat.access_event.bot_p2p_chat_entered_v1": {
      const parsed = chatEnteredEvent.safeParse(data);
      const userId = parsed.data?.operator_id?.open_id;
      if (!parsed.success || !userId) return undefined;
      return { kind: "direct-chat-opened", channel, userId, at: toInstant(parsed.data.create_time) };
    }
    case "im.chat.member.bot.deleted_v1": {
      const parsed = botDeletedEvent.safeParse(data);
      if (!parsed.success) return undefined;
      const { chat_id: chatId, create_time } = parsed.data;
      return { kind: "removed-from-chat", channel, chatId, at: toInstant(create_time) };
    }
    case "contact.user.deleted_v3": {
      const parsed = userDeletedEvent.safeParse(data);
      // As messages name their sender.
      const { open_id, user_id, union_id } = parsed.data?.object ?? {};
      const userId = open_id ?? user_id ?? union_id;
      if (!parsed.success || !userId) return undefined;
      return { kind: "person-left", channel, userId, at: toInstant(parsed.data.create_time) };
    }
  }
}
