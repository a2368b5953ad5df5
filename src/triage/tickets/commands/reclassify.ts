import type { DecisionContext, Ticket, TicketTask, Urgency } from "../../types.ts";
import { type Handler, isLive, isRefusal } from "../deciding.ts";
import { readReason } from "../read-text.ts";
import { regrantClocks } from "../task-clocks.ts";

/** Should its close be undone, it goes on under the terms of that time. */
function regrantForUndoing(task: TicketTask, urgency: Urgency, context: DecisionContext): TicketTask {
  if (task.beforeClose === null) return task;
  const asBefore = { ...task, clocks: task.beforeClose.clocks };
  const { clocks } = regrantClocks(asBefore, task.department, urgency, context);
  return { ...task, beforeClose: { ...task.beforeClose, clocks } };
}

/** A person knows better. The main matter's task takes the new category; live tasks get the time of the new urgency. */
export const decideReclassify: Handler<"reclassify"> = (ticket, { category, urgency, reason }, context) => {
  if (ticket.classification.category === category && ticket.urgency === urgency) return "unchanged";
  const read = readReason(reason);
  if (isRefusal(read)) return read;
  const before = ticket.classification;
  const categoryName =
    category === before.category ? before.categoryName : (context.categoryNameOf?.(category) ?? category);
  const classification: Ticket["classification"] = {
    ...before,
    category,
    categoryName,
    urgency,
    also: before.also.filter((other) => other !== category),
    // The asker may read this; why stands in the log.
    reason: "由专员人工调整。",
  };
  const tasks = ticket.tasks.map((task): TicketTask => {
    if (!isLive(task)) return regrantForUndoing(task, urgency, context);
    const renamed = task.category === before.category ? { ...task, category } : task;
    return ticket.urgency === urgency
      ? renamed
      : regrantClocks(renamed, renamed.department, urgency, context);
  });
  const details = {
    from: { category: before.category, urgency: ticket.urgency },
    to: { category, urgency },
  };
  return {
    ticket: { ...ticket, classification, urgency, tasks },
    entries: [{ kind: "reclassified", taskId: null, text: read.text, details }],
  };
};
