import type { InboundMessage } from "../../conversation/index.ts";
import { readTime, STALE_AFTER_MS, toMessageKey } from "./receive.ts";
import { menuEvent, type ReplyTarget } from "./schema.ts";

export interface MenuOptions {
  channel: string;
  /** The command that an entry of the bot's menu stands for, by the key that the console gives it. */
  commandOf: (eventKey: string) => string;
  now: Date;
}

/**
 * `application.bot.menu_v6` → what its person would have typed in their direct chat, or why there is no message. The event
 * names no chat, so the person's id stands for it.
 */
export function receiveMenu(
  data: unknown,
  { channel, commandOf, now }: MenuOptions,
): InboundMessage | string {
  const parsed = menuEvent.safeParse(data);
  const userId = parsed.data?.operator.operator_id?.open_id;
  if (!parsed.success || !userId) return "malformed menu event";
  const { tenant_key, event_id, event_key, create_time, operator } = parsed.data;
  const sentAt = readTime(create_time) ?? now;
  if (now.getTime() - sentAt.getTime() > STALE_AFTER_MS) return "stale";
  const replyTarget: ReplyTarget = { direct: true, directUserId: userId };
  return {
    channel,
    messageKey: toMessageKey(tenant_key, `menu:${event_id}`),
    chatId: userId,
    chatKind: "direct",
    userId,
    ...(operator.operator_name && { userName: operator.operator_name.slice(0, 100) }),
    text: commandOf(event_key),
    replyTarget,
    sentAt: sentAt.toISOString(),
  };
}
