import type { Ticket } from "../types.ts";
import { isMisrouted } from "./count-period.ts";
import type { FigurePeriod } from "./figure-types.ts";
import { createSpan } from "./periods.ts";

export interface TaskCount {
  add(ticket: Ticket): void;
  /** Tasks of tickets opened in the period, by the department that has them. */
  taken(department: string): number;
  closed(department: string): number;
  closedBy(account: string): number;
  away(department: string): number;
  here(department: string): number;
  departments(): Iterable<string>;
  /** With the name that tasks carry. */
  people: ReadonlyMap<string, string>;
}

function createCounter() {
  const counts = new Map<string, number>();
  return {
    counts,
    add: (key: string) => void counts.set(key, (counts.get(key) ?? 0) + 1),
    of: (key: string) => counts.get(key) ?? 0,
  };
}

/** Tasks, by department and person. */
export function countTasks(period: FigurePeriod): TaskCount {
  const span = createSpan(period);
  const [taken, closed, closedBy] = [createCounter(), createCounter(), createCounter()];
  const [away, here] = [createCounter(), createCounter()];
  const people = new Map<string, string>();
  return {
    people,
    taken: taken.of,
    closed: closed.of,
    closedBy: closedBy.of,
    away: away.of,
    here: here.of,
    departments: () => new Set([taken, closed, away, here].flatMap(({ counts }) => [...counts.keys()])),
    add(ticket) {
      const isNew = span.has(ticket.openedAt);
      for (const task of ticket.tasks) {
        if (task.assignee !== null && task.assigneeName !== null)
          people.set(task.assignee, task.assigneeName);
        if (isNew) taken.add(task.department);
        if (task.state === "closed" && span.has(task.closedAt)) {
          closed.add(task.department);
          const by = task.assignee ?? task.closedBy;
          if (by !== null) closedBy.add(by);
        }
        for (const reroute of task.reroutes) {
          if (!isMisrouted(reroute) || !span.has(reroute.at)) continue;
          away.add(reroute.from);
          here.add(reroute.to);
        }
      }
    },
  };
}
