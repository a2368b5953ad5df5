import type { DecisionContext, ReminderStep, TaskClock, Ticket, TicketTask } from "../../types.ts";
import { autoCloseAt } from "../auto-close.ts";
import { type Entry, type Handler, holderOf, isLive, replaceTask, type Telling } from "../deciding.ts";
import { termsFor } from "../task-clocks.ts";
import { closeTask } from "./close.ts";

export const AUTO_CLOSE_OUTCOME = "企业未再反馈，自动办结";

/** From weak to strong. */
const DESK_STEPS: readonly ReminderStep[] = ["soon", "breached", "lead"];

function placesOf(step: ReminderStep, task: TicketTask): Telling["to"][] {
  const leads = { kind: "leads", department: task.department } as const;
  if (step === "soon") return [holderOf(task)];
  return step === "breached" ? [holderOf(task), leads] : [leads, { kind: "admins" }];
}

/**
 * One message a clock and place: the strongest step speaks for the weaker ones that came due with it (a machine was off), and
 * reaches everybody whom they would have reached. The asker's honest word is a message of its own.
 */
function tellOfSteps(
  task: TicketTask,
  clock: TaskClock,
  due: readonly ReminderStep[],
  dueAt: string,
): Telling[] {
  const { taskId } = task;
  const desk = DESK_STEPS.filter((step) => due.includes(step));
  const strongest = desk.at(-1);
  const places = new Map(
    desk.flatMap((step) => placesOf(step, task)).map((to) => [JSON.stringify(to), to] as const),
  );
  const toDesk = strongest
    ? [...places.values()].map(
        (to): Telling => ({
          to,
          what: { notice: "reminder", taskId, clock: clock.kind, step: strongest, dueAt },
        }),
      )
    : [];
  const late: Telling = { to: { kind: "asker" }, what: { notice: "late", taskId, clock: clock.kind, dueAt } };
  return due.includes("asker") ? [...toDesk, late] : toDesk;
}

function remind(
  task: TicketTask,
  clock: TaskClock,
  ticket: Ticket,
  context: DecisionContext,
): { clock: TaskClock; entry: Entry | null } {
  const { rules, term, hours } = termsFor(context, task.department, ticket.urgency);
  const due = rules.dueSteps(clock, context.now, context.sla, hours, term.aroundTheClock ?? false);
  if (due.length === 0 || clock.dueAt === null) return { clock, entry: null };
  const isOver = due.some((step) => step !== "soon");
  return {
    clock: {
      ...clock,
      reminded: [...clock.reminded, ...due],
      breachedAt: clock.breachedAt ?? (isOver ? clock.dueAt : null),
    },
    entry: {
      kind: due.includes("breached") ? "breached" : "reminded",
      taskId: task.taskId,
      details: { clock: clock.kind, steps: due, dueAt: clock.dueAt },
      tell: tellOfSteps(task, clock, due, clock.dueAt),
    },
  };
}

function remindOf(task: TicketTask, ticket: Ticket, context: DecisionContext) {
  const looked = task.clocks.map((clock) =>
    clock.runningSince === null || clock.metAt !== null
      ? { clock, entry: null }
      : remind(task, clock, ticket, context),
  );
  const entries = looked.flatMap(({ entry }) => (entry === null ? [] : [entry]));
  return { task: { ...task, clocks: looked.map(({ clock }) => clock) }, entries };
}

/** What time alone brings about: reminders, and the end of what was answered and not spoken of again. */
export const decideTick: Handler<"tick"> = (ticket, _command, context) => {
  let changed = ticket;
  const entries: Entry[] = [];
  for (const task of ticket.tasks.filter(isLive)) {
    const closeAt = autoCloseAt(task, context);
    if (closeAt !== null && context.now >= closeAt) {
      const closed = closeTask(changed, task, AUTO_CLOSE_OUTCOME, task, context);
      changed = closed.ticket;
      entries.push({ ...closed.entry, details: { auto: true } });
      continue;
    }
    const reminded = remindOf(task, changed, context);
    if (reminded.entries.length > 0) changed = replaceTask(changed, reminded.task);
    entries.push(...reminded.entries);
  }
  return entries.length === 0 ? "unchanged" : { ticket: changed, entries };
};
