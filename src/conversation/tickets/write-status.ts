import type { Ticket, TicketEvent, TicketView } from "../../triage/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { describeInstant, describeSoon } from "./describe-time.ts";
import { type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import {
  cut,
  isOpen,
  nameDepartment,
  nameHolder,
  nameState,
  nameStatus,
  shortNumber,
} from "./ticket-words.ts";

type Names = Readonly<Record<string, string>>;

const MAX_LISTED = 10;
const MAX_EVENTS = 12;

/** “我的工单”. */
export function writeMyTickets(tickets: readonly Ticket[], names: Names, language: Language): Reply {
  if (tickets.length === 0) {
    return toTicketReply("ticket-list", language, say(language, "您目前没有工单。", "You have no tickets."), [
      paragraph(
        say(language, "需要人工对接时，发送“找专员”即可。", "To reach a person, send “find a specialist”."),
      ),
    ]);
  }
  const shown = tickets.slice(0, MAX_LISTED);
  const items = shown.map((ticket) => ({
    label: ticket.number,
    value: `${nameStatus(ticket.status, language)} · ${cut(ticket.text, 40)}`,
    note: ticket.tasks.map((task) => nameHolder(task, names)).join(say(language, "、", ", ")),
  }));
  const more = tickets.length - shown.length;
  return toTicketReply(
    "ticket-list",
    language,
    say(
      language,
      `您有 ${tickets.length} 张工单：`,
      `You have ${tickets.length} ticket${tickets.length === 1 ? "" : "s"}:`,
    ),
    [
      { type: "fields", items },
      ...(more > 0
        ? [
            paragraph(
              say(
                language,
                `另有 ${more} 张较早的，可发送编号查看。`,
                `${more} earlier ones; send a number to see one.`,
              ),
            ),
          ]
        : []),
      {
        type: "actions",
        actions: shown.slice(0, 5).map((ticket) => {
          const short = shortNumber(ticket.number);
          return toButton("show", say(language, `查看 ${short}`, `Show ${short}`), {
            values: { ticket: ticket.ticketId },
            command: say(language, `工单 ${short}`, `ticket ${short}`),
          });
        }),
      },
    ],
  );
}

/** One ticket as its asker sees it. */
export function writeStatus(view: TicketView, now: Date, language: Language): Reply {
  const { ticket, events, departmentNames: names } = view;
  const headline = say(
    language,
    `工单 ${ticket.number}：${nameStatus(ticket.status, language)}`,
    `Ticket ${ticket.number}: ${nameStatus(ticket.status, language)}`,
  );
  const lines = events.flatMap((event) => describeEvent(event, names, language) ?? []);
  const kept = lines.slice(-MAX_EVENTS);
  const left = lines.length - kept.length;
  const blocks: ReplyBlock[] = [
    { type: "fields", items: describeTicket(ticket, names, now, language) },
    {
      type: "list",
      title: say(
        language,
        left > 0 ? `办理过程（前 ${left} 条略）：` : "办理过程：",
        left > 0 ? `What happened (${left} earlier left out):` : "What happened:",
      ),
      items: kept.length > 0 ? kept : [say(language, "已提交", "submitted")],
    },
    ...writeNext(view, language),
  ];
  return toTicketReply("ticket-status", language, headline, blocks);
}

function describeTicket(ticket: Ticket, names: Names, now: Date, language: Language) {
  return [
    { label: say(language, "内容", "Message"), value: `“${cut(ticket.text, 120)}”` },
    ...ticket.tasks.map((task) => ({
      label: say(language, "承办", "With"),
      value: `${nameHolder(task, names)} · ${nameState(task.state, language)}`,
      ...dueNote(task.clocks, now, language),
    })),
    ...(ticket.files.length > 0
      ? [
          {
            label: say(language, "附件", "Files"),
            value: ticket.files.map(({ name }) => name).join(say(language, "、", ", ")),
          },
        ]
      : []),
    ...(ticket.satisfaction
      ? [
          {
            label: say(language, "您的评价", "Your rating"),
            value: say(language, `${ticket.satisfaction.score} 分`, `${ticket.satisfaction.score} of 5`),
          },
        ]
      : []),
  ];
}

function dueNote(
  clocks: Ticket["tasks"][number]["clocks"],
  now: Date,
  language: Language,
): { note?: string } {
  const clock = clocks.find(
    ({ kind, metAt, dueAt }) => kind !== "resolution" && metAt === null && dueAt !== null,
  );
  if (!clock?.dueAt) return {};
  if (Date.parse(clock.dueAt) <= now.getTime()) {
    return {
      note: say(
        language,
        "已超过预计答复时间，正在催办",
        "later than expected; the department is being reminded",
      ),
    };
  }
  return {
    note: say(
      language,
      `预计${describeSoon(clock.dueAt, now)}前答复`,
      `an answer is expected by ${describeSoon(clock.dueAt, now, "en")}`,
    ),
  };
}

/** Undefined: nothing that the asker needs to know. */
function describeEvent(event: TicketEvent, names: Names, language: Language): string | undefined {
  const what = nameEvent(event, names, language);
  if (what === undefined) return undefined;
  const files =
    event.files.length > 0
      ? say(
          language,
          `（附件：${event.files.map(({ name }) => name).join("、")}）`,
          ` (files: ${event.files.map(({ name }) => name).join(", ")})`,
        )
      : "";
  return `${describeInstant(event.at, language)} ${what}${files}`;
}

function nameEvent(
  { kind, byName, text, details }: TicketEvent,
  names: Names,
  language: Language,
): string | undefined {
  const who = byName ?? say(language, "专员", "a specialist");
  const words = text ? say(language, `：“${cut(text, 200)}”`, `: “${cut(text, 200)}”`) : "";
  const to = typeof details["to"] === "string" ? nameDepartment(details["to"], names) : "";
  switch (kind) {
    case "opened":
      return say(language, "您提交了工单", "you submitted the ticket");
    case "claimed":
      return say(language, `${who}已受理`, `${who} has taken it`);
    case "asked":
      return say(language, `${who}请您补充${words}`, `${who} asked${words}`);
    case "replied":
      return say(language, `${who}答复${words}`, `${who} answered${words}`);
    case "asker-said":
      return say(language, `您补充${words}`, `you wrote${words}`);
    case "transferred":
    case "returned":
      return to === ""
        ? say(language, "已转交更合适的部门办理", "passed on to a more fitting department")
        : say(language, `已转交${to}办理`, `passed on to ${to}`);
    case "released":
    case "unassigned":
    case "unreachable":
      return say(language, "正在重新安排承办人员", "another specialist is being found");
    case "task-added":
      return say(language, "增加了协办部门", "another department joined");
    case "closed":
      return say(language, `已办结${words}`, `closed${words}`);
    case "close-undone":
      return say(language, "办结已撤销，继续办理", "the close was undone; work goes on");
    case "reopened":
      return say(language, "已重新打开", "reopened");
    case "cancelled":
      return say(language, "您撤回了工单", "you withdrew the ticket");
    case "merged":
      return say(language, "已并入另一张工单，在那里继续办理", "merged into another ticket");
    case "message-recalled":
      return say(language, "有一条消息被撤回", "a message was taken back");
    case "rated":
      return say(language, "您作出了评价", "you rated it");
    default:
      return undefined;
  }
}

function writeNext({ ticket, may }: TicketView, language: Language): ReplyBlock[] {
  const short = shortNumber(ticket.number);
  const values = { ticket: ticket.ticketId };
  const actions: ReplyAction[] = [];
  if (isOpen(ticket) && may.includes("asker-say")) {
    actions.push(
      toButton("add", say(language, "补充", "Add"), {
        values,
        command: say(language, `补充 ${short} …`, `add ${short} …`),
      }),
    );
  }
  if (may.includes("reopen")) {
    actions.push(
      toButton("reopen", say(language, "重新打开", "Reopen"), {
        values,
        command: say(language, `重新打开 ${short}`, `reopen ${short}`),
      }),
    );
  }
  if (isOpen(ticket) && may.includes("cancel")) {
    actions.push(
      toButton("withdraw", say(language, "撤回", "Withdraw"), {
        values,
        command: say(language, `撤回 ${short}`, `withdraw ${short}`),
        confirm: say(language, `确定撤回工单 ${ticket.number} 吗？`, `Withdraw ticket ${ticket.number}?`),
      }),
    );
  }
  const canRate = may.includes("rate") && ticket.satisfaction === null;
  return [
    ...(actions.length > 0 ? [{ type: "actions" as const, actions }] : []),
    ...(canRate ? [writeRating(ticket, language)] : []),
  ];
}

/** 1–5 with a comment, as one form: a tap is the rating. */
export function writeRating(ticket: Pick<Ticket, "ticketId" | "number">, language: Language): ReplyBlock {
  const short = shortNumber(ticket.number);
  const labels: readonly [number, string, string][] = [
    [5, "5 非常满意", "5 very good"],
    [4, "4 满意", "4 good"],
    [3, "3 一般", "3 fair"],
    [2, "2 不满意", "2 poor"],
    [1, "1 非常不满意", "1 very poor"],
  ];
  const [best, ...others] = labels.map(([score, zh, en]) =>
    toButton("rate", say(language, zh, en), {
      values: { ticket: ticket.ticketId, score: String(score) },
      style: score === 5 ? "primary" : "default",
      command: say(language, `评价 ${short} ${score}`, `rate ${short} ${score}`),
    }),
  );
  return {
    type: "form",
    name: "ticket-rate",
    fields: [
      {
        name: "comment",
        label: say(
          language,
          "对本次办理的评价（意见选填，点分数即提交）",
          "How was it? (comment optional; tap a score to send)",
        ),
        kind: "text",
      },
    ],
    submit: best ?? toButton("rate", "5", { values: { ticket: ticket.ticketId, score: "5" } }),
    more: others,
  };
}

/** Where a person writes what they want to add. */
export function writeAddForm(ticket: Pick<Ticket, "ticketId" | "number">, language: Language): Reply {
  const short = shortNumber(ticket.number);
  return toTicketReply(
    "ticket-form",
    language,
    say(
      language,
      `请填写要补充到工单 ${ticket.number} 的内容：`,
      `What would you like to add to ticket ${ticket.number}?`,
    ),
    [
      {
        type: "form",
        name: "ticket-add",
        fields: [
          { name: "text", label: say(language, "补充内容", "Message"), kind: "multiline", required: true },
        ],
        submit: toButton("say", say(language, "提交", "Send"), {
          style: "primary",
          values: { ticket: ticket.ticketId },
          command: say(language, `补充 ${short} …`, `add ${short} …`),
        }),
      },
      paragraph(
        say(
          language,
          `也可以直接发送“补充 ${short} 内容”，附件随这条消息一起发。`,
          `Or send “add ${short} …”, with files in the same message.`,
        ),
      ),
    ],
  );
}
