import { type Actor, can, requireRight } from "../../access/index.ts";
import type { TicketFilter } from "../../storage/index.ts";
import { mayDo, viewFor } from "../tickets/index.ts";
import type { Party, Ticket, TicketCommand } from "../types.ts";
import { loadTicket, noSuchTicket, readEvents } from "./act-on-ticket.ts";
import { partyFor } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { TicketDesk, TicketListing, TicketView } from "./desk-types.ts";
import { departmentNames } from "./party-of.ts";
import { readTicket } from "./to-records.ts";

const NUMBER = /^\d{8}-\d{4,}$/;
const SHORT_NUMBER = /^\d{1,6}$/;

export function createTicketViews(
  options: TicketDeskOptions,
): Pick<TicketDesk, "view" | "list" | "ticketsOf" | "activeIn" | "eventsOf" | "findByCard"> {
  const { store } = options;
  return {
    async view(wanted, by) {
      const ticket = await findTicket(options, wanted);
      const party = partyFor(options, by, ticket);
      if (!maySee(party, by, ticket)) throw noSuchTicket(wanted);
      const seen = viewFor(ticket, await readEvents(options, ticket.ticketId), party);
      return {
        ...seen,
        departmentNames: departmentNames(options.settings()),
        party,
        may: allowedTo(options, ticket, party),
      } satisfies TicketView;
    },
    async list(filter, by) {
      requireRight(by, "read-tickets");
      const party = partyFor(options, by);
      const everywhere = can(by.roles, "read-figures");
      if (!everywhere && party.departments.length === 0) return [];
      const records = await store.list(everywhere ? filter : within(filter, party));
      const listings = records.map((record) => toListing(readTicket(record), party, options));
      return listings.filter(({ ticket }) => holds(ticket, filter.search ?? ""));
    },
    async ticketsOf(account) {
      const { sla } = options.settings();
      // Reopening runs to the end of the day.
      const since = options.clock().getTime() - (sla.reopenDays + 1) * 24 * 60 * 60 * 1000;
      const records = await store.list({ askerAccount: account, limit: 50 });
      return records
        .filter(({ closedAt }) => closedAt === null || Date.parse(closedAt) >= since)
        .map(readTicket);
    },
    async activeIn(sessionKey, account = accountOfSession(sessionKey)) {
      const records = await store.list({ askerAccount: account, open: true, limit: 50 });
      return records.map(readTicket).find(({ asker }) => asker.sessionKey === sessionKey);
    },
    eventsOf: (ticketId) => readEvents(options, ticketId),
    async findByCard(channel, messageIds) {
      const card = messageIds.length === 0 ? undefined : await store.findCard(channel, messageIds);
      if (!card) return undefined;
      return { ticket: await loadTicket(options, card.ticketId), taskId: card.taskId, card };
    },
  };
}

/** By id, number, or the last digits of a number of these days. */
async function findTicket(options: TicketDeskOptions, wanted: string): Promise<Ticket> {
  const name = wanted.trim().replace(/^#/u, "");
  if (NUMBER.test(name)) {
    const record = await options.store.getByNumber(name);
    if (record) return readTicket(record);
    throw noSuchTicket(wanted);
  }
  if (SHORT_NUMBER.test(name)) {
    const ending = `-${name.padStart(4, "0")}`;
    const recent = await options.store.list({ limit: 500 });
    const found = recent.find(({ number }) => number.endsWith(ending));
    if (found) return readTicket(found);
    throw noSuchTicket(wanted);
  }
  return loadTicket(options, name);
}

function maySee(party: Party, by: Actor, ticket: Ticket): boolean {
  if (party.role === "system" || ticket.asker.account === by.account) return true;
  if (!can(by.roles, "read-tickets")) return false;
  if (can(by.roles, "read-figures")) return true;
  return ticket.tasks.some(
    ({ department, assignee, reroutes }) =>
      party.departments.includes(department) ||
      assignee === by.account ||
      reroutes.some(({ from }) => party.departments.includes(from)),
  );
}

function within(filter: TicketFilter, party: Party): TicketFilter {
  const { department, departments } = filter;
  const asked = department === undefined ? departments : [department];
  const mine = party.departments.filter((each) => asked === undefined || asked.includes(each));
  const { department: _own, ...rest } = filter;
  // None in common: a department that does not exist finds nothing.
  return { ...rest, departments: mine.length > 0 ? mine : [""] };
}

/** The store looks through everything; what one may not see one cannot look for either, or a contact could be guessed. */
function holds(shown: Ticket, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  const inJson = JSON.stringify(wanted).slice(1, -1);
  return wanted === "" || JSON.stringify(shown).toLowerCase().includes(inJson);
}

function toListing(ticket: Ticket, party: Party, options: TicketDeskOptions): TicketListing {
  const running = ticket.tasks.flatMap(({ clocks }) =>
    clocks.flatMap(({ metAt, dueAt }) => (metAt === null && dueAt !== null ? [dueAt] : [])),
  );
  return {
    ticket: viewFor(ticket, [], party).ticket,
    departmentNames: departmentNames(options.settings()),
    dueAt: running.sort()[0] ?? null,
    breached: ticket.tasks.some(({ clocks }) =>
      clocks.some(({ metAt, breachedAt }) => metAt === null && breachedAt !== null),
    ),
  };
}

function allowedTo(options: TicketDeskOptions, ticket: Ticket, party: Party): TicketCommand["do"][] {
  const { sla } = options.settings();
  const now = options.clock();
  return [...new Set(ticket.tasks.flatMap(({ taskId }) => mayDo(ticket, party, taskId, sla, now)))];
}

/** `feishu/oc_1/ou_1/` → `feishu:ou_1`: as the conversation makes session keys. */
function accountOfSession(sessionKey: string): string {
  const [channel = "", , userId = ""] = sessionKey.split("/").map(decodeURIComponent);
  return `${channel}:${userId}`;
}
