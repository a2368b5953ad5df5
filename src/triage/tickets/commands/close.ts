import type { DecisionContext, Ticket, TicketTask } from "../../types.ts";
import {
  type Entry,
  holderOf,
  isLive,
  isRefusal,
  replaceTask,
  type TaskHandler,
  type Telling,
} from "../deciding.ts";
import { readText } from "../read-text.ts";
import { meetAll, meetResponses } from "../task-clocks.ts";
import { takeTask } from "./claim.ts";

/** Of a task closed in this very step. Satisfaction is asked with the last one, once in the ticket's life. */
export function closeTask(
  ticket: Ticket,
  task: TicketTask,
  outcome: string | null,
  before: TicketTask,
  context: DecisionContext,
): { ticket: Ticket; entry: Entry } {
  const { state, assignee, assigneeName, claimedAt, firstResponseAt, clocks } = before;
  const closed: TicketTask = {
    ...meetAll(task, ticket.urgency, context),
    state: "closed",
    closedAt: context.now.toISOString(),
    closedBy: context.by.account,
    outcome,
    beforeClose: { state, assignee, assigneeName, claimedAt, firstResponseAt, clocks },
  };
  const changed = replaceTask(ticket, closed);
  const askSatisfaction =
    !changed.tasks.some(isLive) && ticket.satisfactionAskedAt === null && ticket.satisfaction === null;
  const { taskId } = task;
  const tell: Telling[] = [
    { to: { kind: "asker" }, what: { notice: "closed", taskId, outcome, askSatisfaction } },
    // Closed by a lead or by itself: the one who had it hears of it, and is asked nothing.
    ...(task.assignee === null
      ? []
      : [
          {
            to: holderOf(task),
            what: { notice: "closed", taskId, outcome, askSatisfaction: false },
          } as const,
        ]),
  ];
  return {
    ticket: askSatisfaction ? { ...changed, satisfactionAskedAt: context.now.toISOString() } : changed,
    entry: { kind: "closed", taskId, text: outcome, tell },
  };
}

/** After an answer that nobody came back to, the outcome may be left out; otherwise it is the word to the asker. */
function readOutcome(
  task: TicketTask,
  outcome: string | undefined,
): ReturnType<typeof readText> | { text: null } {
  if (task.state === "answered" && (outcome ?? "").trim() === "") return { text: null };
  return readText(outcome ?? "", ["办理结果", "the outcome"]);
}

export const decideClose: TaskHandler<"close"> = (ticket, task, command, context) => {
  const outcome = readOutcome(task, command.outcome);
  if (isRefusal(outcome)) return outcome;
  // Out of the queue by a member: theirs from here on. Over a colleague's head by a lead: it stays the colleague's.
  const taken = task.assignee === null ? takeTask(ticket, task, context) : { task, entries: [] };
  const said = meetResponses(taken.task, ticket.urgency, context);
  const closed = closeTask(ticket, said, outcome.text, task, context);
  return { ticket: closed.ticket, entries: [...taken.entries, closed.entry] };
};

/** As if it had not been closed: clocks that ran have run on, for the asker has waited all the time. */
export const decideUndoClose: TaskHandler<"undo-close"> = (ticket, task) => {
  if (task.beforeClose === null) return "unchanged";
  const { taskId } = task;
  const opened: TicketTask = {
    ...task,
    ...task.beforeClose,
    closedAt: null,
    closedBy: null,
    outcome: null,
    beforeClose: null,
  };
  const what = { notice: "close-undone", taskId } as const;
  return {
    ticket: replaceTask(ticket, opened),
    entries: [
      {
        kind: "close-undone",
        taskId,
        details: { state: opened.state, closedBy: task.closedBy },
        tell: [
          { to: { kind: "asker" }, what },
          { to: holderOf(opened), what },
        ],
      },
    ],
  };
};
