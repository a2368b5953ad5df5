import { hideContacts } from "../redact/hide-contacts.ts";
import type { Ticket, TicketEvent, TicketEventKind } from "../types.ts";

/** The asker's own words; what a specialist writes (the number of an office) is meant for others. */
const ASKERS_WORDS: ReadonlySet<TicketEventKind> = new Set<TicketEventKind>([
  "opened",
  "asker-said",
  "absorbed",
  "reopened",
  "cancelled",
  "rated",
]);

/** As those see it who may not see the contact: the field is gone, and what the asker wrote between the words is hidden. */
export function hideTicketContacts(ticket: Ticket): Ticket {
  const { classification } = ticket;
  return {
    ...ticket,
    contact: null,
    text: hideContacts(ticket.text).text,
    context: ticket.context.map((each) => hideContacts(each).text),
    classification: {
      ...classification,
      parts: classification.parts.map((part) => ({ ...part, words: hideContacts(part.words).text })),
    },
    tasks: ticket.tasks.map((task) => ({ ...task, summary: hideContacts(task.summary).text })),
  };
}

export function hideEventContacts(events: readonly TicketEvent[]): TicketEvent[] {
  return events.map((event) =>
    event.text !== null && ASKERS_WORDS.has(event.kind)
      ? { ...event, text: hideContacts(event.text).text }
      : event,
  );
}

/** How the asker wants to be reached: as given, else as written in the request. */
export function contactOf({ contact, text }: Pick<Ticket, "contact" | "text">): string | null {
  if (contact !== null) return contact;
  const { contacts } = hideContacts(text);
  return contacts.length > 0 ? contacts.join("；") : null;
}
