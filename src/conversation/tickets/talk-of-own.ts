import type { Ticket } from "../../triage/index.ts";
import type { PassedOn, Reply } from "../types.ts";
import { namesOf, runAskerCommand, start } from "./handle-asker.ts";
import { isForOthers } from "./is-for-others.ts";
import { type OwnTalk, readOwnTalk } from "./read-own-talk.ts";
import { showRequest } from "./start-request.ts";
import { pendingHere } from "./submit-request.ts";
import type { PendingRequest } from "./ticket-dialogue.ts";
import { say } from "./ticket-parts.ts";
import { paragraph, toButton, toTicketReply } from "./ticket-reply.ts";
import { answerPrivately, type TicketTurn } from "./ticket-turn.ts";
import { cut, isOpen, nameHolder, nameStatus, shortNumber } from "./ticket-words.ts";
import { writeTicketButtons } from "./write-opened.ts";
import { writeMyTickets } from "./write-status.ts";

/** Without a ticket anything less plain is about something else. */
const NAMES_IT = /催|工单|诉求|单子|ticket/iu;

type Outcome = Reply | PassedOn | undefined;

/** “催一下”, “撤回”, “没解决”: of one's only ticket it is clear which is meant; of several one is asked to choose. */
export async function talkOfOwn(turn: TicketTurn): Promise<Outcome> {
  if (turn.text === "" || isForOthers(turn)) return undefined;
  const talk = readOwnTalk(turn.text);
  if (!talk) return undefined;
  const tickets = await turn.options.desk.ticketsOf(turn.context.actor.account);
  const open = tickets.filter(isOpen);
  const closed = tickets.filter(({ status }) => status === "已办结");
  switch (talk.say) {
    case "urge":
    case "unheard":
      return urge(turn, talk, open);
    case "fine": {
      const pending = pendingHere(turn);
      return pending && pending.text !== "" ? remind(turn, pending) : undefined;
    }
    case "withdraw":
      return choose(turn, open, (ticket) => askToWithdraw(turn, ticket), tickets);
    case "reopen":
      return choose(
        turn,
        closed,
        ({ number }) => runAskerCommand(turn, { do: "reopen", ticket: number, reason: "" }),
        tickets,
      );
    case "unsolved":
      return closed.length === 0 ? undefined : choose(turn, closed, (ticket) => offerReopening(turn, ticket));
    case "rate": {
      const unrated = closed.filter(({ satisfaction }) => satisfaction === null);
      const { score } = talk;
      if (unrated.length === 0) return undefined;
      return choose(turn, unrated, ({ number }) =>
        runAskerCommand(turn, { do: "rate", ticket: number, score, comment: "" }),
      );
    }
    case "add":
      if (open.length === 0) return undefined;
      return choose(turn, open, ({ number }) =>
        runAskerCommand(turn, { do: "say", ticket: number, text: talk.text }),
      );
    default:
      return answerLate(turn, talk, open);
  }
}

/** Several: the list, each with its button; none: whatever there is, for the empty list says what to do. */
async function choose(
  turn: TicketTurn,
  meant: readonly Ticket[],
  act: (ticket: Ticket) => Promise<Outcome> | Outcome,
  all: readonly Ticket[] = [],
): Promise<Outcome> {
  const [only, ...others] = meant;
  if (only && others.length === 0) return act(only);
  const listed = meant.length > 0 ? meant : all;
  return answerPrivately(turn, writeMyTickets(listed, namesOf(turn), turn.language));
}

/** With a card still open the matter has gone nowhere yet: that is what they should know. */
async function urge(turn: TicketTurn, talk: OwnTalk, open: readonly Ticket[]): Promise<Outcome> {
  const pending = open.length === 0 ? pendingHere(turn) : undefined;
  // Its words are what the card asked for.
  if (pending?.text === "") return undefined;
  if (pending) return remind(turn, pending);
  if (open.length === 0 && talk.say === "unheard") return start(turn, "");
  if (open.length === 0 && !NAMES_IT.test(turn.text)) return undefined;
  return choose(turn, open, (ticket) => passUrging(turn, ticket));
}

async function remind(turn: TicketTurn, pending: PendingRequest): Promise<Reply> {
  const line = say(
    pending.language,
    "以下内容尚未提交，还没有转给任何人。请核对后点“提交”，或发送“提交”。",
    "This has not been submitted yet and went to nobody. Please check it and press or send “submit”.",
  );
  const { reply } = await showRequest(turn, pending, line);
  return answerPrivately(turn, reply);
}

async function passUrging(turn: TicketTurn, ticket: Ticket): Promise<Reply> {
  const { options, context, key, language, text } = turn;
  const said = { do: "asker-say" as const, text, files: [] };
  const outcome = await options.desk.act(ticket.ticketId, said, context.actor, key);
  if (outcome.outcome === "refused") {
    return toTicketReply("ticket-refused", language, outcome.refusal[language]);
  }
  const names = namesOf(turn);
  const holders = [...new Set(ticket.tasks.map((task) => nameHolder(task, names)))];
  const line = say(
    language,
    `已把您的话转达${holders.join("、")}（工单 ${ticket.number}，${nameStatus(ticket.status, language)}）。`,
    `Your words were passed on to ${holders.join(", ")} (ticket ${ticket.number}, ${nameStatus(ticket.status, language)}).`,
  );
  const reply = toTicketReply("ticket-done", language, line, [
    { type: "actions", actions: writeTicketButtons(ticket, language) },
  ]);
  return turn.message.chatId === ticket.asker.chatId ? reply : answerPrivately(turn, reply);
}

/** It cannot be taken back, so it is asked once. */
function askToWithdraw(turn: TicketTurn, ticket: Ticket): Promise<Reply> {
  const { language } = turn;
  const short = shortNumber(ticket.number);
  const line = say(
    language,
    `要撤回工单 ${ticket.number}（“${cut(ticket.text, 40)}”）吗？请点“撤回”，或发送“撤回 ${short}”；撤回后承办部门不再办理。`,
    `Withdraw ticket ${ticket.number} (“${cut(ticket.text, 40)}”)? Press “Withdraw” or send “withdraw ${short}”; nobody works on it afterwards.`,
  );
  const actions = writeTicketButtons(ticket, language);
  return answerPrivately(turn, toTicketReply("ticket-hint", language, line, [{ type: "actions", actions }]));
}

function offerReopening(turn: TicketTurn, ticket: Ticket): Promise<Reply> {
  const { language } = turn;
  const short = shortNumber(ticket.number);
  const line = say(
    language,
    `很抱歉工单 ${ticket.number} 没有让您满意。需要继续办理的，请点“重新打开”，或发送“重开 ${short} 还没解决的问题”。`,
    `We are sorry. To have ticket ${ticket.number} continued press “Reopen”, or send “reopen ${short} what is missing”.`,
  );
  const reopen = toButton("reopen", say(language, "重新打开", "Reopen"), {
    style: "primary",
    values: { ticket: ticket.ticketId },
    command: say(language, `重开 ${short}`, `reopen ${short}`),
  });
  return answerPrivately(
    turn,
    toTicketReply("ticket-hint", language, line, [{ type: "actions", actions: [reopen] }]),
  );
}

/** To a card that was submitted or dropped a moment ago; otherwise these are words of others. */
async function answerLate(turn: TicketTurn, talk: OwnTalk, open: readonly Ticket[]): Promise<Outcome> {
  const { dialogue, language } = turn;
  const { last, pending } = dialogue.state;
  if (!last || pending) return undefined;
  const ticket = open.find(({ number }) => number === last.number);
  if (ticket) {
    if (talk.say === "drop") return askToWithdraw(turn, ticket);
    const short = shortNumber(ticket.number);
    const line =
      talk.say === "submit"
        ? say(
            language,
            `已经提交过了，工单号 ${ticket.number}，无需重复提交。`,
            `It was submitted already as ticket ${ticket.number}.`,
          )
        : say(
            language,
            `工单 ${ticket.number} 已提交，原文不能再改。要补充或更正的，请发送“补充 ${short} 内容”；不再需要的，发送“撤回 ${short}”。`,
            `Ticket ${ticket.number} was submitted and cannot be changed. To add to it send “add ${short} …”.`,
          );
    const actions = writeTicketButtons(ticket, language);
    return answerPrivately(
      turn,
      toTicketReply("ticket-hint", language, line, [{ type: "actions", actions }]),
    );
  }
  if (talk.say === "change" || last.number !== null) return undefined;
  const line = say(
    language,
    "目前没有待确认的转交，没有转给任何人。",
    "There is nothing waiting to be passed on.",
  );
  const hint = say(
    language,
    "仍需要专员的，请发送“找专员”。",
    "To reach a person, send “find a specialist”.",
  );
  return toTicketReply("ticket-hint", language, line, [paragraph(hint)]);
}
