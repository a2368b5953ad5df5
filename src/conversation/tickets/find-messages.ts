import type { Ticket, TicketDesk } from "../../triage/index.ts";
import type { NoticeState } from "../create-conversation.ts";
import type { TicketSkillOptions } from "./ticket-parts.ts";

export interface TicketMessagesOptions {
  desk: Pick<TicketDesk, "eventsOf">;
  /** `conversation.noticeState`. */
  noticeState(channel: string, key: string): Promise<NoticeState | undefined>;
}

/** Log entries that are looked through, newest first. */
const MAX_EVENTS = 30;
/** Messages that one entry may have caused. */
const MAX_EFFECTS = 4;

/** Whether a message is one that told the asker of a ticket, or answered them about it. By receipts: nothing else is kept. */
export function createTicketMessages({
  desk,
  noticeState,
}: TicketMessagesOptions): NonNullable<TicketSkillOptions["isMessageOf"]> {
  return async (ticket: Ticket, channel: string, messageIds: readonly string[]) => {
    if (messageIds.length === 0 || ticket.asker.channel !== channel) return false;
    const events = await desk.eventsOf(ticket.ticketId);
    for (const { sequence, key } of events.slice(-MAX_EVENTS).reverse()) {
      const told = Array.from(
        { length: MAX_EFFECTS },
        (_none, index) => `${ticket.ticketId}:${sequence}:${index + 1}`,
      );
      const said = key.startsWith(`${channel}:`) ? [key.slice(channel.length + 1)] : [];
      for (const name of [...told, ...said]) {
        const receipt = (await noticeState(channel, name))?.receipt;
        if (receipt && messageIds.includes(receipt)) return true;
      }
    }
    return false;
  };
}
