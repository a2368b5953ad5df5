import type { TicketEvent } from "../../../src/triage/index.ts";
import { violated } from "./violation.ts";

/** What the simulation keeps of a task, followed from the log alone. */
export interface KnownTask {
  taskId: string;
  department: string;
  state: string;
  assignee: string | null;
  /** As it stood before it was closed. */
  before: Pick<KnownTask, "state" | "assignee"> | null;
  answeredBy: string | null;
}

interface Seen {
  taskId: string;
  department: string;
  state: string;
  assignee: string | null;
}

const isLive = ({ state }: Pick<KnownTask, "state">) => state !== "closed" && state !== "cancelled";

type Follow = (task: KnownTask, event: TicketEvent, seen: Seen | undefined) => void;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** By the kind of the entry; independent of the rules of triage. */
const OF_TASK: Readonly<Record<string, Follow>> = {
  claimed(task, { by }) {
    if (task.assignee !== null && task.assignee !== by) violated("taken though another has it", { task, by });
    task.assignee = by;
    if (task.state === "queued") task.state = "claimed";
  },
  released: toQueue,
  transferred(task, { details }) {
    const to = text(details["to"]);
    const assignee = text(details["assignee"]) || null;
    if (to !== task.department || assignee === null) toQueue(task);
    task.department = to;
    task.assignee = assignee;
    if (assignee !== null && task.state === "queued") task.state = "claimed";
  },
  returned(task, { details }) {
    task.department = text(details["to"]);
    toQueue(task);
  },
  unreachable(task, { details }) {
    if (details["to"] === undefined) return;
    task.department = text(details["to"]);
    toQueue(task);
  },
  asked(task, { by }) {
    requireHolder(task, by);
    task.state = "asking";
  },
  replied(task, { by }) {
    requireHolder(task, by);
    task.state = "answered";
    task.answeredBy = by;
  },
  closed(task) {
    task.state = "closed";
  },
  "close-undone"(task, { details }) {
    if (task.before === null) violated("a close undone that never was", task);
    task.state = text(details["state"]);
    task.assignee = task.before.assignee;
    if (task.before.state !== task.state) violated("undone into another state", task);
    task.before = null;
  },
  unassigned(task) {
    task.assignee = null;
    if (task.state !== "answered") task.state = "queued";
  },
};

function toQueue(task: KnownTask): void {
  task.state = "queued";
  task.assignee = null;
}

function requireHolder(task: KnownTask, by: string): void {
  if (task.assignee !== by) violated("spoken for a task that another has", { task, by });
}

function followWhole(tasks: KnownTask[], event: TicketEvent, seen: readonly Seen[]): void {
  const live = tasks.filter(isLive);
  switch (event.kind) {
    case "cancelled":
    case "merged":
      for (const task of live) task.state = "cancelled";
      return;
    case "asker-said": {
      const asking = live.filter(({ state }) => state === "asking");
      for (const task of asking.length > 0 ? asking : live)
        task.state = task.assignee === null ? "queued" : "claimed";
      return;
    }
    case "reopened":
      // Who gets it again is looked up in the absences; the log does not say.
      for (const task of tasks.filter(({ state }) => state === "closed")) {
        const now = seen.find(({ taskId }) => taskId === task.taskId);
        Object.assign(task, { assignee: now?.assignee ?? null, before: null });
        task.state = task.assignee === null ? "queued" : "claimed";
      }
      return;
    case "opened":
      tasks.push(
        ...seen.map(({ taskId, department, state, assignee }) => ({
          ...{ taskId, department, state, assignee, before: null, answeredBy: null },
        })),
      );
  }
}

/** The tasks after one change, from what was before and its log entries. `seen`: the tasks as they were written. */
export function replayChange(
  before: readonly KnownTask[],
  events: readonly TicketEvent[],
  seen: readonly Seen[],
): KnownTask[] {
  const tasks = before.map((task) => ({ ...task }));
  const closing = new Set(events.filter(({ kind }) => kind === "closed").map(({ taskId }) => taskId));
  for (const task of tasks) {
    if (closing.has(task.taskId)) task.before = { state: task.state, assignee: task.assignee };
  }
  for (const event of events) {
    if (event.kind === "task-added") {
      const department = text(event.details["department"]);
      const taskId = event.taskId ?? "";
      tasks.push({ taskId, department, state: "queued", assignee: null, before: null, answeredBy: null });
      continue;
    }
    const follow = OF_TASK[event.kind];
    const task = tasks.find(({ taskId }) => taskId === event.taskId);
    if (follow && task)
      follow(
        task,
        event,
        seen.find(({ taskId }) => taskId === task.taskId),
      );
    else followWhole(tasks, event, seen);
  }
  return tasks;
}
