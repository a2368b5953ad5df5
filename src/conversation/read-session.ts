import type { Answer } from "../answering/index.ts";
import type { ConversationStore, TurnRecord } from "../storage/index.ts";
import { detectLanguage, isCourtesy } from "./detect-language.ts";
import { type CitationUrl, renderAnswer } from "./render-answer.ts";
import type { Reply } from "./types.ts";

/** How far back earlier questions help to understand a follow-up. */
const CONTEXT_QUESTIONS = 3;
const CONTEXT_AGE_MS = 2 * 60 * 60 * 1000;
/** Turns to look through for them; notices and errors lie in between. */
const CONTEXT_TURNS = 10;

const KINDS_WITH_SUBJECT: ReadonlySet<string> = new Set([
  "answered",
  "partial",
  "not-in-documents",
  "needs-clarification",
]);

export function isAboutSomething({ kind }: Pick<StoredOutcome, "kind">): boolean {
  return KINDS_WITH_SUBJECT.has(kind);
}

/** What a turn keeps: the answer, or for replies without one (help, error …) the reply itself. */
export type StoredOutcome = Answer | { kind: string; reply: Reply };

/** One exchange, as a person sees it when they come back. */
export interface HistoryEntry {
  turnId: string;
  messageKey: string;
  question: string;
  reply: Reply;
  /** ISO 8601. */
  at: string;
}

/** The asker's last questions that had a subject, oldest first, back to a reset and for two hours at most. */
export async function readContext(
  store: ConversationStore,
  sessionKey: string,
  now: Date,
): Promise<string[]> {
  const turns = await store.recentTurns(sessionKey, CONTEXT_TURNS);
  const questions: string[] = [];
  for (const turn of turns.toReversed()) {
    const { kind } = turn.answer as StoredOutcome;
    const age = now.getTime() - Date.parse(turn.at);
    if (kind === "reset" || age > CONTEXT_AGE_MS || questions.length === CONTEXT_QUESTIONS) break;
    if (KINDS_WITH_SUBJECT.has(kind)) questions.unshift(turn.question);
  }
  return questions;
}

/** An answer of a person may be thanked for the next day. */
const LANGUAGE_AGE_MS = 24 * 60 * 60 * 1000;

/** The language of the dialogue so far; undefined: nothing was said for a day that tells. */
export async function readSpokenLanguage(
  store: ConversationStore,
  sessionKey: string,
  now: Date,
): Promise<"zh" | "en" | undefined> {
  const turns = await store.recentTurns(sessionKey, CONTEXT_TURNS);
  const last = turns.findLast(({ question }) => question === "" || !isCourtesy(question));
  if (!last || now.getTime() - Date.parse(last.at) > LANGUAGE_AGE_MS) return undefined;
  // A notice answers no words; it is in the language of its ticket.
  if (/\p{L}/u.test(last.question)) return detectLanguage(last.question);
  const outcome = last.answer as StoredOutcome;
  return "reply" in outcome ? outcome.reply.language : outcome.language;
}

/** The latest exchanges of a session, oldest first. */
export async function readHistory(
  store: ConversationStore,
  sessionKey: string,
  limit: number,
  { citationUrl, ...offers }: { citationUrl?: CitationUrl; handOver?: boolean; feedback?: boolean } = {},
): Promise<HistoryEntry[]> {
  const turns = await store.recentTurns(sessionKey, limit);
  return turns.map((turn) => toHistoryEntry(turn, citationUrl, offers));
}

function toHistoryEntry(
  turn: TurnRecord,
  citationUrl: CitationUrl | undefined,
  { handOver = false, feedback = false }: { handOver?: boolean; feedback?: boolean },
): HistoryEntry {
  const outcome = turn.answer as StoredOutcome;
  const { turnId, messageKey, question, at } = turn;
  const offers = { question, handOver, ...(feedback && { messageKey }) };
  const reply = "reply" in outcome ? outcome.reply : renderAnswer(outcome, citationUrl, offers);
  return { turnId, messageKey, question, reply, at };
}
