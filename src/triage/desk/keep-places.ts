import { toAppError } from "../../shared/index.ts";
import type { TaskRecord } from "../../storage/index.ts";
import type { TicketTask } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { loadTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import { findPlaces } from "./find-places.ts";
import { moveOn } from "./move-on.ts";
import { isPlaceOf, placeCards } from "./place-cards.ts";

/** Where nobody could be reached it is tried again so often. */
const RETRY_MS = 600_000;

/**
 * Every open task has a card where those who work on it see it, whatever became of the message that should have put it
 * there: a group that was lost and is there again, other people or another group in the settings. Returns how many cards.
 */
export function createPlaceKeeper(options: TicketDeskOptions, act: ActOnTicket): () => Promise<number> {
  const { store, settings, listAdmins, logger } = options;
  /** When it was last tried for a task that nobody could be told of. */
  const tried = new Map<string, number>();
  const isTimeFor = ({ taskId, unreachableAt }: TicketTask): boolean => {
    const now = options.clock().getTime();
    const before = tried.get(taskId) ?? (unreachableAt === null ? null : Date.parse(unreachableAt));
    if (before !== null && Math.abs(now - before) < RETRY_MS) return false;
    tried.set(taskId, now);
    return true;
  };
  return async () => {
    const tasks = await store.openTasks();
    const open = new Set(tasks.map(({ taskId }) => taskId));
    for (const taskId of tried.keys()) if (!open.has(taskId)) tried.delete(taskId);
    if (tasks.length === 0) return 0;
    const byTask = Map.groupBy(await store.liveCardsOfOpenTasks(), ({ taskId }) => taskId);
    const departments = new Map(settings().departments.map((each) => [each.id, each]));
    const admins = await listAdmins();
    let placed = 0;
    for (const task of tasks) {
      const department = departments.get(task.department);
      const isSeen = (byTask.get(task.taskId) ?? []).some((card) =>
        isPlaceOf(card, department, task.assignee, admins),
      );
      if (isSeen) continue;
      try {
        placed += await keep(task, isTimeFor, options, act);
      } catch (thrown) {
        const error = toAppError(thrown);
        logger.error(
          { taskId: task.taskId, errorId: error.id, error: error.message },
          "a task without a place",
        );
      }
    }
    return placed;
  };
}

async function keep(
  record: TaskRecord,
  isTimeFor: (task: TicketTask) => boolean,
  options: TicketDeskOptions,
  act: ActOnTicket,
): Promise<number> {
  const ticket = await loadTicket(options, record.ticketId);
  const task = ticket.tasks.find(({ taskId }) => taskId === record.taskId);
  if (!task || task.department !== record.department) return 0;
  if (task.unreachableAt !== null && !isTimeFor(task)) return 0;
  const department = options.settings().departments.find(({ id }) => id === task.department);
  const places = await findPlaces(department, task, options);
  if (places.length > 0) {
    return placeCards({ ticketId: ticket.ticketId, taskId: task.taskId }, places, options);
  }
  if (task.unreachableAt === null) await moveOn(ticket, task, department, options, act);
  return 0;
}
