import type { DeskSettings, OpenOutcome, Ticket } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { describeSoon } from "./describe-time.ts";
import { type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { cut, isLiveTask, nameHolder, shortNumber } from "./ticket-words.ts";

type Names = Readonly<Record<string, string>>;

/** The same message worked on again finds the ticket `known`: what it is told is read from the ticket. */
export function writeOpened(
  outcome: Exclude<OpenOutcome, { outcome: "spam" }>,
  { departments }: Pick<DeskSettings, "departments">,
  now: Date,
  language: Language,
): Reply {
  const names = Object.fromEntries(departments.map(({ id, name }) => [id, name]));
  const fallback = departments.find((each) => each.fallback)?.name;
  const { ticket } = outcome;
  if (outcome.outcome === "joined") return writeJoined(ticket, language);
  const reach = outcome.outcome === "opened" ? outcome.reach : reachOf(ticket);
  const missed = outcome.outcome === "opened" ? (outcome.missed ?? []) : [];
  const headline = say(
    language,
    `已为您提交工单 ${ticket.number}。`,
    `Your ticket ${ticket.number} has been submitted.`,
  );
  return toTicketReply("ticket-opened", language, headline, [
    // Typed long after the card was shown, it may be another matter than they think.
    paragraph(say(language, `您的事项：“${cut(ticket.text, 60)}”`, `Your matter: “${cut(ticket.text, 60)}”`)),
    paragraph(describeReach(reach, { ticket, names, fallback, missed }, language)),
    ...describeFirstResponse(reach, ticket, now, language),
    paragraph(
      say(
        language,
        "专员的提问和答复会发到本次提问所在的会话，您直接回复即可。发送“我的工单”可随时查看进度。",
        "Questions and answers of the specialist come to the chat in which you asked; just reply there. Send “my tickets” to see how it stands.",
      ),
    ),
    { type: "actions", actions: writeTicketButtons(ticket, language) },
  ]);
}

function reachOf(ticket: Ticket): "department" | "nobody" {
  return ticket.tasks.some(({ unreachableAt }) => unreachableAt !== null) ? "nobody" : "department";
}

function describeReach(
  reach: Extract<OpenOutcome, { outcome: "opened" }>["reach"],
  {
    ticket,
    names,
    fallback,
    missed,
  }: { ticket: Ticket; names: Names; fallback: string | undefined; missed: readonly string[] },
  language: Language,
): string {
  const instead = fallback ?? say(language, "园区服务台", "the park's service desk");
  const live = ticket.tasks.filter(isLiveTask);
  const nameAll = (tasks: Ticket["tasks"]) =>
    tasks.map((task) => nameHolder(task, names)).join(say(language, "、", ", "));
  const who = nameAll(live);
  if (missed.length > 0) {
    const [left, taken] = [
      nameAll(live.filter(({ taskId }) => missed.includes(taskId))),
      nameAll(live.filter(({ taskId }) => !missed.includes(taskId))),
    ];
    return say(
      language,
      `按园区分派表，已为您转交${taken}；${left}暂时没有在岗受理人员，其事项已先转交${instead}，由其受理或继续转交。`,
      `By the park's routing table it was passed on to ${taken}. Nobody is there just now at ${left}; that part went to ${instead}, who will handle it or pass it on.`,
    );
  }
  switch (reach) {
    case "department":
      return say(
        language,
        `按园区分派表，已为您转交${who}。`,
        `By the park's routing table it was passed on to ${who}.`,
      );
    case "fallback":
      return say(
        language,
        `按园区分派表应由${who}受理；暂时没有在岗受理人员的，已先转交${instead}，由其受理或继续转交。`,
        `By the park's routing table it belongs to ${who}. Where nobody is there to take it just now it went to ${instead}, who will handle it or pass it on.`,
      );
    case "admins":
      return say(
        language,
        "对口部门目前尚未配置受理人员，已通知系统管理员安排人员受理。",
        "The department concerned has no staff set up yet. The administrators were told to arrange for someone.",
      );
    case "nobody":
      return say(
        language,
        "已登记，但目前尚未配置受理人员，管理员上线后可见。如事情紧急，请同时通过园区服务窗口反映。",
        "It is on record, but nobody is set up to take it yet; administrators will see it when they come online. If it is pressing, please also turn to the park's service counter.",
      );
  }
}

function describeFirstResponse(reach: string, ticket: Ticket, now: Date, language: Language): ReplyBlock[] {
  if (reach === "nobody" || reach === "admins") return [];
  const due = ticket.tasks
    .flatMap(({ clocks }) => clocks)
    .flatMap(({ kind, dueAt, metAt }) => (kind === "first-response" && dueAt && !metAt ? [dueAt] : []))
    .sort()
    .at(0);
  if (due === undefined) return [];
  const when = describeSoon(due, now, language);
  return [
    paragraph(
      say(
        language,
        `预计${when}前首次答复（按工作时间计）。`,
        `A first answer is expected by ${when} (working hours).`,
      ),
    ),
  ];
}

function writeJoined(ticket: Ticket, language: Language): Reply {
  return toTicketReply(
    "ticket-opened",
    language,
    say(
      language,
      `您就同一事项已有正在办理的工单 ${ticket.number}，本次内容已补充进去，没有另开工单。`,
      `You already have an open ticket on this matter, ${ticket.number}. What you wrote was added to it.`,
    ),
    [{ type: "actions", actions: writeTicketButtons(ticket, language) }],
  );
}

export function writeTicketButtons(ticket: Pick<Ticket, "ticketId" | "number">, language: Language) {
  const short = shortNumber(ticket.number);
  return [
    toButton("show", say(language, "查看进度", "See how it stands"), {
      values: { ticket: ticket.ticketId },
      command: say(language, `工单 ${short}`, `ticket ${short}`),
    }),
    toButton("add", say(language, "补充", "Add"), {
      values: { ticket: ticket.ticketId },
      command: say(language, `补充 ${short} …`, `add ${short} …`),
    }),
    toButton("withdraw", say(language, "撤回", "Withdraw"), {
      values: { ticket: ticket.ticketId },
      command: say(language, `撤回 ${short}`, `withdraw ${short}`),
      confirm: say(language, `确定撤回工单 ${ticket.number} 吗？`, `Withdraw ticket ${ticket.number}?`),
    }),
  ];
}

export function writeSpam(language: Language): Reply {
  return toTicketReply(
    "ticket-refused",
    language,
    say(
      language,
      "这段内容看起来与园区服务无关，没有登记为工单。如确有事项要办，请写明是什么事、涉及哪家企业，再发一次。",
      "This does not look like a matter of the park, so no ticket was opened. If it is, please write what it is about and send it again.",
    ),
  );
}
