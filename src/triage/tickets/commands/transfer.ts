import type { DecisionContext, Department, Reroute, Ticket, TicketTask } from "../../types.ts";
import {
  fallbackOf,
  holderOf,
  isRefusal,
  nameOfActor,
  replaceTask,
  type Step,
  type TaskHandler,
  type Telling,
} from "../deciding.ts";
import { readReason } from "../read-text.ts";
import {
  refuseNoFallback,
  refuseReturnHere,
  refuseSamePlace,
  refuseUnknownDepartment,
  refuseUnknownPerson,
} from "../refuse.ts";
import { regrantClocks } from "../task-clocks.ts";
import { putBack } from "./claim.ts";

type Kind = Reroute["kind"];
const EVENT_OF = { transfer: "transferred", return: "returned", unreachable: "unreachable" } as const;

const nameIn = ({ specialists }: Department, account: string): string | null =>
  specialists.find((one) => one.account === account)?.name ?? null;

const works = ({ specialists, leads }: Department, account: string): boolean =>
  specialists.some((one) => one.account === account) || leads.includes(account);

/** Who gets it when that person is wished for: absences and deputies counted; null: the queue. Leads stand in for nobody. */
function recipientOf(
  department: Department,
  wanted: string,
  { assigneeFor }: DecisionContext,
): string | null {
  const isSpecialist = department.specialists.some((one) => one.account === wanted);
  return assigneeFor && isSpecialist ? assigneeFor(department.id, wanted) : wanted;
}

function assign(
  task: TicketTask,
  account: string,
  department: Department,
  context: DecisionContext,
): TicketTask {
  return {
    ...task,
    state: task.state === "queued" ? "claimed" : task.state,
    assignee: account,
    assigneeName: nameIn(department, account) ?? context.nameOf(account),
    claimedAt: context.now.toISOString(),
    unreachableAt: null,
  };
}

/** Into another department's queue, with that department's time; the way is written down for the routing table. */
function reroute(
  task: TicketTask,
  ticket: Ticket,
  to: Department,
  { kind, reason }: { kind: Exclude<Kind, "settings">; reason: string },
  context: DecisionContext,
): TicketTask {
  const at = context.now.toISOString();
  const way: Reroute = { from: task.department, to: to.id, at, by: context.by.account, reason, kind };
  const moved: TicketTask = {
    ...task,
    department: to.id,
    queue: null,
    unreachableAt: null,
    reroutes: [...task.reroutes, way],
  };
  // Resumed first: time that stood stays free under the new terms.
  const queued = {
    ...putBack({ ...moved, department: task.department }, ticket, context),
    department: to.id,
  };
  return regrantClocks(queued, task.department, ticket.urgency, context);
}

function tellOfMove(
  before: TicketTask,
  after: TicketTask,
  reason: string,
  context: DecisionContext,
): Telling[] {
  const { taskId, department } = after;
  const by = context.by.role === "system" ? null : nameOfActor(context);
  const assigned = { notice: "assigned", taskId, by, reason } as const;
  const transferred = { notice: "transferred", taskId, department } as const;
  const isNew = before.department !== after.department;
  const toQueue = { kind: "department", department, taskId } as const;
  return [
    ...(isNew
      ? [
          { to: { kind: "asker" } as const, what: transferred },
          { to: toQueue, what: assigned },
        ]
      : []),
    ...(after.assignee !== null ? [{ to: holderOf(after), what: assigned }] : []),
    ...(!isNew && after.assignee === null ? [{ to: toQueue, what: assigned }] : []),
    ...(before.assignee !== null && before.assignee !== after.assignee
      ? [{ to: holderOf(before), what: transferred }]
      : []),
  ];
}

export const decideTransfer: TaskHandler<"transfer"> = (ticket, task, { to, reason }, context) => {
  const read = readReason(reason);
  if (isRefusal(read)) return read;
  const department = context.departments.get(to.department);
  if (department === undefined) return refuseUnknownDepartment();
  if (to.assignee !== undefined && !works(department, to.assignee)) return refuseUnknownPerson();
  const recipient = to.assignee === undefined ? null : recipientOf(department, to.assignee, context);
  const isThere = department.id === task.department;
  if (isThere && (to.assignee === undefined || recipient === task.assignee)) return refuseSamePlace();
  const moved = moveTo(ticket, task, department, recipient, read.text, context);
  return {
    ticket: replaceTask(ticket, moved),
    entries: [
      {
        kind: "transferred",
        taskId: task.taskId,
        text: read.text,
        details: { from: task.department, to: department.id, assignee: moved.assignee },
        tell: [...tellOfMove(task, moved, read.text, context), ...tellAskerOfColleague(task, moved)],
      },
    ],
  };
};

function moveTo(
  ticket: Ticket,
  task: TicketTask,
  department: Department,
  recipient: string | null,
  reason: string,
  context: DecisionContext,
): TicketTask {
  const isNew = department.id !== task.department;
  const there = isNew ? reroute(task, ticket, department, { kind: "transfer", reason }, context) : task;
  if (recipient !== null) return assign(there, recipient, department, context);
  return isNew ? there : putBack(there, ticket, context);
}

/** Within the department nothing changes for the asker but the name. */
function tellAskerOfColleague(before: TicketTask, after: TicketTask): Telling[] {
  if (before.department !== after.department || after.assignee === null) return [];
  const what = { notice: "claimed", taskId: after.taskId, name: after.assigneeName } as const;
  return [{ to: { kind: "asker" }, what }];
}

function toFallback(
  ticket: Ticket,
  task: TicketTask,
  fallback: Department,
  kind: "return" | "unreachable",
  reason: string,
  context: DecisionContext,
): {
  ticket: Ticket;
  entry: { kind: "returned" | "unreachable"; taskId: string; text: string; tell: Telling[] };
} {
  const moved = reroute(task, ticket, fallback, { kind, reason }, context);
  const tell = tellOfMove(task, moved, reason, context);
  const entry = { kind: EVENT_OF[kind], taskId: task.taskId, text: reason, tell };
  return { ticket: replaceTask(ticket, moved), entry };
}

export const decideReturn: TaskHandler<"return"> = (ticket, task, { reason }, context) => {
  const read = readReason(reason);
  if (isRefusal(read)) return read;
  const fallback = fallbackOf(context);
  if (fallback === undefined) return refuseNoFallback();
  if (fallback.id === task.department) return refuseReturnHere();
  const moved = toFallback(ticket, task, fallback, "return", read.text, context);
  const details = { from: task.department, to: fallback.id };
  return { ticket: moved.ticket, entries: [{ ...moved.entry, details }] };
};

/** What becomes of the tasks of one ticket in this time is one piece of news. */
const SAME_NEWS_MS = 10 * 60 * 1000;

function isNewsOf(at: string | null, { now }: DecisionContext): boolean {
  return at !== null && now.getTime() - Date.parse(at) < SAME_NEWS_MS;
}

/**
 * Nobody of the department can be told. Where that is the fallback itself, it stays and the admins are told, once; they are
 * told once of a ticket with several such tasks.
 */
export const decideUnreachable: TaskHandler<"unreachable"> = (ticket, task, command, context): Step => {
  const { why, isKnown = false } = command;
  const fallback = fallbackOf(context);
  const { taskId, department } = task;
  const alarm: Telling = {
    to: { kind: "admins" },
    what: { notice: "nobody-there", taskId, department, why },
  };
  const others = ticket.tasks.filter((each) => each.taskId !== taskId);
  if (fallback === undefined || fallback.id === department) {
    const isTold = others.some(
      (each) => each.department === department && isNewsOf(each.unreachableAt, context),
    );
    const marked = { ...task, unreachableAt: context.now.toISOString() };
    const entry = {
      kind: "unreachable",
      taskId,
      text: why,
      details: { at: department },
      tell: isTold ? [] : [alarm],
    } as const;
    return { ticket: replaceTask(ticket, marked), entries: [entry] };
  }
  const moved = toFallback(ticket, task, fallback, "unreachable", why, context);
  const details = { from: department, to: fallback.id };
  const isTold = others.some(({ reroutes }) =>
    reroutes.some(({ kind, at }) => kind === "unreachable" && isNewsOf(at, context)),
  );
  const tell = [
    ...moved.entry.tell.filter(({ to }) => !isKnown || to.kind !== "asker"),
    ...(isTold ? [] : [alarm]),
  ];
  return { ticket: moved.ticket, entries: [{ ...moved.entry, details, tell }] };
};
