import { toAppError } from "../../shared/index.ts";
import type { CardRecord } from "../../storage/index.ts";
import type { Ticket, TicketEvent } from "../types.ts";
import { type ActOnTicket, readEvents } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { TicketTeller } from "./desk-types.ts";
import { isPlaceOf, renewedKey, revisionOf, writingKey } from "./place-cards.ts";
import { readTicket } from "./to-records.ts";

const BATCH = 200;

export interface SyncedCards {
  /** Put or edited now. */
  written: number;
  /** Their latest message is still under way. */
  waiting: number;
  gone: number;
}

/**
 * Brings every card to its ticket's present state. A card counts as showing a revision only when the platform has it, and
 * the next edit waits for the one before: what people see ends at the truth whatever fails on the way.
 */
export function createCardSync(
  options: TicketDeskOptions,
  act: ActOnTicket,
): (teller: TicketTeller) => Promise<SyncedCards> {
  return async (teller) => {
    const counts: SyncedCards = { written: 0, waiting: 0, gone: 0 };
    const tickets = new Map<string, Promise<Shown | undefined>>();
    for (const card of await options.store.staleCards(BATCH)) {
      try {
        const loaded = tickets.get(card.ticketId) ?? load(card.ticketId, options);
        tickets.set(card.ticketId, loaded);
        const shown = await loaded;
        if (shown) counts[await syncCard(card, shown, { options, act, teller })] += 1;
      } catch (thrown) {
        const error = toAppError(thrown);
        options.logger.warn(
          { card: card.cardId, errorId: error.id, error: error.message },
          "card not brought up to date",
        );
      }
    }
    return counts;
  };
}

interface Shown {
  ticket: Ticket;
  events: TicketEvent[];
}

async function load(ticketId: string, options: TicketDeskOptions): Promise<Shown | undefined> {
  const record = await options.store.get(ticketId);
  if (!record) return undefined;
  return { ticket: readTicket(record), events: await readEvents(options, ticketId) };
}

interface Syncing {
  options: TicketDeskOptions;
  act: ActOnTicket;
  teller: TicketTeller;
}

async function syncCard(card: CardRecord, shown: Shown, syncing: Syncing): Promise<keyof SyncedCards> {
  const { store } = syncing.options;
  const message = await syncing.teller.stateOf(card.channel, card.noticeKey);
  if (message?.state === "pending") return "waiting";
  if (message?.state === "dead") return handleDead(card, shown, syncing);
  if (message?.state !== "delivered") return write(card, {}, shown, syncing);
  const known = { receipt: message.receipt, shownRevision: revisionOf(card.noticeKey) };
  if (known.shownRevision < shown.ticket.revision) return write({ ...card, ...known }, known, shown, syncing);
  await store.updateCard(card.cardId, known);
  return "waiting";
}

/** Its key is noted before it is given out: after a crash between the two it is known whether it went out. */
async function write(
  card: CardRecord,
  learnt: Partial<CardRecord>,
  shown: Shown,
  syncing: Syncing,
): Promise<"written" | "gone"> {
  const { options, teller } = syncing;
  const key = writingKey(card, shown.ticket.revision);
  await options.store.updateCard(card.cardId, { ...learnt, noticeKey: key });
  const outcome = await teller.showCard({
    ...{ key, card, receipt: card.receipt, ...shown },
    settings: options.settings(),
  });
  return outcome === "sent" ? "written" : giveUp(card, shown, syncing);
}

/** An edit that failed is written anew once; a new card that failed means that the place is gone. */
function handleDead(card: CardRecord, shown: Shown, syncing: Syncing): Promise<"written" | "gone"> {
  if (card.receipt === null) return giveUp(card, shown, syncing);
  const anew = { ...card, receipt: null, noticeKey: renewedKey(card) };
  return write(anew, { receipt: null }, shown, syncing);
}

async function giveUp(card: CardRecord, { ticket }: Shown, syncing: Syncing): Promise<"gone"> {
  await syncing.options.store.updateCard(card.cardId, { state: "gone" });
  await reportGone(card, ticket, syncing);
  return "gone";
}

/** When that was the last place of an open task, the task must not fall silent. */
async function reportGone(
  card: CardRecord,
  ticket: Ticket,
  { options, act }: Pick<Syncing, "options" | "act">,
): Promise<void> {
  const task = ticket.tasks.find(({ taskId }) => taskId === card.taskId);
  if (!task || task.state === "closed" || task.state === "cancelled") return;
  const department = options.settings().departments.find(({ id }) => id === task.department);
  const admins = await options.listAdmins();
  const stands = (place: CardRecord) => isPlaceOf(place, department, task.assignee, admins);
  // It has moved on since: who has it now sees another card.
  if (!stands(card)) return;
  const others = (await options.store.cardsOf(ticket.ticketId)).some(
    (other) =>
      other.taskId === card.taskId && other.state === "live" && other.cardId !== card.cardId && stands(other),
  );
  options.logger.error(
    { ticket: ticket.number, channel: card.channel, alert: "ticket-card-undelivered" },
    "a ticket card cannot be delivered",
  );
  if (others) return;
  const why =
    card.chatKind === "group" ? "机器人已不在该部门的群里，或无法在群中发言" : "无法向该部门的人员发送消息";
  await act.bySystem(
    ticket.ticketId,
    { do: "unreachable", taskId: card.taskId, why },
    `unreachable:${card.noticeKey}`,
  );
}
