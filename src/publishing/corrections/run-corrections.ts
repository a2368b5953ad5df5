import type { Answer } from "../../answering/index.ts";
import { type DocumentId, toAppError, toShanghaiDay, type VersionId } from "../../shared/index.ts";
import type { PublicationEvent, TurnRecord } from "../../storage/index.ts";
import { citesDocument, readAnswer } from "../given-answer.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Correction, NotifyAsker } from "../types.ts";
import { type ChangedText, hasMateriallyChanged } from "./compare-given.ts";
import { audienceOf, type KnownAsker, readAsker } from "./read-asker.ts";
import { writeSummary } from "./write-summary.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const TURNS_AT_ONCE = 200;
/** All that a large import leaves: the turns are gone through once for all of them. */
const EVENTS_AT_ONCE = 100_000;

/**
 * Looks at every publication that has not been looked at, and at the answers of the last days that it may have changed.
 * The publications are marked only after all corrections were handed over; a run that is cut off begins anew, and keys
 * keep what was handed over from going out twice.
 */
export async function runCorrections(parts: PublishingParts, notify: NotifyAsker): Promise<number> {
  const { storage, settings, clock } = parts;
  const events = await storage.knowledge.pendingPublicationEvents(EVENTS_AT_ONCE);
  if (events.length === 0) return 0;
  // Somebody asks the index in the meantime, and so do we: it must know what was published.
  await parts.onPublished?.();
  const changes = await describeChanges(parts, events);
  const since = new Date(clock().getTime() - settings.correctionDays * DAY_MS);
  let handedOver = 0;
  await storage.conversation.eachTurnSince(since, TURNS_AT_ONCE, async (turns) => {
    for (const turn of turns) {
      const correction = await correctTurn(parts, turn, changes);
      if (correction && (await notify(correction))) handedOver += 1;
    }
  });
  const eventIds = events.map(({ eventId }) => eventId);
  await storage.knowledge.markCorrected(eventIds, clock());
  return handedOver;
}

interface Change {
  documentId: DocumentId;
  /** Null: withdrawn. */
  versionId: VersionId | null;
  /** The latest event of the document. */
  event: PublicationEvent;
  /** Published now; empty when nothing is. Read when it is needed. */
  text(): Promise<string>;
}

async function describeChanges(
  { storage, knowledge }: PublishingParts,
  events: readonly PublicationEvent[],
): Promise<Change[]> {
  const latest = new Map<DocumentId, PublicationEvent>();
  for (const event of events) latest.set(event.documentId, event);
  const changes: Change[] = [];
  for (const [documentId, event] of latest) {
    const versionId = (await storage.knowledge.getDocument(documentId))?.publishedVersionId ?? null;
    let reading: Promise<string> | undefined;
    const text = () => {
      reading ??= versionId === null ? Promise.resolve("") : knowledge.documentText(versionId);
      return reading;
    };
    changes.push({ documentId, versionId, event, text });
  }
  return changes;
}

async function correctTurn(
  parts: PublishingParts,
  turn: TurnRecord,
  changes: readonly Change[],
): Promise<Correction | undefined> {
  const before = readAnswer(turn.answer);
  const asker = readAsker(turn.asker);
  if (!before || !asker || isOfAnotherDay(before, turn)) return undefined;
  const touching = changes.filter((change) => turn.at < change.event.at && mayTouch(before, change));
  if (touching.length === 0) return undefined;
  const after = await askAgain(parts, turn, before, asker);
  if (!after || !hasMateriallyChanged(before, after, await readTexts(before, touching))) return undefined;
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

/** Only of what was cited; a text that was not is known by its id alone. */
function readTexts(before: Answer, touching: readonly Change[]): Promise<ChangedText[]> {
  return Promise.all(
    touching.map(async ({ documentId, text }) => ({
      documentId,
      text: citesDocument(before, documentId) ? await text() : "",
    })),
  );
}

/** Undefined: a question that cannot be answered any more must not hold up the others for ever. */
async function askAgain(
  { answerer, rolesOf, logger }: PublishingParts,
  turn: TurnRecord,
  before: Answer,
  asker: KnownAsker,
): Promise<Answer | undefined> {
  const audience = audienceOf(asker, await rolesOf(asker.account));
  const question = before.resolvedQuestion || turn.resolvedQuestion;
  try {
    return await answerer.answerQuestion({ question, audience });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.retryable) throw error;
    logger.error({ turnId: turn.turnId, errorId: error.id, reason: error.message }, "turn not looked at");
    return undefined;
  }
}

/** Asked as of a day in the past: what holds now was not asked for. */
function isOfAnotherDay({ asOf }: Answer, { at }: TurnRecord): boolean {
  return asOf !== undefined && asOf !== toShanghaiDay(new Date(at));
}

/** It cites the document, or lacked what a newly published text may say. */
function mayTouch(before: Answer, { documentId, versionId }: Change): boolean {
  if (citesDocument(before, documentId)) return true;
  return versionId !== null && (before.kind === "not-in-documents" || before.kind === "partial");
}
