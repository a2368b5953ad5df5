import type {
  DecisionContext,
  Refusal,
  Ticket,
  TicketCommand,
  TicketEffect,
  TicketEventKind,
  TicketFile,
  TicketNotice,
  TicketTask,
} from "../types.ts";
import { LIVE_STATES } from "./allowed-transitions.ts";

export interface Telling {
  to: TicketEffect["to"];
  what: TicketNotice;
}

/** A log entry before it has its number, with what is told because of it. */
export interface Entry {
  kind: TicketEventKind;
  taskId: string | null;
  text?: string | null;
  files?: readonly TicketFile[];
  details?: Readonly<Record<string, unknown>>;
  tell?: readonly Telling[];
}

/** What a command makes of a ticket; status, revision, sequences and keys are added when the decision is finished. */
export type Step = { ticket: Ticket; entries: readonly Entry[] } | Refusal | "unchanged";

export type CommandOf<D extends TicketCommand["do"]> = Extract<TicketCommand, { do: D }>;

export type Handler<D extends TicketCommand["do"]> = (
  ticket: Ticket,
  command: CommandOf<D>,
  context: DecisionContext,
) => Step;

/** The same for a command that names a task, which is there. */
export type TaskHandler<D extends TicketCommand["do"]> = (
  ticket: Ticket,
  task: TicketTask,
  command: CommandOf<D>,
  context: DecisionContext,
) => Step;

export function isRefusal(value: object | string): value is Refusal {
  return typeof value === "object" && "code" in value;
}

export function isLive(task: Pick<TicketTask, "state">): boolean {
  return LIVE_STATES.some((state) => state === task.state);
}

export function isLiveTicket(ticket: Ticket): boolean {
  return ticket.mergedInto === null && ticket.tasks.some(isLive);
}

export function replaceTask(ticket: Ticket, changed: TicketTask): Ticket {
  return {
    ...ticket,
    tasks: ticket.tasks.map((task) => (task.taskId === changed.taskId ? changed : task)),
  };
}

/** Who is told of what happens to a task: its specialist, else the department's queue. */
export function holderOf(task: TicketTask): TicketEffect["to"] {
  return task.assignee === null
    ? { kind: "department", department: task.department, taskId: task.taskId }
    : { kind: "assignee", account: task.assignee };
}

export function nameOfActor({ by, nameOf }: DecisionContext, ticket?: Ticket): string | null {
  const asAsker = ticket?.asker.account === by.account ? (ticket.asker.name ?? null) : null;
  return by.name ?? nameOf(by.account) ?? asAsker;
}

/** The one department that takes what nobody else can take; undefined: none is set. */
export function fallbackOf({ departments }: Pick<DecisionContext, "departments">) {
  return [...departments.values()].find(({ fallback }) => fallback);
}
