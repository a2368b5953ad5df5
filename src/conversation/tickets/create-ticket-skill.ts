import { type ErrorCode, toAppError } from "../../shared/index.ts";
import { chooseSkill } from "../choose-skill.ts";
import type { InboundMessage, MessageSkill, PassedOn, Reply } from "../types.ts";
import { runAskerCommand, start } from "./handle-asker.ts";
import { runWorkCommand } from "./handle-work.ts";
import { holdThread } from "./hold-thread.ts";
import { isForOthers } from "./is-for-others.ts";
import { findDanger, startInDanger } from "./meet-danger.ts";
import { readAskerAction, readAskerWords } from "./read-asker-command.ts";
import { readHandOver } from "./read-hand-over.ts";
import { readWorkAction, readWorkWords } from "./read-work-command.ts";
import { startRequest } from "./start-request.ts";
import { attachToRequest, editRequest, pendingHere } from "./submit-request.ts";
import { takeThreadWords } from "./take-thread-words.ts";
import { talkOfOwn } from "./talk-of-own.ts";
import { say, type TicketSkillOptions } from "./ticket-parts.ts";
import { toTicketReply, toUnsentReply } from "./ticket-reply.ts";
import { openTurn, type TicketTurn } from "./ticket-turn.ts";

/** Failures that a person can act on; they are replies, not errors with a number. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  "forbidden",
  "conflict",
  "not-found",
  "usage",
  "unusable-input",
]);

type Outcome = Reply | PassedOn | undefined;

/** Tickets by chat: asked before the other skills, for where a person has the word the bot is quiet. */
export function createTicketSkill(options: TicketSkillOptions): MessageSkill {
  return {
    name: "tickets",
    async handle(message, context) {
      const turn = await openTurn(options, message, context);
      try {
        return (await takeMessage(turn)) ?? leaveOverheard(message, turn);
      } catch (thrown) {
        const error = toAppError(thrown);
        if (!EXPECTED.has(error.code)) throw thrown;
        options.logger.info({ code: error.code, error: error.message }, "ticket request refused");
        return toTicketReply("ticket-refused", turn.language, error.safeMessage);
      }
    },
  };
}

async function takeMessage(turn: TicketTurn): Promise<Outcome> {
  const { message } = turn;
  if (message.action) return takeAction(turn, message.action);
  if (chooseSkill(message) === "reset") await turn.dialogue.save({ pending: null, last: null });
  const typed = await takeTyped(turn);
  if (typed) return typed;
  const worked = await takeThreadWords(turn);
  if (worked) return worked;
  const danger = await findDanger(turn);
  const held = await holdThread(turn, danger);
  if (held) return held;
  if (danger !== null) return startInDanger(turn);
  return (await talkOfOwn(turn)) ?? (await takeForRequest(turn)) ?? takeWish(turn);
}

async function takeAction(turn: TicketTurn, action: NonNullable<InboundMessage["action"]>): Promise<Outcome> {
  const asked = readAskerAction(action);
  const outcome = asked && (await runAskerCommand(turn, asked));
  if (outcome) return outcome;
  const work = readWorkAction(action);
  return work && runWorkCommand(turn, work);
}

/** The asker's reading of a command comes first; what is not theirs may be work. */
async function takeTyped(turn: TicketTurn): Promise<Outcome> {
  const asked = readAskerWords(turn.text);
  const outcome = asked && (await runAskerCommand(turn, asked));
  if (outcome) return outcome;
  const work = readWorkWords(turn.text);
  return work && runWorkCommand(turn, work);
}

/** Files, or the words that an empty card asked for. */
async function takeForRequest(turn: TicketTurn): Promise<Outcome> {
  const pending = pendingHere(turn);
  if (!pending) return undefined;
  if ((turn.message.attachments ?? []).length > 0 && turn.text === "") return attachToRequest(turn, pending);
  const isMissing =
    pending.text === "" && turn.text !== "" && !isForOthers(turn) && readHandOver(turn.text)?.bare !== true;
  return isMissing ? editRequest(turn, pending, { edit: "text", text: turn.text }) : undefined;
}

/** Spoken to us, not to the one who gets the rest. */
const CALL =
  /^(?:请|麻烦)?(?:帮我|给我|我要|我想)?(?:找|转|转接)(?:个|一位)?(?:专员|人工|客服)\s*[:：,，。]\s*(?=\S)/u;

async function takeWish(turn: TicketTurn): Promise<Outcome> {
  const wish = readHandOver(turn.text);
  if (!wish) return undefined;
  if (wish.bare) return start(turn, "");
  const { options, context, at } = turn;
  const text = turn.text.replace(CALL, "");
  return startRequest(turn, { text, context: await options.recentQuestions(context.sessionKey, at) });
}

/** Taken in from a thread of a ticket, said by somebody who is no part of it. */
function leaveOverheard(message: InboundMessage, { language }: TicketTurn): Outcome {
  if (!message.overheard) return undefined;
  return toUnsentReply(
    language,
    say(
      language,
      "本条未转交：只有提问人和承办专员的回复会进入工单。",
      "Not passed on: only the asker and those who work on the ticket are part of it.",
    ),
  );
}
