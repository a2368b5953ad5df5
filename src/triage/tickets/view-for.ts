import type { Party, Ticket, TicketEvent, TicketEventKind } from "../types.ts";
import { hideEventContacts, hideTicketContacts } from "./hide-ticket-contacts.ts";

/** Among those who work on it. */
const INTERNAL: ReadonlySet<TicketEventKind> = new Set<TicketEventKind>(["noted", "reminded", "breached"]);
/** The asker sees that it happened, not the reason that one department gave another, nor another asker's words. */
const WITHOUT_WORDS: ReadonlySet<TicketEventKind> = new Set<TicketEventKind>([
  "released",
  "transferred",
  "returned",
  "unassigned",
  "unreachable",
  "reclassified",
  "task-added",
  "absorbed",
]);

/** Texts and files that their author took back are left out. */
export function applyRecalls(events: readonly TicketEvent[]): TicketEvent[] {
  const recalled = new Set(
    events.filter(({ kind }) => kind === "message-recalled").map(({ details }) => details["messageKey"]),
  );
  return events.map((event) => (recalled.has(event.key) ? { ...event, text: null, files: [] } : event));
}

/**
 * A ticket as this person may see it. The contact, also one written between the words, is for the asker, whoever has a task of it,
 * and admins. Whether they may see the ticket at all is decided before.
 */
export function viewFor(
  ticket: Ticket,
  events: readonly TicketEvent[],
  party: Party,
): { ticket: Ticket; events: readonly TicketEvent[] } {
  const { account, role } = party;
  const isAsker = account === ticket.asker.account;
  const hasIt = ticket.tasks.some(({ assignee }) => assignee === account);
  const seesContact = isAsker || hasIt || role === "admin" || role === "system";
  const shown = seesContact ? ticket : hideTicketContacts(ticket);
  const recalled = applyRecalls(events);
  const told = seesContact ? recalled : hideEventContacts(recalled);
  if (role !== "asker") return { ticket: shown, events: told };
  return { ticket: withoutReasons(shown), events: told.filter(isForAsker).map(withoutWords) };
}

function withoutReasons(ticket: Ticket): Ticket {
  return {
    ...ticket,
    tasks: ticket.tasks.map((task) => ({
      ...task,
      reroutes: task.reroutes.map((way) => ({ ...way, reason: "" })),
    })),
  };
}

const isForAsker = ({ kind }: TicketEvent): boolean => !INTERNAL.has(kind);

function withoutWords(event: TicketEvent): TicketEvent {
  return WITHOUT_WORDS.has(event.kind) ? { ...event, text: null, details: {} } : event;
}
