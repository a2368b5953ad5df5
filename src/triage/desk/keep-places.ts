import { toAppError } from "../../shared/index.ts";
import type { TaskRecord } from "../../storage/index.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import { loadTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import { findPlaces } from "./find-places.ts";
import { moveOn } from "./move-on.ts";
import { isPlaceOf, placeCards } from "./place-cards.ts";

/** Where nobody could be reached it is tried again so often. */
const RETRY_MINUTES = 10;
const MINUTE_MS = 60_000;

/**
 * Every open task has a card where those who work on it see it, whatever became of the message that should have put it
 * there: a group that was lost and is there again, other people or another group in the settings. Returns how many cards.
 */
export function createPlaceKeeper(options: TicketDeskOptions, act: ActOnTicket): () => Promise<number> {
  const { store, settings, listAdmins, logger } = options;
  return async () => {
    const tasks = await store.openTasks();
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
        placed += await keep(task, options, act);
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

async function keep(record: TaskRecord, options: TicketDeskOptions, act: ActOnTicket): Promise<number> {
  const ticket = await loadTicket(options, record.ticketId);
  const task = ticket.tasks.find(({ taskId }) => taskId === record.taskId);
  if (!task || task.department !== record.department) return 0;
  if (task.unreachableAt !== null) {
    const minutes = Math.floor((options.clock().getTime() - Date.parse(task.unreachableAt)) / MINUTE_MS);
    if (minutes % RETRY_MINUTES !== 0) return 0;
  }
  const department = options.settings().departments.find(({ id }) => id === task.department);
  const places = await findPlaces(department, task, options);
  if (places.length > 0) {
    return placeCards({ ticketId: ticket.ticketId, taskId: task.taskId }, places, options);
  }
  if (task.unreachableAt === null) await moveOn(ticket, task, department, options, act);
  return 0;
}
