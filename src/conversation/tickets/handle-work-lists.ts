import { can, requireRight } from "../../access/index.ts";
import type { TicketFilter } from "../../storage/index.ts";
import type { TicketListing, TicketStatus, TicketView, Urgency } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { describeSoon } from "./describe-time.ts";
import { findTarget } from "./find-target.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { answerPrivately, type TicketTurn } from "./ticket-turn.ts";
import { cut, isLiveTask, nameHolder, nameUrgency, shortNumber } from "./ticket-words.ts";
import { writeMyTickets } from "./write-status.ts";

const MAX_LISTED = 15;
const STATUSES: ReadonlySet<string> = new Set<TicketStatus>([
  "待认领",
  "处理中",
  "待企业补充",
  "已回复",
  "已办结",
  "已撤回",
  "已合并",
]);
const URGENCIES: ReadonlySet<string> = new Set<Urgency>(["紧急", "高", "中", "低"]);

/** “工单列表”, “工单列表 待认领”, “工单列表 区经委”, “工单列表 超时”. */
export async function listWork(turn: TicketTurn, words: string): Promise<Reply> {
  const { options, context, at, language } = turn;
  if (!can(context.actor.roles, "read-tickets")) {
    const own = await options.desk.ticketsOf(context.actor.account);
    const names = Object.fromEntries(options.desk.settings().departments.map(({ id, name }) => [id, name]));
    return answerPrivately(turn, writeMyTickets(own, names, language));
  }
  const wantsLate = /^(?:超时|逾期)$/u.test(words);
  const listings = await options.desk.list(toFilter(turn, wantsLate ? "" : words), context.actor);
  const found = wantsLate ? listings.filter(({ breached }) => breached) : listings;
  const title = words === "" ? "未办结工单" : `工单（${words}）`;
  return answerPrivately(turn, writeListings(found, title, at));
}

function toFilter({ options }: TicketTurn, words: string): TicketFilter {
  if (STATUSES.has(words)) return { statuses: [words], limit: 200 };
  if (URGENCIES.has(words)) return { urgency: words, open: true, limit: 200 };
  const department = findTarget(words, options.desk.settings())?.department;
  if (department !== undefined) return { department, open: true, limit: 200 };
  return { open: true, limit: 200, ...(words !== "" && { search: words }) };
}

/** “我的待办”: what one has, and what waits for anybody of one's departments. */
export async function showMyWork(turn: TicketTurn): Promise<Reply> {
  const { options, context, at } = turn;
  const { account, roles } = context.actor;
  if (!can(roles, "work-tickets")) return listWork(turn, "");
  const mine = await options.desk.list({ assignee: account, open: true, limit: 200 }, context.actor);
  const { departments } = options.desk.partyOf(context.actor);
  const waiting =
    departments.length === 0
      ? []
      : await options.desk.list({ departments, statuses: ["待认领"], limit: 200 }, context.actor);
  const own = mine.filter(({ ticket }) =>
    ticket.tasks.some((task) => task.assignee === account && isLiveTask(task)),
  );
  const reply = writeListings(own, "您承办的工单", at);
  if (waiting.length === 0) return answerPrivately(turn, reply);
  const queued = writeListings(waiting, "本部门待认领", at);
  const blocks: ReplyBlock[] = [
    ...reply.blocks,
    { type: "heading", text: queued.headline },
    ...queued.blocks,
  ];
  return answerPrivately(turn, toTicketReply("ticket-list", "zh", reply.headline, blocks));
}

function writeListings(listings: readonly TicketListing[], title: string, now: Date): Reply {
  if (listings.length === 0) return toTicketReply("ticket-list", "zh", `${title}：目前没有。`);
  const sorted = [...listings].sort(byDue);
  const shown = sorted.slice(0, MAX_LISTED);
  const items = shown.map(({ ticket, departmentNames, dueAt, breached }) => ({
    label: ticket.number,
    value: `${ticket.status} · ${nameUrgency(ticket.urgency, "zh")} · ${ticket.classification.categoryName} · ${cut(ticket.text, 30)}`,
    note: [
      ticket.tasks.map((task) => nameHolder(task, departmentNames)).join("、"),
      ...(breached ? ["已超时"] : dueAt === null ? [] : [`${describeSoon(dueAt, now)}前`]),
    ].join("，"),
  }));
  const left = listings.length - shown.length;
  return toTicketReply("ticket-list", "zh", `${title}：${listings.length} 张`, [
    { type: "fields", items },
    ...(left > 0
      ? [paragraph(`另有 ${left} 张未列出，可加条件查看，例如“工单列表 待认领”“工单列表 超时”。`)]
      : []),
    {
      type: "actions",
      actions: shown.slice(0, 5).map(({ ticket }) => {
        const short = shortNumber(ticket.number);
        return toButton("card", `查看 ${short}`, {
          values: { ticket: ticket.ticketId },
          command: `工单 ${short}`,
        });
      }),
    },
  ]);
}

/** Late ones first, then by the nearest end. */
function byDue(left: TicketListing, right: TicketListing): number {
  if (left.breached !== right.breached) return left.breached ? -1 : 1;
  return (left.dueAt ?? "9999").localeCompare(right.dueAt ?? "9999");
}

/** “模板 0007”, and one of them as the answer to be looked over. */
export async function showTemplates(
  turn: TicketTurn,
  { ticket }: TicketView,
  wanted: string,
): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "work-tickets");
  const short = shortNumber(ticket.number);
  const templates = options.desk.templatesFor(ticket, context.actor);
  if (templates.length === 0)
    return toTicketReply("ticket-list", "zh", "没有适用的答复模板，可请管理员添加。");
  const chosen = templates.find(
    ({ id, title }, position) => id === wanted || title === wanted || String(position + 1) === wanted,
  );
  if (!chosen) {
    return answerPrivately(
      turn,
      toTicketReply("ticket-list", "zh", `工单 ${ticket.number} 可用的答复模板：`, [
        {
          type: "list",
          items: templates.map(({ title, text }, position) => `${position + 1}. ${title}：${cut(text, 60)}`),
        },
        {
          type: "actions",
          actions: templates.slice(0, 10).map(({ id, title }, position) =>
            toButton("template", title, {
              values: { ticket: ticket.ticketId, template: id },
              command: `模板 ${short} ${position + 1}`,
            }),
          ),
        },
      ]),
    );
  }
  return answerPrivately(
    turn,
    toTicketReply("ticket-form", "zh", `模板“${chosen.title}”，请核对修改后发送：`, [
      {
        type: "form",
        name: "ticket-reply",
        fields: [{ name: "text", label: "回复内容", kind: "multiline", value: chosen.text, required: true }],
        submit: toButton("do", "回复", {
          style: "primary",
          values: { do: "reply", ticket: ticket.ticketId },
          command: `回复 ${short} …`,
        }),
        more: [
          toButton("do", "追问", {
            values: { do: "ask", ticket: ticket.ticketId },
            command: `追问 ${short} …`,
          }),
        ],
      },
    ]),
  );
}
