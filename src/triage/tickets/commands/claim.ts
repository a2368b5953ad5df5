import type { DecisionContext, Ticket, TicketTask } from "../../types.ts";
import { type Entry, holderOf, isRefusal, nameOfActor, replaceTask, type TaskHandler } from "../deciding.ts";
import { readOptionalReason } from "../read-text.ts";
import { resumeClocks } from "../task-clocks.ts";

/** Whoever speaks for a task that nobody has takes it by that; unchanged when it is theirs. */
export function takeTask(
  ticket: Ticket,
  task: TicketTask,
  context: DecisionContext,
): { task: TicketTask; entries: Entry[] } {
  if (task.assignee === context.by.account) return { task, entries: [] };
  const name = nameOfActor(context, ticket);
  const taken: TicketTask = {
    ...task,
    state: task.state === "queued" ? "claimed" : task.state,
    assignee: context.by.account,
    assigneeName: name,
    claimedAt: context.now.toISOString(),
    unreachableAt: null,
  };
  return { task: taken, entries: [{ kind: "claimed", taskId: task.taskId }] };
}

/** Meets no clock: that somebody has it is no word on the matter. */
export const decideClaim: TaskHandler<"claim"> = (ticket, task, _command, context) => {
  const taken = takeTask(ticket, task, context);
  const what = { notice: "claimed", taskId: task.taskId, name: taken.task.assigneeName } as const;
  const entries = taken.entries.map(
    (entry) => ({ ...entry, tell: [{ to: { kind: "asker" }, what }] }) as const,
  );
  return { ticket: replaceTask(ticket, taken.task), entries };
};

/** Without a specialist, in the department's queue; the clocks run again. */
export function putBack(task: TicketTask, ticket: Ticket, context: DecisionContext): TicketTask {
  const queued: TicketTask = {
    ...task,
    state: "queued",
    assignee: null,
    assigneeName: null,
    claimedAt: null,
    queuedAt: context.now.toISOString(),
  };
  return resumeClocks(queued, ticket.urgency, context);
}

export const decideRelease: TaskHandler<"release"> = (ticket, task, command, context) => {
  const reason = readOptionalReason(command.reason);
  if (isRefusal(reason)) return reason;
  const queued = putBack(task, ticket, context);
  const what = {
    notice: "assigned",
    taskId: task.taskId,
    by: nameOfActor(context),
    reason: reason.text,
  } as const;
  const tell = [
    { to: holderOf(queued), what },
    // Taken away by a lead: the one who had it hears of it.
    { to: holderOf(task), what: { notice: "transferred", taskId: task.taskId, department: task.department } },
  ] as const;
  return {
    ticket: replaceTask(ticket, queued),
    entries: [{ kind: "released", taskId: task.taskId, text: reason.text, tell }],
  };
};

/** Its specialist is gone. An answer stays one: only its holder is missing, until the asker comes back. */
export const decideUnassign: TaskHandler<"unassign"> = (ticket, task, { why }, context) => {
  const left: TicketTask =
    task.state === "answered"
      ? { ...task, assignee: null, assigneeName: null }
      : putBack(task, ticket, context);
  const what = { notice: "assigned", taskId: task.taskId, by: null, reason: why } as const;
  return {
    ticket: replaceTask(ticket, left),
    entries: [
      {
        kind: "unassigned",
        taskId: task.taskId,
        text: why,
        details: { from: task.assignee },
        tell: [{ to: holderOf(left), what }],
      },
    ],
  };
};
