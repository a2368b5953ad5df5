import type { CategoryId, ClockKind, DecisionContext, TicketTask, Urgency } from "../../types.ts";
import { type Handler, isLive, isRefusal, nameOfActor } from "../deciding.ts";
import { readReason, readText } from "../read-text.ts";
import { refuseDepartmentThere, refuseUnknownDepartment } from "../refuse.ts";
import { startClocks } from "../task-clocks.ts";

export interface NewTask {
  department: string;
  category: CategoryId;
  summary: string;
  reason: string;
  ruleId: string | null;
  queue: string | null;
  assignee: string | null;
}

const FIRST_CLOCKS: readonly ClockKind[] = ["first-response", "resolution"];

export function createTask(
  task: NewTask,
  urgency: Urgency,
  context: Pick<DecisionContext, "now" | "departments" | "sla" | "calendar" | "nameOf" | "taskId">,
): TicketTask {
  const now = context.now.toISOString();
  return {
    taskId: context.taskId(),
    department: task.department,
    category: task.category,
    summary: task.summary,
    state: task.assignee === null ? "queued" : "claimed",
    assignee: task.assignee,
    assigneeName: task.assignee === null ? null : context.nameOf(task.assignee),
    queue: task.queue,
    reason: task.reason,
    ruleId: task.ruleId,
    reroutes: [],
    clocks: startClocks(FIRST_CLOCKS, task.department, urgency, context),
    queuedAt: now,
    claimedAt: task.assignee === null ? null : now,
    firstResponseAt: null,
    answeredAt: null,
    closedAt: null,
    closedBy: null,
    outcome: null,
    beforeClose: null,
    unreachableAt: null,
  };
}

/** The asker may read it; why stands in the log and in what the department is told. */
const ADDED = "由承办专员提请协办。";

/** 协办: a further department takes a matter of its own, beside the others. */
export const decideAddTask: Handler<"add-task"> = (ticket, command, context) => {
  const reason = readReason(command.reason);
  if (isRefusal(reason)) return reason;
  const summary = readText(command.summary, ["请协办部门办理的事项", "what the department is asked for"]);
  if (isRefusal(summary)) return summary;
  const { department, category } = command;
  if (!context.departments.has(department)) return refuseUnknownDepartment();
  if (ticket.tasks.some((task) => isLive(task) && task.department === department))
    return refuseDepartmentThere();
  const task = createTask(
    {
      department,
      category,
      summary: summary.text,
      reason: ADDED,
      ruleId: null,
      queue: null,
      assignee: null,
    },
    ticket.urgency,
    context,
  );
  const { taskId } = task;
  const assigned = { notice: "assigned", taskId, by: nameOfActor(context), reason: reason.text } as const;
  return {
    ticket: { ...ticket, tasks: [...ticket.tasks, task] },
    entries: [
      {
        kind: "task-added",
        taskId,
        text: reason.text,
        details: { department, category },
        tell: [
          { to: { kind: "department", department, taskId }, what: assigned },
          { to: { kind: "asker" }, what: { notice: "task-added", taskId, department } },
        ],
      },
    ],
  };
};
