import type { Ticket, TicketFile, TicketNotice, TicketTask } from "../../triage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { type Language, say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { cut, languageOf, nameDepartment, shortNumber } from "./ticket-words.ts";
import { writeRating } from "./write-rating.ts";

type Names = Readonly<Record<string, string>>;

export interface AskerNotice {
  what: TicketNotice;
  ticket: Ticket;
  names: Names;
  fileUrl?(fileId: string): string | undefined;
  /** Absent: the asker can send files. */
  takesFiles?: boolean;
}

/** What a ticket's asker is told, in the language they wrote in. */
export function writeAskerNotice(notice: AskerNotice): Reply {
  const { what, ticket, names } = notice;
  const language = languageOf(ticket);
  const task = "taskId" in what ? ticket.tasks.find(({ taskId }) => taskId === what.taskId) : undefined;
  const department = nameOf(task, names, language);
  switch (what.notice) {
    case "answer":
      return writeAnswer(notice, what, department);
    case "question":
      return writeQuestion(notice, what, department);
    case "closed":
      return writeClosed(what, ticket, department);
    case "late":
      return writeLate(what, ticket, department);
    default:
      return writeNews(notice, department);
  }
}

function writeNews({ what, ticket, names }: AskerNotice, department: string): Reply {
  const language = languageOf(ticket);
  const { number } = ticket;
  switch (what.notice) {
    case "claimed":
      return plain(
        language,
        `工单 ${number} 已由${nameBoth(department, what.name)}受理，请留意后续答复。`,
        `Ticket ${number} has been taken by ${nameBoth(department, what.name)}.`,
      );
    case "transferred": {
      const to = nameDepartment(what.department, names);
      return plain(
        language,
        `工单 ${number}${namePart(what.taskId, ticket, language)}已转由${to}办理，您的说明和材料一并转达，无需重复提交。`,
        `Ticket ${number}${namePart(what.taskId, ticket, language)} was passed on to ${to} with everything you sent; you need not send it again.`,
      );
    }
    case "task-added": {
      const to = nameDepartment(what.department, names);
      return plain(
        language,
        `工单 ${number} 涉及多个部门，已请${to}协同办理。`,
        `${to} now works on ticket ${number} as well.`,
      );
    }
    case "close-undone":
      return plain(
        language,
        `工单 ${number} 的办结已撤销，${department}将继续办理。`,
        `The close of ticket ${number} was undone; ${department} goes on with it.`,
      );
    case "reopened":
      return plain(language, `工单 ${number} 已重新打开，继续办理。`, `Ticket ${number} is open again.`);
    case "cancelled":
      return plain(language, `工单 ${number} 已撤回。`, `Ticket ${number} is withdrawn.`);
    case "merged":
      return plain(
        language,
        `工单 ${number} 与另一事项相同，已并入工单 ${what.into}，后续在那里办理并答复您。`,
        `Ticket ${number} was merged into ticket ${what.into}, where it is worked on from now on.`,
      );
    case "message-recalled":
      return plain(
        language,
        `工单 ${number}：专员撤回了先前的一条消息，请以后续答复为准。`,
        `Ticket ${number}: the specialist took back an earlier message. Please go by what follows.`,
      );
    default:
      return plain(
        language,
        `工单 ${number} 有新的进展，发送“工单 ${shortNumber(number)}”可查看。`,
        `There is news on ticket ${number}. Send “ticket ${shortNumber(number)}” to see it.`,
      );
  }
}

/** Of several matters the one that is meant. */
function namePart(taskId: string, { tasks }: Ticket, language: Language): string {
  const task = tasks.length > 1 ? tasks.find((each) => each.taskId === taskId) : undefined;
  if (!task) return "";
  const words = cut(task.summary, 40);
  return say(language, `中“${words}”一项`, ` (“${words}”)`);
}

function plain(language: Language, zh: string, en: string): Reply {
  return toTicketReply("ticket-notice", language, say(language, zh, en));
}

function nameOf(task: TicketTask | undefined, names: Names, language: Language): string {
  return task ? nameDepartment(task.department, names) : say(language, "承办部门", "the department");
}

function nameBoth(department: string, name: string | null): string {
  return name === null ? department : `${department} ${name}`;
}

/** A person's own words, as they wrote them, told apart from the bot's. */
function writeAnswer(
  { ticket, fileUrl }: AskerNotice,
  { name, text, files }: Extract<TicketNotice, { notice: "answer" }>,
  department: string,
): Reply {
  const language = languageOf(ticket);
  const who = nameBoth(department, name);
  return toTicketReply("ticket-answer", language, say(language, `${who} 答复：`, `${who} answers:`), [
    ...toWords(text),
    ...toFileBlocks(files, fileUrl),
    {
      type: "notice",
      text: say(
        language,
        `以上为专员人工答复（工单 ${ticket.number}），非机器人生成。如有疑问，请直接回复本条。`,
        `This is a person's answer (ticket ${ticket.number}), not the bot's. If anything is unclear, just reply to it.`,
      ),
    },
  ]);
}

function writeQuestion(
  { ticket, fileUrl, takesFiles = true }: AskerNotice,
  { name, text, files }: Extract<TicketNotice, { notice: "question" }>,
  department: string,
): Reply {
  const language = languageOf(ticket);
  const who = nameBoth(department, name);
  const short = shortNumber(ticket.number);
  return toTicketReply("ticket-question", language, say(language, `${who} 请您补充：`, `${who} asks:`), [
    ...toWords(text),
    ...toFileBlocks(files, fileUrl),
    {
      type: "notice",
      text: say(
        language,
        `这是专员就工单 ${ticket.number} 提的问题，请直接回复本条${takesFiles ? "，文字或附件均可" : ""}。`,
        `A person asks this for ticket ${ticket.number}. Just reply here${takesFiles ? ", with words or files" : ""}.`,
      ),
    },
    {
      type: "actions",
      actions: [
        toButton("add", say(language, "补充", "Answer"), {
          values: { ticket: ticket.ticketId },
          command: say(language, `补充 ${short} …`, `add ${short} …`),
        }),
      ],
    },
  ]);
}

function toWords(text: string): ReplyBlock[] {
  return text.trim() === "" ? [] : [paragraph(text)];
}

export function toFileBlocks(
  files: readonly TicketFile[],
  fileUrl?: (fileId: string) => string | undefined,
): ReplyBlock[] {
  return files.map((file) => {
    const url = fileUrl?.(file.fileId);
    return { type: "file", ...file, ...(url !== undefined && { url }) };
  });
}

function writeClosed(
  { outcome, askSatisfaction }: Extract<TicketNotice, { notice: "closed" }>,
  ticket: Ticket,
  department: string,
): Reply {
  const language = languageOf(ticket);
  const short = shortNumber(ticket.number);
  const isWhole = ticket.closedAt !== null;
  const headline = isWhole
    ? say(language, `工单 ${ticket.number} 已办结。`, `Ticket ${ticket.number} is closed.`)
    : say(
        language,
        `工单 ${ticket.number} 中由${department}办理的事项已办结，其余事项继续办理。`,
        `Ticket ${ticket.number}: ${department} has finished its part; the rest goes on.`,
      );
  const reopen = toButton("reopen", say(language, "重新打开", "Reopen"), {
    values: { ticket: ticket.ticketId },
    command: say(language, `重新打开 ${short}`, `reopen ${short}`),
  });
  return toTicketReply("ticket-closed", language, headline, [
    ...(outcome
      ? [
          paragraph(
            say(language, `办理结果（${department}）：${outcome}`, `Outcome (${department}): ${outcome}`),
          ),
        ]
      : []),
    ...(isWhole
      ? [
          paragraph(
            say(language, "如问题没有解决，可重新打开。", "If the matter is not settled, you can reopen it."),
          ),
          { type: "actions" as const, actions: [reopen] },
        ]
      : []),
    ...(askSatisfaction ? [writeRating(ticket, language)] : []),
  ]);
}

/** Honest, without excuses and without promises. */
function writeLate(
  { clock, dueAt, taskId }: Extract<TicketNotice, { notice: "late" }>,
  ticket: Ticket,
  department: string,
): Reply {
  const language = languageOf(ticket);
  const wanted =
    clock === "resolution" ? say(language, "办结", "finished") : say(language, "答复", "answered");
  const due = describeInstant(dueAt, language);
  const isTaken = ticket.tasks.every(({ taskId: each, state }) => each !== taskId || state !== "queued");
  return toTicketReply(
    "ticket-late",
    language,
    say(
      language,
      `抱歉，工单 ${ticket.number} 未能在预计的 ${due} 前${wanted}。`,
      `We are sorry: ticket ${ticket.number} was not ${wanted} by ${due} as expected.`,
    ),
    [
      paragraph(
        say(
          language,
          `目前在${department}${isTaken ? "办理" : "，尚未有人认领"}，已发出催办提醒。您可以补充情况，也可以撤回后另行反映。`,
          `It is with ${department}${isTaken ? "" : " and nobody has taken it yet"}; a reminder was sent. You can add to it, or withdraw it and turn elsewhere.`,
        ),
      ),
      paragraph(
        say(language, `您的事项：“${cut(ticket.text, 60)}”`, `Your matter: “${cut(ticket.text, 60)}”`),
      ),
    ],
  );
}
