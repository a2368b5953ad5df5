import type { InboundMessage } from "./types.ts";

/** One asker in one place: colleagues in a group do not share context, and a thread has its own. */
export function toSessionKey(
  message: Pick<InboundMessage, "channel" | "chatId" | "userId" | "threadId">,
): string {
  return [message.channel, message.chatId, message.userId, message.threadId ?? ""]
    .map(encodeURIComponent)
    .join("/");
}
