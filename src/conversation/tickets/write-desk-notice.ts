import {
  contactOf,
  hideContacts,
  hideTicketContacts,
  type Ticket,
  type TicketNotice,
  type TicketTask,
} from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { CLOCK_NAMES } from "./describe-clock.ts";
import { describeInstant } from "./describe-time.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { cut, nameDepartment, nameHolder, shortNumber } from "./ticket-words.ts";
import { toFileBlocks } from "./write-asker-notice.ts";

type Names = Readonly<Record<string, string>>;

export interface DeskNotice {
  what: TicketNotice;
  ticket: Ticket;
  names: Names;
  /** Account of the one who reads it; null: a group. */
  reader: string | null;
  fileUrl?(fileId: string): string | undefined;
}

/** What those who work on a ticket are told. */
export function writeDeskNotice(notice: DeskNotice): Reply {
  const { what, ticket, names } = notice;
  const taskId = "taskId" in what ? what.taskId : null;
  const task = ticket.tasks.find((each) => each.taskId === taskId) ?? ticket.tasks[0];
  const line = describe(notice, task, names);
  const headline = `工单 ${ticket.number}（${ticket.classification.categoryName}·${ticket.urgency}）：${line}`;
  return toTicketReply(KINDS[what.notice] ?? "ticket-desk", "zh", headline, [
    ...writeDetails(notice, task),
    { type: "actions", actions: writeActions(ticket, what, task) },
  ]);
}

const KINDS: Readonly<Partial<Record<TicketNotice["notice"], string>>> = {
  reminder: "ticket-reminder",
  "nobody-there": "ticket-reminder",
};

function describe({ what, ticket }: DeskNotice, task: TicketTask | undefined, names: Names): string {
  const holder = task ? nameHolder(task, names) : "承办部门";
  switch (what.notice) {
    case "assigned":
      return task?.assignee ? `已交由${holder}办理。` : `待${holder}认领。`;
    case "claimed":
      return `已由${what.name ?? holder}认领。`;
    case "transferred":
      return `已转由${nameDepartment(what.department, names)}办理，您无需再处理。`;
    case "asker-said":
      return "企业有新的补充：";
    case "question":
      return `${what.name ?? holder}追问企业：`;
    case "answer":
      return `${what.name ?? holder}已答复企业：`;
    case "closed":
      return "已办结。";
    case "close-undone":
      return `办结已撤销，由${holder}继续办理。`;
    case "reopened":
      return `企业重新打开，请${holder}继续办理。`;
    case "cancelled":
      return "企业已撤回，无需继续办理。";
    case "merged":
      return `已并入工单 ${what.into}，请到该工单办理。`;
    case "task-added":
      return `已请${nameDepartment(what.department, names)}协办。`;
    case "message-recalled":
      return what.side === "asker" ? "企业撤回了先前的一条消息，请勿再引用。" : "同事撤回了先前的一条消息。";
    case "mentioned":
      return `${what.by ?? "同事"}在备注中提到您：`;
    case "nobody-there":
      return `${nameDepartment(what.department, names)}目前无人可以受理（${what.why}），请安排人员或转派。`;
    case "reminder":
      return describeReminder(what, holder);
    case "late":
      return `${CLOCK_NAMES[what.clock]}已超时，已如实告知企业。`;
    default:
      return `状态有变化，现为“${(ticket as Ticket).status}”。`;
  }
}

function describeReminder(
  { clock, step, dueAt }: Extract<TicketNotice, { notice: "reminder" }>,
  holder: string,
): string {
  const name = CLOCK_NAMES[clock];
  const due = describeInstant(dueAt);
  switch (step) {
    case "soon":
      return `${name}时限将到，请${holder}在 ${due} 前办理。`;
    case "breached":
      return `${name}已超时（应在 ${due} 前），请${holder}尽快办理。`;
    case "lead":
      return `${name}超时较久（应在 ${due} 前），现在${holder}处，请负责人协调。`;
    case "asker":
      return `${name}超时（应在 ${due} 前），已如实告知企业。`;
  }
}

function writeDetails(
  { what, ticket: whole, reader, fileUrl }: DeskNotice,
  task: TicketTask | undefined,
): ReplyBlock[] {
  const isTheirs = reader !== null && task?.assignee === reader;
  const ticket = isTheirs ? whole : hideTicketContacts(whole);
  switch (what.notice) {
    case "asker-said":
    case "question":
    case "answer": {
      const text = isTheirs || what.notice !== "asker-said" ? what.text : hideContacts(what.text).text;
      const words = text.trim() === "" ? [] : [paragraph(`“${text}”`)];
      return [...words, ...toFileBlocks(what.files, fileUrl)];
    }
    case "mentioned":
      return [paragraph(`“${what.text}”`)];
    case "closed":
      return what.outcome ? [paragraph(`办理结果：${what.outcome}`)] : [];
    case "cancelled":
      return what.reason
        ? [paragraph(`原因：${isTheirs ? what.reason : hideContacts(what.reason).text}`)]
        : [];
    case "assigned":
      return writeAssigned(what, ticket, reader, task, fileUrl);
    default:
      return [paragraph(`诉求：“${cut(ticket.text, 100)}”`)];
  }
}

/** Contact and files only for the one who has it, and never in a group. */
function writeAssigned(
  { by, reason }: Extract<TicketNotice, { notice: "assigned" }>,
  ticket: Ticket,
  reader: string | null,
  task: TicketTask | undefined,
  fileUrl: DeskNotice["fileUrl"],
): ReplyBlock[] {
  const isTheirs = reader !== null && task?.assignee === reader;
  const contact = contactOf(ticket);
  const summary = ticket.tasks.find(({ taskId }) => taskId === task?.taskId)?.summary ?? ticket.text;
  const why = [...(by ? [`由${by}转来`] : []), ...(reason ? [`理由：${reason}`] : [])].join("，");
  return [
    paragraph(`诉求：“${cut(summary, 200)}”`),
    ...(why === "" ? [] : [paragraph(`${why}。`.replace(/。。$/u, "。"))]),
    ...(isTheirs && contact !== null
      ? [paragraph(`提问人提供的联系方式：${contact}（仅供办理本工单使用，请勿转发）`)]
      : []),
    ...(isTheirs ? toFileBlocks(ticket.files, fileUrl) : []),
  ];
}

function writeActions(ticket: Ticket, what: TicketNotice, task: TicketTask | undefined) {
  const short = shortNumber(ticket.number);
  const show = toButton("card", "查看工单", {
    values: { ticket: ticket.ticketId, ...(task && { task: task.taskId }) },
    command: `工单 ${short}`,
  });
  const isFree =
    task !== undefined && task.assignee === null && (task.state === "queued" || task.state === "answered");
  if (!isFree || what.notice === "merged" || what.notice === "cancelled" || what.notice === "transferred")
    return [show];
  const claim = toButton("do", "认领", {
    style: "primary",
    values: { do: "claim", ticket: ticket.ticketId, task: task.taskId },
    command: `认领 ${short}`,
  });
  return [claim, show];
}
