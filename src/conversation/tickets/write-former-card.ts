import {
  type Department,
  hideEventContacts,
  hideTicketContacts,
  type Ticket,
  type TicketEvent,
  type TicketTask,
} from "../../triage/index.ts";
import type { ReplyBlock } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { paragraph } from "./ticket-reply.ts";
import { nameDepartment } from "./ticket-words.ts";
import { writeMatter, writeReroutes } from "./write-card-parts.ts";
import { writeLog } from "./write-log.ts";

export interface CardPlace {
  channel: string;
  /** Of a direct chat: the person's own id. */
  chatId: string;
  chatKind: "group" | "direct";
}

type Reroute = TicketTask["reroutes"][number];
type Names = Readonly<Record<string, string>>;

/**
 * The way by which the task left the department whose place this is; undefined: it is still there, or whose place it is
 * cannot be told.
 */
export function findFormerWay(
  { channel, chatId, chatKind }: CardPlace,
  task: Pick<TicketTask, "department" | "assignee" | "reroutes">,
  departments: readonly Department[],
): Reroute | undefined {
  const name = `${channel}:${chatId}`;
  if (task.assignee === name) return undefined;
  const isPlaceOf = ({ group, specialists, leads }: Department) =>
    chatKind === "group"
      ? group === name
      : specialists.some(({ account }) => account === name) || leads.includes(name);
  const here = new Set(departments.filter(isPlaceOf).map(({ id }) => id));
  if (here.has(task.department)) return undefined;
  // What comes to a fallback without people lies with the administrators, who may be anybody.
  const now = departments.find(({ id }) => id === task.department);
  if (chatKind === "direct" && now?.fallback && now.group === null) return undefined;
  return task.reroutes.findLast(({ from }) => here.has(from));
}

/** As it was when it left: no later word, no later state, no button. */
export function writeFormerCard(
  { ticket, events }: { ticket: Ticket; events: readonly TicketEvent[] },
  task: TicketTask,
  left: Reroute,
  names: Names,
): ReplyBlock[] {
  const until = hideEventContacts(events.filter(({ at }) => at <= left.at));
  const seen = hideTicketContacts(ticket);
  const seenTask = seen.tasks.find(({ taskId }) => taskId === task.taskId) ?? task;
  const ways = task.reroutes.slice(0, task.reroutes.indexOf(left) + 1);
  return [
    {
      type: "fields",
      items: [
        { label: "状态", value: `已转派至${nameDepartment(left.to, names)}` },
        { label: "提交时间", value: describeInstant(ticket.openedAt) },
      ],
    },
    ...writeMatter(seen, seenTask),
    ...writeLog(until, names),
    ...writeReroutes({ ...task, reroutes: ways }, names),
    paragraph("本单已不在本部门办理，此后的往来不在本卡片显示。"),
  ];
}
