import type { Answer, AnswerRequest } from "../../answering/index.ts";
import { toAppError, toShanghaiDay } from "../../shared/index.ts";
import type { TurnRecord } from "../../storage/index.ts";
import { citesDocument, isInformative, readAnswer } from "../given-answer.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Correction } from "../types.ts";
import { hasMateriallyChanged, listVanished } from "./compare-given.ts";
import type { EarlierStates, PublicationChange, TextSource } from "./publication-changes.ts";
import { audienceOf, type KnownAsker, readAsker } from "./read-asker.ts";
import { writeSummary } from "./write-summary.ts";

export interface CorrectionContext {
  parts: PublishingParts;
  changes: readonly PublicationChange[];
  texts: TextSource;
  earlier: EarlierStates;
}

/** What has to be told to the one who asked; undefined: nothing. */
export async function correctTurn(
  context: CorrectionContext,
  turn: TurnRecord,
): Promise<Correction | undefined> {
  const { parts, changes, texts } = context;
  const before = readAnswer(turn.answer);
  const asker = readAsker(turn.asker);
  if (!before || !asker || isOfAnotherDay(before, turn)) return undefined;
  const at = lastSeenState(turn, before, changes);
  const touching = changes.filter((change) => at < change.event.at && mayTouch(before, change));
  if (touching.length === 0) return undefined;
  const request = await repeatQuestion(parts, turn, before, asker);
  const after = await askAgain(parts, turn, request);
  if (!after || !hasMateriallyChanged(before, after, await texts.present(before, touching))) return undefined;
  if (!(await isNews(context, turn, { at, before, after, touching, request }))) return undefined;
  const newest = Math.max(...touching.map(({ event }) => event.eventId));
  return {
    key: `correction:${turn.turnId}:${newest}`,
    turnId: turn.turnId,
    question: turn.question,
    askedAt: turn.at,
    asker: turn.asker,
    before,
    after,
    summary: writeSummary(turn.question, turn.at, before, after),
  };
}

/**
 * Over what state a turn was answered: that of its instant, unless it cites what was replaced before the answer was kept.
 * A question can be under way while a text is published.
 */
function lastSeenState({ at }: TurnRecord, before: Answer, changes: readonly PublicationChange[]): string {
  const replaced = changes.flatMap(({ replacedAt }) => before.citations.map(replacedAt));
  return replaced.reduce<string>((earliest, event) => {
    if (event === undefined) return earliest;
    const justBefore = new Date(Date.parse(event) - 1).toISOString();
    return justBefore < earliest ? justBefore : earliest;
  }, at);
}

interface ComparedTurn {
  at: string;
  before: Answer;
  after: Answer;
  touching: readonly PublicationChange[];
  request: AnswerRequest;
}

/**
 * What an earlier publication changed was told then. News is a quote that these events took away; or that the answer over
 * what was published before them is another.
 */
async function isNews(
  { parts, texts, earlier }: CorrectionContext,
  turn: TurnRecord,
  { at, before, after, touching, request }: ComparedTurn,
): Promise<boolean> {
  const gone = new Set(listVanished(before, await texts.present(before, touching)));
  const goneEarlier = new Set(listVanished(before, await texts.earlier(before, touching, at)));
  if ([...gone].some((citation) => !goneEarlier.has(citation))) return true;
  if (!isInformative(after)) return false;
  const prior = await askAgain(parts, turn, { ...request, preview: earlier(at) });
  return !prior || hasMateriallyChanged(prior, after, await texts.present(prior, touching));
}

async function repeatQuestion(
  { rolesOf }: PublishingParts,
  turn: TurnRecord,
  before: Answer,
  asker: KnownAsker,
): Promise<AnswerRequest> {
  const audience = audienceOf(asker, await rolesOf(asker.account));
  return { question: before.resolvedQuestion || turn.resolvedQuestion, audience };
}

/** Undefined: a question that cannot be answered any more must not hold up the others for ever. */
async function askAgain(
  { answerer, logger }: PublishingParts,
  { turnId }: TurnRecord,
  request: AnswerRequest,
): Promise<Answer | undefined> {
  try {
    return await answerer.answerQuestion(request);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.retryable) throw error;
    logger.error({ turnId, errorId: error.id, reason: error.message }, "turn not looked at");
    return undefined;
  }
}

/** Asked as of a day in the past: what holds now was not asked for. */
function isOfAnotherDay({ asOf }: Answer, { at }: TurnRecord): boolean {
  return asOf !== undefined && asOf !== toShanghaiDay(new Date(at));
}

/** It cites the document, or lacked what a newly published text may say. */
function mayTouch(before: Answer, { documentId, versionId }: PublicationChange): boolean {
  if (citesDocument(before, documentId)) return true;
  return versionId !== null && (before.kind === "not-in-documents" || before.kind === "partial");
}
