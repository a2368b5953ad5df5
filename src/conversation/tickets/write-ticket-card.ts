import {
  contactOf,
  type DeskSettings,
  hideEventContacts,
  hideTicketContacts,
  type TaskClock,
  type Ticket,
  type TicketCommand,
  type TicketEvent,
  type TicketTask,
} from "../../triage/index.ts";
import type { FormField, Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { describeClockLine } from "./describe-clock.ts";
import { describeInstant } from "./describe-time.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { isLiveTask, nameDepartment, nameHolder, shortNumber } from "./ticket-words.ts";
import { writeDraft, writeMatter, writeReroutes } from "./write-card-parts.ts";
import { type CardPlace, findFormerWay, writeFormerCard } from "./write-former-card.ts";
import { writeLog } from "./write-log.ts";

export interface TicketCard {
  ticket: Ticket;
  taskId: string;
  events: readonly TicketEvent[];
  settings: Pick<DeskSettings, "departments">;
  /** Whose direct chat it stands in; null: a group, where no contact is shown. */
  reader: string | null;
  /** Where it stands, when it stays there: in a department that passed the task on it shows what was until then. */
  place?: CardPlace;
  /** What the one who looks may do; absent: a card for all, whose buttons follow the state. */
  may?: readonly TicketCommand["do"][];
  /** For cards that are read at once: the time that is left. Absent: instants only, which stay true. */
  now?: Date;
}

type Names = Readonly<Record<string, string>>;

const STATE_LINES: Readonly<Record<TicketTask["state"], string>> = {
  queued: "待认领",
  claimed: "处理中",
  asking: "等待企业补充（计时暂停）",
  answered: "已答复，等待企业反馈",
  closed: "已办结",
  cancelled: "已结束，无需办理",
};

/** One task as those who work on it see it. What it shows stays true as long as the ticket does not change. */
export function writeTicketCard(card: TicketCard): Reply {
  const { ticket, taskId, settings } = card;
  const names = Object.fromEntries(settings.departments.map(({ id, name }) => [id, name]));
  const task = ticket.tasks.find((each) => each.taskId === taskId) ?? ticket.tasks[0];
  const headline = `工单 ${ticket.number} · ${ticket.classification.categoryName} · ${ticket.urgency}`;
  if (!task) return toTicketReply("ticket-card", "zh", headline);
  // Who does not have it reads no contact, be it written between the words.
  const isTheirs = card.reader !== null && task.assignee === card.reader;
  const left = card.place && findFormerWay(card.place, task, settings.departments);
  if (left) {
    const former = `工单 ${ticket.number} · 已转派至${nameDepartment(left.to, names)}`;
    return toTicketReply("ticket-card", "zh", former, writeFormerCard(card, task, left, names));
  }
  const seen = isTheirs ? ticket : hideTicketContacts(ticket);
  const seenTask = seen.tasks.find((each) => each.taskId === task.taskId) ?? task;
  return toTicketReply("ticket-card", "zh", headline, [
    { type: "fields", items: describeTask(card, task, names) },
    ...writeMatter(seen, seenTask),
    ...writeLog(isTheirs ? card.events : hideEventContacts(card.events), names),
    ...writeDraft(ticket),
    ...writeReroutes(task, names),
    ...writeWork(card, task, names),
  ]);
}

function describeTask({ ticket, reader, now }: TicketCard, task: TicketTask, names: Names) {
  const { enterprise, classification, mergedInto, satisfaction } = ticket;
  const others = ticket.tasks.filter(({ taskId }) => taskId !== task.taskId);
  const isTheirs = reader !== null && task.assignee === reader;
  const state =
    mergedInto !== null
      ? "已并入另一工单"
      : ticket.status === "已撤回"
        ? "提问人已撤回"
        : STATE_LINES[task.state];
  const clocks = [...task.clocks].sort(byKind).flatMap((clock) => describeClockLine(clock, now) ?? []);
  return [
    { label: "状态", value: `${state} · ${nameHolder(task, names)}${task.queue ? `（${task.queue}）` : ""}` },
    ...clocks,
    { label: "提交时间", value: describeInstant(ticket.openedAt) },
    ...(ticket.asker.name ? [{ label: "提问人", value: ticket.asker.name }] : []),
    {
      label: "企业",
      value: enterprise
        ? [enterprise.name ?? "名称未登记", ...enterprise.lines].join("；")
        : "提问人未提供企业概况",
    },
    ...(isTheirs ? [{ label: "联系方式", value: contactOf(ticket) ?? "未提供，请在工单中联系" }] : []),
    ...(classification.sentiment === "平" ? [] : [{ label: "情绪", value: classification.sentiment }]),
    { label: "分派理由", value: task.reason },
    ...(others.length > 0
      ? [
          {
            label: "同单其他部门",
            value: others
              .map((each) => `${nameHolder(each, names)}（${STATE_LINES[each.state]}）`)
              .join("；"),
          },
        ]
      : []),
    ...(task.outcome ? [{ label: "办理结果", value: task.outcome }] : []),
    ...(satisfaction
      ? [
          {
            label: "企业评价",
            value: `${satisfaction.score} 分${satisfaction.comment ? `：${satisfaction.comment}` : ""}`,
          },
        ]
      : []),
  ];
}

/** Answers are due before the outcome is. */
function byKind(left: TaskClock, right: TaskClock): number {
  return Number(left.kind === "resolution") - Number(right.kind === "resolution");
}

interface WorkButton {
  act: "claim" | "ask" | "reply" | "close" | "return" | "transfer" | "note" | "undo-close";
  label: string;
  rest: string;
}

const BUTTONS: readonly WorkButton[] = [
  { act: "claim", label: "认领", rest: "" },
  { act: "reply", label: "回复", rest: " …" },
  { act: "ask", label: "追问", rest: " …" },
  { act: "close", label: "办结", rest: " …" },
  { act: "transfer", label: "转派", rest: " 部门 原因" },
  { act: "return", label: "退回", rest: " 原因" },
  { act: "note", label: "备注", rest: " …" },
  { act: "undo-close", label: "撤销办结", rest: "" },
];

function isOffered({ act }: WorkButton, { ticket, may }: TicketCard, task: TicketTask): boolean {
  if (ticket.mergedInto !== null || ticket.status === "已撤回") return false;
  if (may && !may.includes(act)) return false;
  if (act === "undo-close") return task.state === "closed";
  if (act === "claim") return isLiveTask(task) && task.assignee === null;
  return isLiveTask(task);
}

function writeWork(card: TicketCard, task: TicketTask, names: Names): ReplyBlock[] {
  const { ticket } = card;
  const short = shortNumber(ticket.number);
  const buttons = BUTTONS.filter((button) => isOffered(button, card, task)).map(
    ({ act, label, rest }, index): ReplyAction =>
      toButton("do", label, {
        values: { do: act, ticket: ticket.ticketId, task: task.taskId },
        style: index === 0 ? "primary" : "default",
        command: `${label} ${short}${rest}`,
      }),
  );
  const [first, ...more] = buttons;
  if (!first) return [];
  if (!isLiveTask(task)) return [{ type: "actions", actions: buttons }];
  return [
    {
      type: "form",
      name: "ticket-work",
      fields: [
        {
          name: "text",
          label: "说明或回复内容",
          kind: "multiline",
          placeholder: "回复、追问会原样发给企业；办结填办理结果；转派、退回填原因；备注仅内部可见",
        },
        toTarget(card, task, names),
      ],
      submit: first,
      more,
    },
    paragraph(
      "承办人在本卡片下直接回复，内容即发给企业；以“追问”“备注”“办结”开头的，按其办理；问机器人请以“问贤策”开头。",
    ),
  ];
}

const MAX_COLLEAGUES = 20;

function toTarget({ settings }: TicketCard, task: TicketTask, names: Names): FormField {
  const own = settings.departments.find(({ id }) => id === task.department);
  const colleagues = (own?.specialists ?? []).filter(({ account }) => account !== task.assignee);
  return {
    name: "target",
    label: "转派给（仅转派时选）",
    kind: "select",
    options: [
      ...settings.departments
        .filter(({ id }) => id !== task.department)
        .map(({ id, name }) => ({ value: id, label: name })),
      ...colleagues.slice(0, MAX_COLLEAGUES).map(({ account, name }) => ({
        value: account,
        label: `${name}（${nameDepartment(task.department, names)}）`,
      })),
    ],
  };
}
