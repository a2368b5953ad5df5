import type { Answer } from "../../answering/index.ts";
import type { ConversationStore, TurnRecord } from "../../storage/index.ts";
import { OFFERED } from "../render-answer.ts";
import type { Asker, InboundMessage } from "../types.ts";

/** Turns to look through for the latest answer; notices and errors lie in between. */
const LATEST = 10;

export type AnswerTurns = Pick<ConversationStore, "turnOf" | "recentTurns" | "keysOf">;

export interface FoundAnswer {
  messageKey: string;
  question: string;
  answer: Answer;
  asker: Asker | undefined;
}

/**
 * The answer that a button names, else the one that the message stands under, else the latest of the dialogue. Undefined:
 * there is none, or none any more.
 */
export async function findAnswer(
  turns: AnswerTurns,
  message: InboundMessage,
  named: string | undefined,
  sessionKey: string,
): Promise<FoundAnswer | undefined> {
  if (named !== undefined) return toFound(await turns.turnOf(message.channel, named));
  for (const key of await turns.keysOf(message.channel, message.repliesTo ?? [])) {
    const found = toFound(await turns.turnOf(message.channel, key));
    if (found) return found;
  }
  const latest = await turns.recentTurns(sessionKey, LATEST);
  return latest.toReversed().map(toFound).find(Boolean);
}

function toFound(turn: TurnRecord | undefined): FoundAnswer | undefined {
  const answer = turn?.answer as Partial<Answer> | undefined;
  if (!turn || !answer?.kind || !OFFERED.has(answer.kind) || !answer.citations) return undefined;
  const { messageKey, question, asker } = turn;
  return { messageKey, question, answer: answer as Answer, asker: asker as Asker | undefined };
}

/** Everybody in the chat sees an answer, and who asked sees it everywhere. */
export function canSee({ asker }: FoundAnswer, { channel, chatId, userId }: InboundMessage): boolean {
  if (!asker) return false;
  return asker.channel === channel && (asker.chatId === chatId || asker.userId === userId);
}
