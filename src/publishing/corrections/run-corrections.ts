import type { PublishingParts } from "../publishing-parts.ts";
import type { NotifyAsker } from "../types.ts";
import { type CorrectionContext, correctTurn } from "./correct-turn.ts";
import { createEarlierStates, createTextSource, describeChanges } from "./publication-changes.ts";
import { rememberAnswers } from "./remember-answers.ts";

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
  // Another process may have published: the index must know of it before anything is asked.
  await parts.onPublished?.();
  const changes = await describeChanges(parts, events);
  const context: CorrectionContext = {
    parts: { ...parts, answerer: rememberAnswers(parts.answerer) },
    changes,
    texts: createTextSource(parts),
    earlier: await createEarlierStates(parts, changes),
  };
  const since = new Date(clock().getTime() - settings.correctionDays * DAY_MS);
  let handedOver = 0;
  await storage.conversation.eachTurnSince(since, TURNS_AT_ONCE, async (turns) => {
    for (const turn of turns) {
      const correction = await correctTurn(context, turn);
      if (correction && (await notify(correction))) handedOver += 1;
    }
  });
  const eventIds = events.map(({ eventId }) => eventId);
  await storage.knowledge.markCorrected(eventIds, clock());
  return handedOver;
}
