import type { DecisionContext, Ticket, TicketTask } from "../../types.ts";
import { type Handler, holderOf, isLive, isRefusal } from "../deciding.ts";
import { readText } from "../read-text.ts";
import { awaitResponse, resumeClocks } from "../task-clocks.ts";

/** The word is with the department again; without a specialist it waits in the queue. */
function takeUp(task: TicketTask, ticket: Ticket, context: DecisionContext): TicketTask {
  const isHeld = task.assignee !== null;
  const waits: TicketTask = {
    ...task,
    state: isHeld ? "claimed" : "queued",
    queuedAt: isHeld ? task.queuedAt : context.now.toISOString(),
  };
  return awaitResponse(resumeClocks(waits, ticket.urgency, context), ticket.urgency, context);
}

/**
 * What the asker says is the answer to those who asked, when somebody did; the others read it in the log. Otherwise everybody
 * who works on the ticket hears it, and what was answered is taken up again.
 */
export const decideAskerSay: Handler<"asker-say"> = (ticket, { text, files = [] }, context) => {
  const read = readText(text, ["补充内容", "your message"], files);
  if (isRefusal(read)) return read;
  const live = ticket.tasks.filter(isLive);
  const asking = live.filter(({ state }) => state === "asking");
  const addressed = asking.length > 0 ? asking : live;
  const takenUp = new Map(addressed.map((task) => [task.taskId, takeUp(task, ticket, context)]));
  const tasks = ticket.tasks.map((task) => takenUp.get(task.taskId) ?? task);
  const only = addressed.length === 1 ? addressed[0] : undefined;
  return {
    ticket: { ...ticket, tasks },
    entries: [
      {
        kind: "asker-said",
        taskId: only?.taskId ?? null,
        text: read.text,
        files,
        tell: [...takenUp.values()].map((task) => ({
          to: holderOf(task),
          what: { notice: "asker-said", taskId: task.taskId, text: read.text, files } as const,
        })),
      },
    ],
  };
};
