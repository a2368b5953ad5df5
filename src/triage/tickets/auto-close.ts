import { fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import type { DecisionContext, TicketTask } from "../types.ts";

const DAY_MS = 86_400_000;
/** Longer without a working day there is none: a wrong setting then closes nothing. */
const MAX_DAYS = 1000;

/** The same time of day, so many working days after the answer. Null: not answered, or days are not set. */
export function autoCloseAt(
  task: Pick<TicketTask, "state" | "answeredAt">,
  { sla, calendar }: Pick<DecisionContext, "sla" | "calendar">,
): Date | null {
  if (task.state !== "answered" || task.answeredAt === null || sla.autoCloseDays <= 0) return null;
  const answeredAt = new Date(task.answeredAt);
  const firstDay = fromShanghaiDay(toShanghaiDay(answeredAt)).getTime();
  let left = sla.autoCloseDays;
  for (let days = 1; days <= MAX_DAYS; days += 1) {
    if (calendar.isWorkday(toShanghaiDay(new Date(firstDay + days * DAY_MS)))) left -= 1;
    if (left <= 0) return new Date(answeredAt.getTime() + days * DAY_MS);
  }
  return null;
}
