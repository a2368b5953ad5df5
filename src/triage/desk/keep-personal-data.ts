import type { TicketStore } from "../../storage/index.ts";
import type { Ticket, TicketEvent } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { readTicket } from "./to-records.ts";

const MAX_TICKETS = 1_000;
const GONE = "（申请人已删除）";

export interface PersonalTickets {
  name: "工单";
  give(account: string): Promise<unknown>;
  forget(account: string, at: Date): Promise<void>;
}

/**
 * What tickets keep of an asker: given back on request, and removed. Open ones are withdrawn first, so that nobody goes on
 * working for somebody who is gone. What specialists said stays, without the asker's words.
 */
export function createPersonalTickets(store: TicketStore, { act }: ActOnTicket): PersonalTickets {
  return {
    name: "工单",
    async give(account) {
      const records = await store.list({ askerAccount: account, limit: MAX_TICKETS });
      return records
        .map(readTicket)
        .map(({ number, status, openedAt, text, contact, files, satisfaction }) => ({
          ...{ number, status, openedAt, text, contact, satisfaction },
          files: files.map(({ name }) => name),
        }));
    },
    async forget(account, at) {
      const asker = { account, roles: new Set(["staff" as const]) };
      for (const { ticketId } of await store.list({
        askerAccount: account,
        open: true,
        limit: MAX_TICKETS,
      })) {
        await act(ticketId, { do: "cancel" }, asker, `forget:${at.toISOString()}`);
      }
      const origin = { actor: account };
      await store.forgetAsker(account, { ticket: eraseTicket, event: eraseEvent(account) }, at, origin);
    },
  };
}

function eraseTicket(content: unknown): unknown {
  const ticket = content as Ticket;
  const nobody = `forgotten:${ticket.ticketId}`;
  return {
    ...ticket,
    asker: {
      ...{ account: nobody, channel: ticket.asker.channel, userId: nobody, chatId: nobody },
      ...{ chatKind: "direct", sessionKey: nobody, replyTarget: null },
    },
    ...{
      text: GONE,
      context: [],
      files: [],
      contact: null,
      enterpriseId: null,
      enterprise: null,
      draft: null,
    },
    classification: { ...ticket.classification, parts: [], reason: "", safety: null },
    tasks: ticket.tasks.map((task) => ({ ...task, summary: GONE })),
    satisfaction: ticket.satisfaction && { ...ticket.satisfaction, comment: null },
  } satisfies Ticket;
}

/** Everything that was said goes: answers repeat what was asked. */
function eraseEvent(account: string): (content: unknown) => unknown {
  return (content) => {
    const event = content as TicketEvent;
    const by = event.by === account ? { by: "forgotten", byName: null } : {};
    return { ...event, ...by, key: `forgotten:${event.sequence}`, text: null, files: [], details: {} };
  };
}
