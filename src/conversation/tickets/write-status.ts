import type { Ticket, TicketView } from "../../triage/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { describeEvent } from "./describe-event.ts";
import { describeSoon } from "./describe-time.ts";
import { type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { cut, isOpen, nameHolder, nameState, nameStatus, shortNumber } from "./ticket-words.ts";
import { writeRating } from "./write-rating.ts";

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
    note: [...new Set(ticket.tasks.map((task) => nameHolder(task, names)))].join(say(language, "、", ", ")),
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
