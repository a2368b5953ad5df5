import type { TicketChange, TicketStore } from "../../../src/storage/index.ts";
import type { Ticket, TicketEffect, TicketEvent } from "../../../src/triage/index.ts";
import { type KnownTask, replayChange } from "./replay-change.ts";
import { hold, violated } from "./violation.ts";

export interface KnownTicket {
  ticketId: string;
  number: string;
  asker: string;
  text: string;
  category: string;
  urgency: string;
  status: string;
  revision: number;
  sequence: number;
  openedAt: string;
  mergedInto: string | null;
  satisfaction: number | null;
  reopened: number;
  faqId: string | null;
  tasks: KnownTask[];
  /** Of the whole log, in order. */
  kinds: string[];
}

export interface OpenEffect {
  effect: TicketEffect;
  ticketId: string;
}

/** What the simulation knows by itself: every change that was committed, followed and checked as it is written. */
export interface Ledger {
  tickets: Map<string, KnownTicket>;
  /** Told by nobody yet, as far as was looked. */
  effects: Map<string, OpenEffect>;
  /** Tickets that changed since the last look. */
  touched: Set<string>;
  /** The one ticket of each request's key. */
  homes: Map<string, string>;
  checks: { changes: number; events: number; effects: number };
  /** Of `transferred` and `returned` between departments, and of those by the system. */
  reroutes: { people: number; system: number };
  watch(store: TicketStore): TicketStore;
  /** Changes whose predecessor was not heard of. */
  unheard(): number;
  nameOf(account: string): string | null;
}

const STATUS_OF = [
  ["claimed", "处理中"],
  ["asking", "待企业补充"],
  ["queued", "待认领"],
  ["answered", "已回复"],
  ["closed", "已办结"],
] as const;

function statusOf({ tasks, mergedInto }: KnownTicket): string {
  if (mergedInto !== null) return "已合并";
  return STATUS_OF.find(([state]) => tasks.some((task) => task.state === state))?.[1] ?? "已撤回";
}

export function createLedger(nameOf: (account: string) => string | null): Ledger {
  const early: { change: TicketChange; expected: number }[] = [];
  /** On a server a later change of a ticket may be heard of first: it waits for the one before. */
  const hear = (change: TicketChange, expected: number): void => {
    const known = ledger.tickets.get(change.ticket.ticketId)?.revision ?? 0;
    if (known < expected) {
      early.push({ change, expected });
      return;
    }
    record(ledger, change, expected);
    const index = early.findIndex((each) => each.change.ticket.ticketId === change.ticket.ticketId);
    const [next] = index < 0 ? [] : early.splice(index, 1);
    if (next) hear(next.change, next.expected);
  };
  const ledger: Ledger = {
    unheard: () => early.length,
    tickets: new Map(),
    effects: new Map(),
    touched: new Set(),
    homes: new Map(),
    checks: { changes: 0, events: 0, effects: 0 },
    reroutes: { people: 0, system: 0 },
    nameOf,
    watch: (store) => ({
      ...store,
      async create(change, requestKey, at, origin) {
        const written = await store.create(change, requestKey, at, origin);
        if (written.outcome === "created") hear(change, 0);
        return written;
      },
      async commit(change, expected, at, origin) {
        const written = await store.commit(change, expected, at, origin);
        if (written === "committed") hear(change, expected);
        return written;
      },
      async commitBoth(first, second, at, origin) {
        const written = await store.commitBoth(first, second, at, origin);
        if (written === "committed") {
          for (const { change, expectedRevision } of [first, second])
            record(ledger, change, expectedRevision);
        }
        return written;
      },
    }),
  };
  return ledger;
}

function record(ledger: Ledger, change: TicketChange, expected: number): void {
  const ticket = change.ticket.content as Ticket;
  const events = change.events.map(({ content }) => content as TicketEvent);
  const known = ledger.tickets.get(ticket.ticketId) ?? newTicket(ticket);
  const facts = () => ({
    ticket: ticket.number,
    kinds: events.map(({ kind }) => kind),
    known: known.revision,
  });
  hold(known.revision === expected, "a change on a state that is gone", facts);
  hold(ticket.revision === expected + 1, "revisions grow by one", facts);
  hold(events.length > 0, "a change without a log entry", facts);
  events.forEach((event, index) => {
    hold(event.sequence === known.sequence + index + 1, "sequences without a gap", facts);
  });
  hold(ticket.lastSequence === known.sequence + events.length, "the last sequence is known", facts);
  checkAnswers(ledger, known, ticket, events, change);
  const tasks = replayChange(known.tasks, events, ticket.tasks);
  compareTasks(tasks, ticket, facts);
  countReroutes(ledger, known, tasks, events);
  rememberHome(ledger, ticket, events);
  for (const { key, content } of change.effects) {
    ledger.checks.effects += 1;
    hold(!ledger.effects.has(key), "an effect's key is used again", facts);
    ledger.effects.set(key, { effect: content as TicketEffect, ticketId: ticket.ticketId });
  }
  Object.assign(known, {
    ...fieldsOf(ticket),
    tasks,
    sequence: ticket.lastSequence,
    kinds: [...known.kinds, ...events.map(({ kind }) => kind)],
  });
  hold(statusOf(known) === ticket.status, "the status is that of the tasks", facts);
  ledger.tickets.set(ticket.ticketId, known);
  ledger.touched.add(ticket.ticketId);
  ledger.checks.changes += 1;
  ledger.checks.events += events.length;
}

function fieldsOf(ticket: Ticket) {
  const { ticketId, number, text, urgency, status, revision, openedAt, mergedInto, reopened, faqId } = ticket;
  return {
    ...{ ticketId, number, text, urgency, status, revision, openedAt, mergedInto, reopened, faqId },
    asker: ticket.asker.account,
    category: ticket.classification.category,
    satisfaction: ticket.satisfaction?.score ?? null,
  };
}

function newTicket(ticket: Ticket): KnownTicket {
  return { ...fieldsOf(ticket), revision: 0, sequence: 0, tasks: [], kinds: [] };
}

/** A ticket that an earlier process left. */
export function adoptTicket(ledger: Ledger, ticket: Ticket, events: readonly TicketEvent[]): void {
  const facts = () => ({ ticket: ticket.number, events });
  hold(
    events.every(({ sequence }, index) => sequence === index + 1),
    "a log without gaps",
    facts,
  );
  hold(ticket.lastSequence === events.length, "the log is as long as the ticket says", facts);
  const tasks = ticket.tasks.map(({ taskId, department, state, assignee, beforeClose }) => ({
    ...{ taskId, department, state, assignee, answeredBy: null },
    before: beforeClose && { state: beforeClose.state, assignee: beforeClose.assignee },
  }));
  const kinds = events.map(({ kind }) => kind);
  const known = { ...newTicket(ticket), ...fieldsOf(ticket), sequence: ticket.lastSequence, tasks, kinds };
  hold(statusOf(known) === ticket.status, "the status is that of the tasks", facts);
  ledger.tickets.set(ticket.ticketId, known);
  ledger.touched.add(ticket.ticketId);
  rememberHome(ledger, ticket, events);
  for (const { kind, from, to } of ticket.tasks.flatMap(({ reroutes }) => reroutes)) {
    if (from !== to) ledger.reroutes[kind === "transfer" || kind === "return" ? "people" : "system"] += 1;
  }
}

function compareTasks(tasks: readonly KnownTask[], ticket: Ticket, facts: () => unknown): void {
  hold(tasks.length === ticket.tasks.length, "as many tasks as the log says", facts);
  tasks.forEach((task, index) => {
    const written = ticket.tasks[index];
    const same =
      written?.taskId === task.taskId &&
      written.state === task.state &&
      written.department === task.department &&
      written.assignee === task.assignee;
    if (!same) violated("the state is not what the log says", { log: task, written, facts: facts() });
    for (const clock of written.clocks) {
      hold(
        clock.usedMinutes >= 0 && Number.isFinite(clock.usedMinutes),
        "used time is no less than none",
        facts,
      );
      const runs = written.state === "queued" || written.state === "claimed";
      if (clock.runningSince !== null)
        hold(runs && clock.metAt === null, "a clock runs where nobody owes", facts);
    }
    if (written.state === "queued") hold(written.assignee === null, "in the queue nobody has it", facts);
    if (written.state === "claimed" || written.state === "asking")
      hold(written.assignee !== null, "somebody has it", facts);
  });
}

/** An answer is told once, under the name of who has the task at that moment, and of nobody else's. */
function checkAnswers(
  ledger: Ledger,
  known: KnownTicket,
  ticket: Ticket,
  events: readonly TicketEvent[],
  { effects }: TicketChange,
): void {
  const told = effects.map(({ content }) => content as TicketEffect);
  const answers = told.filter(({ what }) => what.notice === "answer");
  const replies = events.filter(({ kind }) => kind === "replied");
  const facts = { ticket: ticket.number, replies, answers };
  if (answers.length !== replies.length) violated("each reply is told once", facts);
  for (const reply of replies) {
    const before = known.tasks.find(({ taskId }) => taskId === reply.taskId);
    if (before && before.assignee !== null && before.assignee !== reply.by)
      violated("answered by somebody who does not have the task", facts);
    const answer = answers.find(({ what }) => what.notice === "answer" && what.taskId === reply.taskId);
    if (answer?.what.notice !== "answer") violated("an answer that nobody is told", facts);
    if (answer.to.kind !== "asker" || answer.what.text !== reply.text)
      violated("an answer told to somebody else or changed", facts);
    if (answer.what.name !== ledger.nameOf(reply.by)) violated("an answer under another's name", facts);
  }
}

function countReroutes(
  ledger: Ledger,
  known: KnownTicket,
  tasks: readonly KnownTask[],
  events: readonly TicketEvent[],
): void {
  const system = events.some(({ kind }) => kind === "unreachable");
  for (const before of known.tasks) {
    const after = tasks.find(({ taskId }) => taskId === before.taskId);
    if (after?.department === before.department) continue;
    ledger.reroutes[system ? "system" : "people"] += 1;
  }
}

/** A request stands in one ticket: opened there, or joined to it. */
function rememberHome({ homes }: Ledger, { ticketId, number }: Ticket, events: readonly TicketEvent[]): void {
  for (const { kind, key } of events) {
    if (!key.startsWith("request:") || (kind !== "opened" && kind !== "asker-said")) continue;
    const other = homes.get(key);
    if (other !== undefined && other !== ticketId)
      violated("a request in two tickets", { key, other, number });
    homes.set(key, ticketId);
  }
}
