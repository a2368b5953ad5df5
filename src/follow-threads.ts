import type { ChannelHooks } from "./conversation/index.ts";
import type { Storage } from "./storage/index.ts";
import type { Ticket } from "./triage/index.ts";

type Kept = Pick<Storage, "conversation" | "tickets">;
type Place = Parameters<ChannelHooks["follows"]>[0];

/** Whether a message stands under one of a ticket: its card, a message of it, the thread in which it was asked for. */
export function createFollows(storage: Kept): ChannelHooks["follows"] {
  return async (place) => {
    const { channel, chatId, messageIds } = place;
    const card = messageIds.length === 0 ? undefined : await storage.tickets.findCard(channel, messageIds);
    if (card) return card.chatId === chatId;
    const keys = await storage.conversation.keysOf(channel, messageIds);
    for (const key of keys) if (await storage.tickets.get(ticketIdOf(key))) return true;
    return isAskersThread(storage, place);
  };
}

/** The thread in which an open ticket was asked for: below the asker's own question, or the reply to it. */
async function isAskersThread(
  { conversation, tickets }: Kept,
  { channel, chatId, messageIds }: Place,
): Promise<boolean> {
  for (const { content } of await tickets.list({ open: true, search: chatId })) {
    const { asker } = content as Ticket;
    const { messageId } = asker.replyTarget as { messageId?: string };
    if (asker.channel !== channel || asker.chatId !== chatId || messageId === undefined) continue;
    if (messageIds.includes(messageId)) return true;
    // A reply of the bot's: its key ends with the platform's id of the question.
    const asked = await conversation.keysOf(channel, [messageId]);
    if (asked.some((key) => messageIds.includes(key.slice(key.lastIndexOf(":") + 1)))) return true;
  }
  return false;
}

/** Keys of a ticket's messages begin with its id. */
export function ticketIdOf(noticeKey: string): string {
  return noticeKey.slice(0, Math.max(0, noticeKey.indexOf(":")));
}
