import type { TaskState, TicketStatus, TicketTask } from "../types.ts";

/** Of the live tasks the first that is found decides: work under way outweighs a question, a question outweighs the queue. */
const ORDER: readonly (readonly [TaskState, TicketStatus])[] = [
  ["claimed", "处理中"],
  ["asking", "待企业补充"],
  ["queued", "待认领"],
  ["answered", "已回复"],
  ["closed", "已办结"],
];

/**
 * One status of several tasks. Merged outweighs everything; then claimed, asking, queued; answered when all that still lives is
 * answered; closed when all ended and at least one was closed; withdrawn when all were cancelled.
 */
export function foldStatus(
  tasks: readonly Pick<TicketTask, "state">[],
  mergedInto: string | null,
): TicketStatus {
  if (mergedInto !== null) return "已合并";
  const found = ORDER.find(([state]) => tasks.some((task) => task.state === state));
  return found ? found[1] : "已撤回";
}
