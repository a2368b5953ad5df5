import { can } from "../../access/index.ts";
import type { Ticket, TicketEvent, TicketTask } from "../../triage/index.ts";
import { isQuestion } from "../matching/understand-words.ts";
import type { Reply } from "../types.ts";
import { namesOf } from "./handle-asker.ts";
import { isForOthers } from "./is-for-others.ts";
import { takeFiles } from "./take-files.ts";
import { say } from "./ticket-parts.ts";
import { paragraph, toQuietReply, toTicketReply } from "./ticket-reply.ts";
import type { TicketTurn } from "./ticket-turn.ts";
import { isOpen, namesOfHearers } from "./ticket-words.ts";

/** In a direct chat or an open group the person has the word for so long after their own. */
const WORD_MS = 30 * 60 * 1000;

/** To nobody in particular a wish for help; where a person has the word, a nudge for that person. */
const NUDGE = /^[?？!！\s]+$/u;

/** What an asker says where a person is on it goes to that person; the bot stays quiet. */
export async function holdThread(turn: TicketTurn, safety: string | null): Promise<Reply | undefined> {
  if (isForOthers(turn) && !NUDGE.test(turn.text)) return undefined;
  const ticket = await findHeld(turn);
  return ticket && forward(turn, ticket, safety);
}

/** The ticket whose thread this is, if a person has the word in it. */
async function findHeld(turn: TicketTurn): Promise<Ticket | undefined> {
  const { options, message, context } = turn;
  const { account } = context.actor;
  const answered = await findAnswered(turn);
  if (answered) return answered;
  const ticket = await options.desk.activeIn(context.sessionKey, account);
  if (!ticket || ticket.asker.account !== account) return undefined;
  // With a bare file the bot can do nothing; whoever works on the ticket can.
  if (isBareFile(turn)) return ticket;
  if (!ticket.tasks.some(isHeld)) return undefined;
  const isGroup = message.chatKind === "group";
  // A thread is the ticket's; into the open group people come with other questions as well, when it has long been quiet.
  if (isGroup && (message.threadId !== undefined || !isQuestion(turn.text))) return ticket;
  return (await hasWord(turn, ticket, isGroup)) ? ticket : undefined;
}

function isBareFile({ message, text, context, dialogue }: TicketTurn): boolean {
  const hasFile = (message.attachments ?? []).length > 0 && text === "";
  // A card that stands open takes files itself; administrators bring documents.
  return hasFile && dialogue.state.pending === null && !can(context.actor.roles, "submit-document");
}

function isHeld({ state }: TicketTask): boolean {
  return state === "claimed" || state === "asking" || state === "answered";
}

/** The message stands under one of a ticket's. */
async function findAnswered({ options, message, context }: TicketTurn): Promise<Ticket | undefined> {
  const above = message.repliesTo ?? [];
  if (above.length === 0) return undefined;
  const tickets = await options.desk.ticketsOf(context.actor.account);
  for (const ticket of tickets.filter(isOpen)) {
    if (await options.isMessageOf?.(ticket, message.channel, above)) return ticket;
  }
  if (!message.overheard) return undefined;
  // Taken in because it stands under a ticket's message of this chat.
  return tickets.find((ticket) => isOpen(ticket) && ticket.asker.chatId === message.chatId);
}

async function hasWord({ options, at }: TicketTurn, ticket: Ticket, isGroup: boolean): Promise<boolean> {
  if (ticket.tasks.some(({ state }) => state === "asking")) return true;
  const events = await options.desk.eventsOf(ticket.ticketId);
  const last = events.findLast(
    ({ kind }) => kind === "asked" || kind === "replied" || (isGroup && kind === "claimed"),
  );
  return last !== undefined && at.getTime() - Date.parse(last.at) < WORD_MS;
}

async function forward(turn: TicketTurn, ticket: Ticket, safety: string | null): Promise<Reply> {
  const { options, context, key, language, text } = turn;
  const { files, refused } = await takeFiles(turn, {
    account: ticket.asker.account,
    enterpriseId: ticket.enterpriseId,
  });
  if (text === "" && files.length === 0) {
    return toTicketReply("ticket-refused", language, refused.join("\n"));
  }
  const isFirst = !(await options.desk.eventsOf(ticket.ticketId)).some(saidBefore(key));
  const outcome = await options.desk.act(
    ticket.ticketId,
    { do: "asker-say", text, files },
    context.actor,
    key,
  );
  if (outcome.outcome === "refused")
    return toTicketReply("ticket-refused", language, outcome.refusal[language]);
  const line = describeForwarded(turn, ticket);
  if (safety !== null)
    return toTicketReply("ticket-held", language, safety, [paragraph(line), ...refused.map(paragraph)]);
  if (!isFirst && refused.length === 0) return toQuietReply(language, line);
  const hint = isFirst ? [paragraph(writeHint(turn))] : [];
  return toTicketReply("ticket-held", language, line, [...refused.map(paragraph), ...hint]);
}

function saidBefore(key: string): (event: TicketEvent) => boolean {
  return (event) => event.kind === "asker-said" && event.key !== key;
}

function describeForwarded(turn: TicketTurn, ticket: Ticket): string {
  const holders = namesOfHearers(ticket, namesOf(turn));
  return say(
    turn.language,
    `已转给${holders}（工单 ${ticket.number}）`,
    `Passed on to ${holders} (ticket ${ticket.number})`,
  );
}

function writeHint({ language }: TicketTurn): string {
  return say(
    language,
    "本会话由专员接续，机器人不再逐条答复。想问机器人政策问题，请在前面加“问贤策”，例如“问贤策 人才公寓怎么申请”。",
    "A specialist has this chat now, so the bot stays quiet. To ask the bot, begin with “ask the bot”.",
  );
}
