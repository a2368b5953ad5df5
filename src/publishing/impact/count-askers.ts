import type { DocumentId } from "../../shared/index.ts";
import { readAsker } from "../corrections/read-asker.ts";
import { citesDocument, readAnswer } from "../given-answer.ts";
import type { PublishingParts } from "../publishing-parts.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const BATCH = 500;

/** How many people had an answer lately that cites the document. */
export async function countAskers(
  { storage, settings, clock }: PublishingParts,
  documentId: DocumentId,
): Promise<number> {
  const since = new Date(clock().getTime() - settings.correctionDays * DAY_MS);
  const askers = new Set<string>();
  await storage.conversation.eachTurnSince(since, BATCH, (turns) => {
    for (const turn of turns) {
      if (!citesDocument(readAnswer(turn.answer), documentId)) continue;
      const asker = readAsker(turn.asker);
      askers.add(asker ? asker.account : turn.sessionKey);
    }
  });
  return askers.size;
}
