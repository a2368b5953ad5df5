import type { DecisionContext, Ticket, TicketFile, TicketTask } from "../../types.ts";
import { isRefusal, nameOfActor, replaceTask, type Step, type TaskHandler } from "../deciding.ts";
import { readText } from "../read-text.ts";
import { meetResponses, pauseClocks } from "../task-clocks.ts";
import { takeTask } from "./claim.ts";

interface Speaking {
  state: "asking" | "answered";
  kind: "asked" | "replied";
  notice: "question" | "answer";
}

/**
 * A person's word to the asker. It meets the response clocks and lets the resolution clock stand: from here on the asker has
 * the word. Only a close meets the resolution clock.
 */
function speak(
  ticket: Ticket,
  task: TicketTask,
  { text, files }: { text: string; files: readonly TicketFile[] },
  { state, kind, notice }: Speaking,
  context: DecisionContext,
): Step {
  const taken = takeTask(ticket, task, context);
  const now = context.now.toISOString();
  const said: TicketTask = {
    ...pauseClocks(meetResponses(taken.task, ticket.urgency, context), ticket.urgency, context),
    state,
    ...(state === "answered" && { answeredAt: now }),
  };
  const what = { notice, taskId: task.taskId, name: nameOfActor(context), text, files };
  return {
    ticket: replaceTask(ticket, said),
    entries: [
      ...taken.entries,
      { kind, taskId: task.taskId, text, files, tell: [{ to: { kind: "asker" }, what }] },
    ],
  };
}

export const decideAsk: TaskHandler<"ask"> = (ticket, task, { text, files = [] }, context) => {
  const read = readText(text, ["要请企业补充的内容", "what the asker should add"], files);
  if (isRefusal(read)) return read;
  const speaking = { state: "asking", kind: "asked", notice: "question" } as const;
  return speak(ticket, task, { text: read.text, files }, speaking, context);
};

export const decideReply: TaskHandler<"reply"> = (ticket, task, { text, files = [] }, context) => {
  const read = readText(text, ["回复内容", "the answer"], files);
  if (isRefusal(read)) return read;
  const speaking = { state: "answered", kind: "replied", notice: "answer" } as const;
  return speak(ticket, task, { text: read.text, files }, speaking, context);
};
