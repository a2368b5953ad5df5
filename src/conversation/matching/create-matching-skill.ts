import { type ErrorCode, toAppError } from "../../shared/index.ts";
import type { InboundMessage, MessageSkill, Reply, SkillContext } from "../types.ts";
import { chooseStep } from "./choose-step.ts";
import { FRESH } from "./match-dialogue.ts";
import { askToWriteDirectly, toMatchReply, writeGroupNotice } from "./match-reply.ts";
import { type MatchStep, type MatchTurn, openTurn } from "./match-turn.ts";
import type { MatchingSkillOptions } from "./matching-parts.ts";

/** Failures that a person can act on; they are replies, not errors with a number. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  "forbidden",
  "conflict",
  "not-found",
  "usage",
  "unusable-input",
]);

/** Ends the dialogue as well; the conversation itself answers it. */
const RESET =
  /^(?:重置|清空|清除上下文|清空上下文|新对话|新会话|重新开始|换个话题|reset|clear|new chat|start over)[。.!！]?$/iu;

/**
 * Matching by chat: an enterprise says who it is and gets the programs that fit, with a verdict for every condition. What
 * concerns one's own enterprise never stands in a group.
 */
export function createMatchingSkill(options: MatchingSkillOptions): MessageSkill {
  return {
    name: "matching",
    async handle(message, context) {
      const turn = await openTurn(options, message, context);
      if (RESET.test(message.text.trim())) await turn.dialogue.save(FRESH, null);
      const step = await chooseStep(turn);
      if (!step) return undefined;
      return message.chatKind === "group" && step.isPrivate
        ? answerPrivately(turn, step, message, context)
        : runStep(turn, step);
    },
  };
}

/**
 * Facts, the direct message and the state of the dialogue are all keyed by the message: worked on again after a crash,
 * nothing happens twice, and the group gets the same line.
 */
async function answerPrivately(
  turn: MatchTurn,
  step: MatchStep,
  { messageKey }: InboundMessage,
  { sendDirect, canSendDirect, language }: SkillContext,
): Promise<Reply | undefined> {
  if (canSendDirect === false) return askToWriteDirectly(language);
  const reply = await runStep(turn, step);
  if (!reply) return undefined;
  await sendDirect(`match:${messageKey}`, reply);
  return writeGroupNotice(language);
}

async function runStep({ options, language }: MatchTurn, step: MatchStep): Promise<Reply | undefined> {
  try {
    return await step.run();
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!EXPECTED.has(error.code)) throw thrown;
    options.logger.info({ code: error.code, error: error.message }, "matching request refused");
    return toMatchReply("match-refused", language, error.safeMessage);
  }
}
