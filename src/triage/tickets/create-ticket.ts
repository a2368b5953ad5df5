import type {
  DecisionContext,
  RoutedDepartment,
  Routing,
  Ticket,
  TicketEffect,
  TicketEvent,
  TicketTask,
} from "../types.ts";
import { createTask } from "./commands/add-task.ts";
import { type Entry, holderOf, type Telling } from "./deciding.ts";
import { finishChange } from "./finish-decision.ts";
import { foldStatus } from "./fold-status.ts";

export type NewTicket = Pick<
  Ticket,
  | "ticketId"
  | "number"
  | "asker"
  | "enterpriseId"
  | "enterprise"
  | "contact"
  | "text"
  | "context"
  | "files"
  | "draft"
  | "classification"
  | "urgency"
> & { routing: Routing; consentAt?: string | null };

/** One for each department: the leading one of the main matter and one for each further matter; the others are named only. */
function departmentsOf({ lead, also }: Routing): RoutedDepartment[][] {
  const byDepartment = new Map<string, RoutedDepartment[]>();
  for (const routed of [...lead.slice(0, 1), ...also]) {
    const { departmentId } = routed;
    byDepartment.set(departmentId, [...(byDepartment.get(departmentId) ?? []), routed]);
  }
  return [...byDepartment.values()];
}

/** The asker's words of these matters; the whole text where they are not told apart. */
function summaryOf(matters: readonly RoutedDepartment[], { classification, text }: NewTicket): string {
  const categories = new Set(matters.map(({ category }) => category));
  const words = classification.parts
    .filter(({ category }) => categories.has(category))
    .map((part) => part.words);
  return words.join("；") || text;
}

function toTask(
  matters: readonly RoutedDepartment[],
  input: NewTicket,
  context: DecisionContext,
): TicketTask[] {
  const [first] = matters;
  if (first === undefined) return [];
  const { departmentId: department, category, reason, ruleId, queue, assignee } = first;
  const summary = summaryOf(matters, input);
  return [
    createTask({ department, category, summary, reason, ruleId, queue, assignee }, input.urgency, context),
  ];
}

function tellOf(task: TicketTask): Telling[] {
  const { taskId, department, reason } = task;
  const what = { notice: "assigned", taskId, by: null, reason } as const;
  const toDepartment: Telling = { to: { kind: "department", department, taskId }, what };
  return task.assignee === null ? [toDepartment] : [toDepartment, { to: holderOf(task), what }];
}

/**
 * A new ticket at revision 1, with its tasks routed and their clocks started. A person whom the table names has it at once,
 * which is a claim and no answer. The routing holds at least one department; spam never gets here.
 */
export function createTicket(
  input: NewTicket,
  context: DecisionContext,
): { ticket: Ticket; events: readonly TicketEvent[]; effects: readonly TicketEffect[] } {
  const { routing, consentAt, ...given } = input;
  const tasks = departmentsOf(routing).flatMap((matters) => toTask(matters, input, context));
  const now = context.now.toISOString();
  const empty: Ticket = {
    ...given,
    revision: 0,
    lastSequence: 0,
    status: foldStatus(tasks, null),
    consentAt: consentAt ?? (input.contact === null && input.enterprise === null ? null : now),
    tasks,
    openedAt: now,
    closedAt: null,
    reopened: 0,
    mergedInto: null,
    mergedFrom: [],
    satisfaction: null,
    satisfactionAskedAt: null,
    faqId: null,
  };
  const entry: Entry = {
    kind: "opened",
    taskId: null,
    text: input.text,
    files: input.files,
    details: { departments: tasks.map(({ department }) => department) },
    tell: tasks.flatMap(tellOf),
  };
  return finishChange(empty, { ticket: empty, entries: [entry] }, context);
}
