import type { ActOutcome, Ticket, TicketCommand } from "../../triage/index.ts";
import type { PassedOn, Reply } from "../types.ts";
import { findTicket } from "./find-ticket.ts";
import { type AskerCommand, readAskerWords } from "./read-asker-command.ts";
import { readHandOver } from "./read-hand-over.ts";
import { readOwnTalk } from "./read-own-talk.ts";
import { startRequest } from "./start-request.ts";
import { answerOldCard, dropRequest, editRequest, pendingHere, submitRequest } from "./submit-request.ts";
import { takeFiles } from "./take-files.ts";
import { say } from "./ticket-parts.ts";
import { paragraph, toTicketReply } from "./ticket-reply.ts";
import { answerPrivately, type TicketTurn } from "./ticket-turn.ts";
import { isLiveTask, nameHolder, namesOfHearers } from "./ticket-words.ts";
import { writeTicketButtons } from "./write-opened.ts";
import { writeAddForm } from "./write-rating.ts";
import { writeMyTickets, writeStatus } from "./write-status.ts";

/** Undefined: not for tickets after all. */
export async function runAskerCommand(
  turn: TicketTurn,
  command: AskerCommand,
): Promise<Reply | PassedOn | undefined> {
  switch (command.do) {
    case "start":
      return start(turn, command.question);
    case "ask-bot":
      return passToBot(turn, command.question);
    case "submit":
    case "drop":
    case "add-to":
    case "edit":
      return runOnRequest(turn, command);
    case "mine": {
      const tickets = await turn.options.desk.ticketsOf(turn.context.actor.account);
      return answerPrivately(turn, writeMyTickets(tickets, namesOf(turn), turn.language));
    }
    case "show":
    case "add":
      return show(turn, command);
    case "say":
      return answerPrivately(turn, await addWords(turn, command));
    default:
      return act(turn, command);
  }
}

export function namesOf({ options }: TicketTurn): Record<string, string> {
  return Object.fromEntries(options.desk.settings().departments.map(({ id, name }) => [id, name]));
}

/** From a button or a bare wish: what was asked last is the matter. */
export async function start(turn: TicketTurn, question: string): Promise<Reply> {
  const { options, context, at } = turn;
  const recent = (await options.recentQuestions(context.sessionKey, at)).filter(isMatter);
  const [text = ""] = question === "" ? recent.slice(-1) : [question];
  return startRequest(turn, { text, context: recent.filter((each) => each !== text) });
}

/** “确定” and “取消” were answered as questions, but are no matter for a person. */
function isMatter(question: string): boolean {
  const isTalk = readOwnTalk(question) !== undefined || readAskerWords(question) !== undefined;
  return !isTalk && readHandOver(question)?.bare !== true;
}

function passToBot({ language }: TicketTurn, question: string): Reply | PassedOn {
  if (question !== "") return { passOn: question };
  const line = say(
    language,
    "请把问题写在后面，例如“问贤策 人才公寓怎么申请”。",
    "Please write the question behind it, for example “ask the bot: which funds are there?”.",
  );
  return toTicketReply("ticket-hint", language, line);
}

async function runOnRequest(
  turn: TicketTurn,
  command: Extract<AskerCommand, { do: "submit" | "drop" | "add-to" | "edit" }>,
): Promise<Reply | undefined> {
  const request = command.do === "edit" ? undefined : command.request;
  const pending = pendingHere(turn, request);
  if (!pending) return request === undefined ? undefined : answerOldCard(turn, request);
  switch (command.do) {
    case "submit":
      return submitRequest(turn, pending, command.form);
    case "drop":
      return dropRequest(turn, pending);
    case "edit":
      return editRequest(turn, pending, command.change);
    case "add-to": {
      const { ticket } = await findTicket(turn, command.ticket);
      return submitRequest(turn, pending, command.form, ticket.ticketId);
    }
  }
}

async function show(
  turn: TicketTurn,
  command: Extract<AskerCommand, { do: "show" | "add" }>,
): Promise<Reply | undefined> {
  const view = await findTicket(turn, command.ticket);
  // Who works on it sees the card of those who work on it.
  if (view.party.role !== "asker") return undefined;
  const { language, at } = turn;
  return answerPrivately(
    turn,
    command.do === "add"
      ? writeAddForm(view.ticket, language, turn.context.takesFiles !== false)
      : writeStatus(view, at, language),
  );
}

export async function addWords(turn: TicketTurn, command: { ticket: string; text: string }): Promise<Reply> {
  const { options, context, key, language } = turn;
  const { ticket } = await findTicket(turn, command.ticket);
  const { files, refused } = await takeFiles(turn, {
    account: ticket.asker.account,
    enterpriseId: ticket.enterpriseId,
  });
  const said: TicketCommand = { do: "asker-say", text: command.text, files };
  const outcome = await options.desk.act(ticket.ticketId, said, context.actor, key);
  if (outcome.outcome === "refused") return refuse(outcome, turn);
  const holders = namesOfHearers(ticket, namesOf(turn));
  const line = say(
    language,
    `已补充到工单 ${ticket.number}，${holders}会看到。`,
    `It was added to ticket ${ticket.number}; ${holders} will see it.`,
  );
  return toTicketReply("ticket-done", language, line, refused.map(paragraph));
}

type Simple = Extract<AskerCommand, { do: "withdraw" | "reopen" | "rate" }>;

async function act(turn: TicketTurn, command: Simple): Promise<Reply> {
  const { options, context, key, language } = turn;
  const { ticket } = await findTicket(turn, command.ticket);
  const outcome = await options.desk.act(ticket.ticketId, toTicketCommand(command), context.actor, key);
  const reply =
    outcome.outcome === "refused"
      ? refuse(outcome, turn)
      : writeDone(command, outcome.ticket, turn, language);
  // Where its notices stand already nothing more becomes known.
  return turn.message.chatId === ticket.asker.chatId ? reply : answerPrivately(turn, reply);
}

function toTicketCommand(command: Simple): TicketCommand {
  if (command.do === "rate") {
    return { do: "rate", score: command.score, ...(command.comment !== "" && { comment: command.comment }) };
  }
  const reason = command.reason === "" ? {} : { reason: command.reason };
  return command.do === "withdraw" ? { do: "cancel", ...reason } : { do: "reopen", ...reason };
}

function writeDone(
  command: Simple,
  ticket: Ticket,
  turn: TicketTurn,
  language: TicketTurn["language"],
): Reply {
  const { number } = ticket;
  if (command.do === "withdraw") {
    const line = say(
      language,
      `工单 ${number} 已撤回，承办部门已收到通知。如再有需要，发送“找专员”即可。`,
      `Ticket ${number} is withdrawn; the department was told.`,
    );
    return toTicketReply("ticket-done", language, line);
  }
  if (command.do === "rate") {
    const line = say(
      language,
      `已收到您对工单 ${number} 的评价（${command.score} 分），谢谢。`,
      `Thank you for rating ticket ${number} (${command.score} of 5).`,
    );
    return toTicketReply("ticket-done", language, line);
  }
  const holders = ticket.tasks.filter(isLiveTask).map((task) => nameHolder(task, namesOf(turn)));
  const line = say(
    language,
    `工单 ${number} 已重新打开，由${holders.join("、")}继续办理。还有什么没有解决，请直接补充。`,
    `Ticket ${number} is open again with ${holders.join(", ")}. Please add what is still missing.`,
  );
  return toTicketReply("ticket-done", language, line, [
    { type: "actions", actions: writeTicketButtons(ticket, language) },
  ]);
}

function refuse(outcome: Extract<ActOutcome, { outcome: "refused" }>, { language }: TicketTurn): Reply {
  return toTicketReply("ticket-refused", language, outcome.refusal[language]);
}
