import fc from "fast-check";
import { expect, test } from "vitest";
import type { CommandName } from "../../src/triage/tickets/allowed-transitions.ts";
import {
  createTicket,
  decideTicket,
  foldStatus,
  mayDo,
  mergeTickets,
  nextCheckAt,
  TRANSITIONS,
  viewFor,
} from "../../src/triage/tickets/index.ts";
import type {
  Decision,
  DecisionContext,
  Ticket,
  TicketCommand,
  TicketEffect,
  TicketEvent,
  TicketTask,
} from "../../src/triage/types.ts";
import { contextOf, MONDAY, people, requestFor, routed, sla } from "../support/decided-tickets.ts";
import {
  COMMAND_NAMES,
  fewSteps,
  type RandomStep,
  SECRET,
  someSteps,
  toCommand,
} from "../support/ticket-steps.ts";

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`);
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const isLive = ({ state }: TicketTask) => state !== "closed" && state !== "cancelled";

function freeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

interface Taken {
  before: Ticket;
  command: TicketCommand;
  context: DecisionContext;
  decision: Decision;
}

/** All that was ever written and told. */
interface Past {
  events: TicketEvent[];
  effects: TicketEffect[];
}

function checkTask(task: TicketTask): void {
  const running = task.clocks.filter(({ runningSince }) => runningSince !== null);
  const open = task.clocks.filter(({ metAt }) => metAt === null);
  const owes = task.state === "queued" || task.state === "claimed";
  hold(running.length === (owes ? open.length : 0), `clocks run in queued and claimed only (${task.state})`);
  hold(
    running.every(({ metAt, dueAt }) => metAt === null && dueAt !== null),
    "a running clock has an end",
  );
  if (task.state === "queued") hold(task.assignee === null, "in the queue nobody has it");
  if (task.state === "claimed" || task.state === "asking") hold(task.assignee !== null, "somebody has it");
  if (task.state === "closed") hold(open.length === 0, "a close meets every clock");
  if (isLive(task))
    hold(
      open.some(({ kind }) => kind === "resolution"),
      "a live task has a resolution clock",
    );
  const isClosed = task.state === "closed";
  hold(
    (task.closedAt !== null) === isClosed && (task.beforeClose !== null) === isClosed,
    "closed and its traces",
  );
  const responses = open.filter(({ kind }) => kind !== "resolution");
  hold(responses.length <= 1, "one response is owed at most");
}

function checkTicket(ticket: Ticket, past: Past): void {
  ticket.tasks.forEach(checkTask);
  hold(ticket.status === foldStatus(ticket.tasks, ticket.mergedInto), "the status is that of its tasks");
  hold((ticket.closedAt === null) === ticket.tasks.some(isLive), "ended with its last task");
  expect(JSON.parse(JSON.stringify(ticket))).toStrictEqual(ticket);
  hold(
    past.events.every(({ sequence }, index) => sequence === index + 1),
    "sequences without a gap",
  );
  hold(ticket.lastSequence === past.events.length, "the last sequence is known");
  const unique = (keys: string[]) => new Set(keys).size === keys.length;
  hold(unique(past.events.map(({ key }) => key)), "event keys are unique");
  hold(unique(past.effects.map(({ key }) => key)), "effect keys are unique");
  const asked = past.effects.filter(({ what }) => what.notice === "closed" && what.askSatisfaction);
  hold(asked.length <= 1, "satisfaction is asked once");
  hold(
    asked.every(({ to }) => to.kind === "asker"),
    "satisfaction is asked of the asker",
  );
}

function checkTransitions({ before, command, decision }: Taken): void {
  const states = TRANSITIONS[command.do];
  const named = "taskId" in command ? command.taskId : undefined;
  before.tasks.forEach((task, index) => {
    const next = decision.ticket.tasks[index];
    if (next === undefined) throw new Error("a task is lost");
    hold(next.taskId === task.taskId, "tasks keep their order");
    hold(same(next.reroutes.slice(0, task.reroutes.length), task.reroutes), "re-routings only grow");
    hold(
      next.department === task.department || next.reroutes.length > task.reroutes.length,
      "each move is written down",
    );
    if (states === undefined) hold(next.state === task.state, `${command.do} changes no state`);
    else if (named !== undefined && named !== task.taskId) hold(same(next, task), "the others stay");
    else if (isLive(task) || !same(next, task))
      hold(states[task.state]?.includes(next.state) ?? false, `${command.do}: ${task.state} → ${next.state}`);
  });
  const added = decision.ticket.tasks.length - before.tasks.length;
  hold(added === (command.do === "add-task" ? 1 : 0), "tasks come by add-task");
}

/** Nobody speaks to the asker over the head of the one who has it. */
function checkSpeaker({ before, command, context, decision }: Taken): void {
  if (decision.outcome !== "done") return;
  for (const { to, what } of decision.effects) {
    if (what.notice !== "answer" && what.notice !== "question") continue;
    const find = ({ tasks }: Ticket) => tasks.find(({ taskId }) => taskId === what.taskId);
    const had = find(before)?.assignee ?? null;
    hold(to.kind === "asker", "answers go to the asker");
    hold(had === null || had === context.by.account, `${command.do} by the one who had it`);
    hold(find(decision.ticket)?.assignee === context.by.account, `${command.do} by the one who has it`);
  }
}

function checkDecision(taken: Taken): void {
  const { before, command, context, decision } = taken;
  const taskId = "taskId" in command ? command.taskId : null;
  const may = mayDo(before, context.by, taskId, sla, context.now).includes(command.do);
  if (decision.outcome !== "done") {
    hold(decision.ticket === before, "refused and unchanged leave the ticket");
    if (decision.outcome === "refused") {
      const { zh, en } = decision.refusal;
      hold(/\p{Script=Han}/u.test(zh) && en.length > 10 && !/undefined|null/.test(zh + en), "refusals speak");
    }
    return;
  }
  hold(may, `${command.do} was done, so it was allowed`);
  hold(decision.ticket.revision === before.revision + 1, "one revision more");
  hold(decision.events.length > 0, "each change is in the log");
  hold(decision.events.at(-1)?.key === context.key, "the message's key is the last entry's");
  checkTransitions(taken);
  checkSpeaker(taken);
}

/** After a look nothing is due at that instant, and the next look lies ahead: no clock turns in place. */
function checkLook({ command, context, decision }: Taken): void {
  if (command.do !== "tick" || decision.outcome === "refused") return;
  hold(
    decideTicket(decision.ticket, command, context).outcome === "unchanged",
    "a second tick finds nothing",
  );
  for (const task of decision.ticket.tasks) {
    const at = nextCheckAt(decision.ticket, task, context);
    hold(at === null || at > context.now, "the next look lies ahead");
    hold(at === null || isLive(task), "nothing is looked at after the end");
  }
}

function checkViews(ticket: Ticket, events: readonly TicketEvent[]): void {
  const forAsker = JSON.stringify(viewFor(ticket, events, people.asker));
  hold(!forAsker.includes(SECRET), "neither notes nor reasons for the asker");
  for (const party of [people.s1, people.s2, people.f1, people.sl]) {
    const has = ticket.tasks.some(({ assignee }) => assignee === party.account);
    hold(
      has === (viewFor(ticket, events, party).ticket.contact !== null),
      "the contact for those who have it",
    );
  }
}

const done = new Map<CommandName, number>();
const refusedWith = new Set<string>();

/** What moves a ticket comes often; what ends everything for good comes seldom, or nothing else would be seen. */
function weigh(name: CommandName, step: RandomStep): CommandName[] {
  if (name === "cancel" || name === "merge-into") return step.number === 6 ? [name] : [];
  if (TRANSITIONS[name] === undefined && name !== "rate") return [name];
  return Array.from({ length: name === "close" ? 12 : 4 }, () => name);
}

function take(ticket: Ticket, step: RandomStep, now: Date, index: number, past: Past): Taken {
  const by = people[step.who];
  const anyTask = ticket.tasks[step.task % ticket.tasks.length]?.taskId ?? null;
  const may = step.willing ? mayDo(ticket, by, anyTask, sla, now) : [];
  const names = (may.length > 0 ? may : COMMAND_NAMES).flatMap((each) => weigh(each, step));
  const name = names[step.pick % names.length] ?? "tick";
  const command = toCommand(name, step, ticket.tasks, past.events.map(({ key }) => key).slice(-7));
  const context = contextOf(by, now, `k${index}`, {
    eventOf: (key) => past.events.find((event) => event.key === key),
    assigneeFor: (_department, wanted) =>
      step.standIn === "wanted" ? wanted : step.standIn === "deputy" ? "feishu:s2" : null,
  });
  return { before: ticket, command, context, decision: decideTicket(ticket, command, context) };
}

interface Life {
  ticket: Ticket;
  past: Past;
  now: Date;
}

type Routing = Parameters<typeof requestFor>[0];

function live(steps: readonly RandomStep[], routing: Routing, ticketId = "T1"): Life {
  let now = new Date(MONDAY);
  const opened = createTicket(requestFor(routing, { ticketId }), contextOf(people.asker, now, "open"));
  const past: Past = { events: [...opened.events], effects: [...opened.effects] };
  let ticket = freeze(opened.ticket);
  checkTicket(ticket, past);
  steps.forEach((step, index) => {
    now = new Date(now.getTime() + step.jumpMinutes * 60_000);
    const taken = take(ticket, step, now, index, past);
    const { decision, command } = taken;
    checkDecision(taken);
    checkLook(taken);
    if (decision.outcome === "refused") refusedWith.add(decision.refusal.code);
    if (decision.outcome !== "done") return;
    done.set(command.do, (done.get(command.do) ?? 0) + 1);
    past.events.push(...decision.events);
    past.effects.push(...decision.effects);
    ticket = freeze(decision.ticket);
    checkTicket(ticket, past);
    checkViews(ticket, past.events);
  });
  return { ticket, past, now };
}

function checkMerged({ ticket, past }: Life, decision: Decision): void {
  if (decision.outcome !== "done") {
    hold(decision.ticket === ticket, "refused, so it stays");
    return;
  }
  hold(decision.ticket.revision === ticket.revision + 1, "one revision more");
  const events = [...past.events, ...decision.events];
  checkTicket(decision.ticket, { events, effects: [...past.effects, ...decision.effects] });
}

function merge(one: Life, other: Life, who: keyof typeof people): string {
  const now = one.now > other.now ? one.now : other.now;
  const merged = mergeTickets(one.ticket, other.ticket, contextOf(people[who], now, "merge"));
  hold(merged.from.outcome === merged.into.outcome, "both or none");
  checkMerged(one, merged.from);
  checkMerged(other, merged.into);
  if (merged.from.outcome === "done") {
    hold(merged.from.ticket.mergedInto === other.ticket.ticketId, "the one knows where it went");
    hold(merged.into.ticket.mergedFrom.includes(one.ticket.ticketId), "the other knows what it took");
    hold(
      merged.from.effects.some(({ to }) => to.kind === "asker"),
      "the one's asker is told",
    );
  }
  return merged.from.outcome;
}

const routings = fc.constantFrom<Routing[]>(
  { lead: [routed("science")], also: [] },
  { lead: [routed("science", { assignee: "feishu:s1" })], also: [routed("finance", { category: "C05" })] },
  { lead: [routed("desk")], also: [routed("science")] },
);

test("whatever becomes of two tickets, they merge both or not at all", { timeout: 60_000 }, () => {
  const outcomes = new Set<string>();
  const staff = fc.constantFrom("s1", "f1", "admin", "asker", "stranger");
  const property = fc.property(fewSteps, fewSteps, routings, staff, (steps, others, routing, who) => {
    outcomes.add(merge(live(steps, routing), live(others, routing, "T9"), who));
  });
  fc.assert(property, { numRuns: 100 });
  expect([...outcomes].sort()).toEqual(["done", "refused"]);
});

test("whatever people do, in whatever order, at whatever time", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(someSteps, routings, (steps, routing) => void live(steps, routing)),
    { numRuns: 300 },
  );
  // The run has been through everything: no invariant holds because nothing happened.
  expect([...done.keys()].sort()).toEqual([...COMMAND_NAMES].sort());
  const expected = [
    "already-rated",
    "bad-score",
    "claimed-by-other",
    "ended",
    "not-yours",
    "reason-missing",
    "same-place",
    "text-missing",
    "text-too-long",
    "unknown-department",
    "unknown-person",
    "unknown-task",
    "wrong-state",
  ];
  expect([...refusedWith]).toEqual(expect.arrayContaining(expected));
});
