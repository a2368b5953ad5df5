import { type Actor, requireRight } from "../access/index.ts";
import { readAnswer } from "./given-answer.ts";
import type { PublishingParts } from "./publishing-parts.ts";
import type { GivenAnswerHead } from "./types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;
const DEFAULT_LIMIT = 20;
const BATCH = 500;

/**
 * Answers given lately whose question holds some words, newest first, without who asked. What was looked for is written
 * down, as each look at an answer is.
 */
export async function findGivenAnswers(
  { storage, clock }: PublishingParts,
  by: Actor,
  {
    text = "",
    days = DEFAULT_DAYS,
    limit = DEFAULT_LIMIT,
  }: { text?: string; days?: number; limit?: number } = {},
): Promise<GivenAnswerHead[]> {
  requireRight(by, "read-answers");
  const now = clock();
  await storage.audit.append({
    at: now.toISOString(),
    actor: by.account,
    action: "answers.searched",
    subject: "turns",
    reason: null,
    details: { text, days },
  });
  const found: GivenAnswerHead[] = [];
  await storage.conversation.eachTurnSince(new Date(now.getTime() - days * DAY_MS), BATCH, (turns) => {
    for (const { turnId, question, at, answer } of turns) {
      const given = readAnswer(answer);
      if (!given || question === "" || !question.includes(text)) continue;
      found.push({ turnId, question, at, kind: given.kind });
      // Of a long period only the end is kept.
      if (found.length > limit) found.shift();
    }
  });
  return found.reverse();
}
