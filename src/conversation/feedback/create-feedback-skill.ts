import type { FeedbackDesk } from "../../triage/index.ts";
import { isHandOver } from "../tickets/read-hand-over.ts";
import type { InboundMessage, MessageSkill, Reply, ReplyAction, SkillContext } from "../types.ts";
import { type FeedbackCommand, readFeedbackCommand } from "./feedback-command.ts";
import { type AnswerTurns, canSee, type FoundAnswer, findAnswer } from "./find-answer.ts";
import {
  writeForm,
  writeKept,
  writeNoAnswer,
  writeNoQuotes,
  writeQuotes,
  writeThanks,
} from "./write-feedback.ts";

export interface FeedbackSkillOptions {
  feedback: Pick<FeedbackDesk, "judge">;
  turns: AnswerTurns;
  /** The skills know `ticket.start`. */
  handOver: boolean;
}

/** Buttons carry no more. */
const MAX_VALUE = 400;

/** Judging an answer and copying what it quotes. Asked after tickets: where a person has the word, it is theirs. */
export function createFeedbackSkill(options: FeedbackSkillOptions): MessageSkill {
  return {
    name: "feedback",
    async handle(message, context) {
      const command = message.overheard ? undefined : readFeedbackCommand(message);
      if (!command || isWishForPerson(command)) return undefined;
      const found = await findAnswer(options.turns, message, command.message, context.sessionKey);
      if (!found || !mayUse(command, found, message)) return writeNoAnswer(context.language);
      return run(command, found, message, context, options);
    },
  };
}

/** 没帮助，帮我找个人: the person comes first. */
function isWishForPerson(command: FeedbackCommand): boolean {
  return command.do === "unhelpful" && command.message === undefined && isHandOver(command.reason ?? "");
}

/**
 * What a group's answer is judged by may be said in the direct chat, where the form was sent; it shows nothing. Quotes are
 * shown only where the answer was.
 */
function mayUse({ do: what }: FeedbackCommand, found: FoundAnswer, message: InboundMessage): boolean {
  return canSee(found, message) || (what === "unhelpful" && message.chatKind === "direct");
}

async function run(
  command: FeedbackCommand,
  found: FoundAnswer,
  message: InboundMessage,
  { actor, language: spoken }: SkillContext,
  { feedback, handOver }: FeedbackSkillOptions,
): Promise<Reply> {
  const { answer, messageKey, question } = found;
  // A button has no language of its own.
  const language = message.action ? answer.language : spoken;
  if (command.do === "quotes") {
    return answer.citations.length > 0 ? writeQuotes(answer) : writeNoQuotes(language);
  }
  const judgement = { channel: message.channel, messageKey, account: actor.account };
  if (command.do === "helpful") {
    const { outcome } = await feedback.judge({ ...judgement, verdict: "helpful" });
    return writeThanks(language, outcome === "changed");
  }
  const { cause, reason } = command;
  const { cut } = await feedback.judge({
    ...judgement,
    verdict: "unhelpful",
    ...(cause && { cause }),
    ...(reason && { reason }),
    ...(message.userName && { name: message.userName }),
  });
  const specialist = handOver ? offerSpecialist(question, language) : undefined;
  if (!cause) return writeForm(language, messageKey, specialist);
  return writeKept(language, { cut, specialist, isQuiet: !message.action && message.chatKind === "group" });
}

function offerSpecialist(question: string, language: Reply["language"]): ReplyAction {
  const label = language === "zh" ? "找专员" : "Find a specialist";
  const values = { question: question.slice(0, MAX_VALUE) };
  return { name: "ticket.start", label, style: "default", values, command: label };
}
