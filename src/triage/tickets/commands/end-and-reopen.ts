import type { DecisionContext, Ticket, TicketTask } from "../../types.ts";
import { fallbackOf, type Handler, holderOf, isLive, isRefusal } from "../deciding.ts";
import { MAX_TEXT, readOptionalReason } from "../read-text.ts";
import { refuseScore, refuseTooLong } from "../refuse.ts";
import { pauseClocks, startClocks } from "../task-clocks.ts";

/** Ended without an outcome: the clocks stop where they are, met by nobody. */
export function cancelTask(task: TicketTask, ticket: Ticket, context: DecisionContext): TicketTask {
  if (!isLive(task)) return task;
  return { ...pauseClocks(task, ticket.urgency, context), state: "cancelled" };
}

export const decideCancel: Handler<"cancel"> = (ticket, command, context) => {
  const reason = readOptionalReason(command.reason);
  if (isRefusal(reason)) return reason;
  const what = { notice: "cancelled", reason: reason.text } as const;
  return {
    ticket: { ...ticket, tasks: ticket.tasks.map((task) => cancelTask(task, ticket, context)) },
    entries: [
      {
        kind: "cancelled",
        taskId: null,
        text: reason.text,
        tell: ticket.tasks.filter(isLive).map((task) => ({ to: holderOf(task), what })),
      },
    ],
  };
};

/** To whoever had it, if they may be given it now; else into the queue. Always with new clocks. */
function reopenTask(task: TicketTask, ticket: Ticket, context: DecisionContext): TicketTask {
  if (task.state !== "closed") return task;
  const now = context.now.toISOString();
  // A department that was taken out of the settings meanwhile.
  const gone = context.departments.get(task.department) === undefined ? fallbackOf(context) : undefined;
  const department = gone?.id ?? task.department;
  const wanted = gone === undefined ? task.assignee : null;
  const assignee = wanted === null ? null : (context.assigneeFor?.(department, wanted) ?? null);
  const kept = assignee === task.assignee ? task.assigneeName : null;
  const response = task.firstResponseAt === null ? "first-response" : "next-response";
  return {
    ...task,
    department,
    state: assignee === null ? "queued" : "claimed",
    assignee,
    assigneeName: assignee === null ? null : (context.nameOf(assignee) ?? kept),
    queuedAt: now,
    claimedAt: assignee === null ? null : now,
    clocks: [...task.clocks, ...startClocks([response, "resolution"], department, ticket.urgency, context)],
    closedAt: null,
    closedBy: null,
    outcome: null,
    beforeClose: null,
    unreachableAt: null,
    reroutes:
      gone === undefined ? task.reroutes : [...task.reroutes, wayToFallback(task, department, context)],
  };
}

const wayToFallback = (task: TicketTask, to: string, { now, by }: DecisionContext) =>
  ({
    from: task.department,
    to,
    at: now.toISOString(),
    by: by.account,
    reason: "原承办部门已不在分派表中",
    kind: "settings",
  }) as const;

export const decideReopen: Handler<"reopen"> = (ticket, command, context) => {
  const reason = readOptionalReason(command.reason);
  if (isRefusal(reason)) return reason;
  const tasks = ticket.tasks.map((task) => reopenTask(task, ticket, context));
  const what = { notice: "reopened" } as const;
  return {
    ticket: { ...ticket, tasks, reopened: ticket.reopened + 1 },
    entries: [
      {
        kind: "reopened",
        taskId: null,
        text: reason.text,
        tell: tasks.filter(isLive).map((task) => ({ to: holderOf(task), what })),
      },
    ],
  };
};

type Score = 1 | 2 | 3 | 4 | 5;
const SCORES: readonly Score[] = [1, 2, 3, 4, 5];

export const decideRate: Handler<"rate"> = (ticket, command, { now }) => {
  const score = SCORES.find((each) => each === command.score);
  if (score === undefined) return refuseScore();
  const comment = (command.comment ?? "").trim() || null;
  const { length } = [...(comment ?? "")];
  if (length > MAX_TEXT) return refuseTooLong("评价", "comment", length, MAX_TEXT);
  return {
    ticket: { ...ticket, satisfaction: { score, comment, at: now.toISOString() } },
    entries: [{ kind: "rated", taskId: null, text: comment, details: { score } }],
  };
};
