import type { ActOutcome, DeskSettings, Ticket, TicketCommand, TicketTask } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { paragraph, toTicketReply } from "./ticket-reply.ts";
import { nameDepartment, nameHolder, nameStatus, shortNumber } from "./ticket-words.ts";

export interface WorkOutcome {
  outcome: ActOutcome;
  command: TicketCommand;
  taskId: string;
  settings: Pick<DeskSettings, "departments" | "sla">;
  notes: readonly ReplyBlock[];
  /** All in a group read it: who has it is named. */
  isOpenlyShown?: boolean;
}

type Names = Readonly<Record<string, string>>;

/** What became of a click, for the one who clicked: done, done already, or why not. A repeat reads like the first time. */
export function writeWorkOutcome(shown: WorkOutcome): Reply {
  const { outcome, command, taskId, settings, notes, isOpenlyShown = false } = shown;
  const names = Object.fromEntries(settings.departments.map(({ id, name }) => [id, name]));
  const { ticket } = outcome;
  const task = ticket.tasks.find((each) => each.taskId === taskId);
  const title = `工单 ${ticket.number}`;
  if (outcome.outcome === "refused") {
    return toTicketReply("ticket-refused", "zh", `${title}：未办理。${outcome.refusal.zh}`, [
      ...notes,
      paragraph(describeNow(ticket, task, names)),
    ]);
  }
  if (outcome.outcome === "unchanged") {
    return toTicketReply("ticket-work", "zh", `${title}：${describeUnchanged(command)}`, [
      ...notes,
      paragraph(describeNow(ticket, task, names)),
    ]);
  }
  const you = isOpenlyShown ? (task?.assigneeName ?? "您") : "您";
  const line =
    command.do === "claim"
      ? `已由${you}认领，提问人会收到通知。${describeDue(task)}`
      : describeDone(command, ticket, task, names, settings.sla.undoMinutes);
  return toTicketReply("ticket-work", "zh", `${title}：${line}`, notes);
}

function describeNow(ticket: Ticket, task: TicketTask | undefined, names: Names): string {
  const holder = task ? `，${nameHolder(task, names)}` : "";
  return `目前状态：${nameStatus(ticket.status, "zh")}${holder}。发送“工单 ${shortNumber(ticket.number)}”可查看最新卡片。`;
}

function describeUnchanged(command: TicketCommand): string {
  switch (command.do) {
    case "claim":
      return "您已认领过，无需重复认领。";
    case "close":
      return "您已办结过，无需重复办结。";
    case "undo-close":
      return "没有可撤销的办结。";
    case "release":
      return "已在待认领中。";
    default:
      return "与现状一致，没有改动。";
  }
}

function describeDone(
  command: TicketCommand,
  ticket: Ticket,
  task: TicketTask | undefined,
  names: Names,
  undoMinutes: number,
): string {
  const short = shortNumber(ticket.number);
  switch (command.do) {
    case "release":
      return "已放回待认领。";
    case "ask":
      return "追问已发给提问人，等待补充期间计时暂停。";
    case "reply":
      return `答复已发给提问人。如已办妥，请发送“办结 ${short}”。`;
    case "close":
      return `已办结，提问人会收到通知。如属误操作，${undoMinutes} 分钟内可发送“撤销办结 ${short}”。`;
    case "undo-close":
      return "办结已撤销，继续办理，提问人会收到通知。";
    case "return":
      return `已退回，由${task ? nameDepartment(task.department, names) : "兜底部门"}重新分派。`;
    case "transfer":
      return `已转派${task ? nameHolder(task, names) : nameDepartment(command.to.department, names)}，原因已一并转达。`;
    case "note":
      return command.mentions && command.mentions.length > 0
        ? "已记入内部备注，并已提醒所提到的同事（企业看不到）。"
        : "已记入内部备注（企业看不到）。";
    case "add-task":
      return `已请${nameDepartment(command.department, names)}协办。`;
    case "reclassify":
      return `紧急程度已调整为“${ticket.urgency}”，时限已相应调整。`;
    default:
      return "已处理。";
  }
}

function describeDue(task: TicketTask | undefined): string {
  const clock = task?.clocks.find(
    ({ kind, metAt, dueAt }) => kind !== "resolution" && metAt === null && dueAt !== null,
  );
  return clock?.dueAt ? `请在 ${describeInstant(clock.dueAt)} 前答复。` : "";
}
