import type { PublicationEvent } from "../../storage/index.ts";
import { indexQuotes, quotesOf, stands } from "../catalogue/index-quotes.ts";
import type { CatalogueEntry } from "../types.ts";
import { readUsable } from "./match-changed.ts";
import type { OutreachParts } from "./outreach-types.ts";
import { type ChangedProgram, type RunPrograms, readRunPrograms } from "./run-programs.ts";

const EVENTS_AT_ONCE = 500;

/**
 * What is published anew or changed. The run is kept before its events count as handled: a process that dies in between
 * finds the run, and notes the events then.
 */
export async function openProgramRuns(parts: OutreachParts): Promise<void> {
  for (const run of await parts.store.unfinishedRuns()) {
    const events = readRunPrograms(run.programs)?.events ?? [];
    if (events.length > 0) await parts.programs.markHandled(events, parts.clock());
  }
  const events = await parts.programs.pendingEvents(EVENTS_AT_ONCE);
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return;
  const changed = new Map<string, ChangedProgram>();
  for (const { programId, fromRevision, toRevision } of events) {
    if (toRevision === null) changed.delete(programId);
    else {
      const news = fromRevision === null && changed.get(programId)?.news !== "changed" ? "new" : "changed";
      changed.set(programId, { programId, revision: toRevision, news });
    }
  }
  const eventIds = events.map(({ eventId }) => eventId);
  const programs: RunPrograms = { programs: [...changed.values()], events: eventIds };
  const trigger = `program-events:${first.eventId}-${last.eventId}`;
  await parts.store.openRun({ runId: parts.ids(), trigger, programs }, parts.clock());
  await parts.programs.markHandled(eventIds, parts.clock());
}

/** Remembers what it has looked at, so that it asks the store only after a change. */
export function createDocumentRuns(parts: OutreachParts): () => Promise<void> {
  let looked: string | undefined;
  const opened = new Set<number>();
  return async () => {
    const revision = await parts.catalogue.revision();
    if (revision === looked) return;
    const usable = await readUsable(parts, parts.clock());
    const byDocument = Map.groupBy(usable.values(), ({ documentId }) => documentId);
    const published = new Map(
      (await parts.programs.listPrograms({ state: "published" })).map((one) => [
        one.programId,
        one.publishedAt ?? one.createdAt,
      ]),
    );
    for (const [documentId, entries] of byDocument) {
      if (documentId === null) continue;
      for (const event of await parts.knowledge.publicationHistory(documentId)) {
        if (opened.has(event.eventId)) continue;
        const before = entries.filter(({ program }) => (published.get(program.id) ?? "") < event.at);
        if (before.length > 0 && event.toVersionId !== null) await openDocumentRun(parts, event, before);
        opened.add(event.eventId);
      }
    }
    looked = revision;
  };
}

/** Programs that were there before the publication, and stand since. */
async function openDocumentRun(
  { store, documents, ids, clock }: OutreachParts,
  event: PublicationEvent,
  entries: readonly CatalogueEntry[],
): Promise<void> {
  const stoodBefore = await createStanding(documents, event.fromVersionId);
  const programs = entries
    .filter((entry) => !stoodBefore(entry))
    .map(({ program, revision }): ChangedProgram => ({ programId: program.id, revision, news: "again" }));
  if (programs.length === 0) return;
  const trigger = `document-event:${event.eventId}`;
  await store.openRun({ runId: ids(), trigger, programs: { programs, events: [] } }, clock());
}

async function createStanding(
  documents: OutreachParts["documents"],
  versionId: PublicationEvent["fromVersionId"],
): Promise<(entry: CatalogueEntry) => boolean> {
  if (versionId === null) return () => false;
  const [text, clauses] = await Promise.all([
    documents.documentText(versionId),
    documents.getClauses(versionId),
  ]);
  const index = indexQuotes(text, clauses);
  return ({ program }) => quotesOf(program).map(index.check).every(stands);
}
