import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { insertRows } from "../insert-rows.ts";
import { inChunks, toInstant, toText } from "../row-values.ts";
import type { KnowledgeStore, PublicationEvent } from "../types.ts";

/** What is published of a document, before and after. */
export type PublicationChange = Pick<PublicationEvent, "documentId" | "fromVersionId" | "toVersionId">;

interface EventRow {
  event_id: number | string;
  document_id: DocumentId;
  from_version_id: VersionId | null;
  to_version_id: VersionId | null;
  at: string;
  corrected_at: string | null;
}

const COLUMNS = ["document_id", "from_version_id", "to_version_id", "at"] as const;
const IDS_PER_UPDATE = 1000;

type EventsPart = Pick<KnowledgeStore, "pendingPublicationEvents" | "publicationHistory" | "markCorrected">;

export function createPublicationEvents({ read, write }: Database): EventsPart {
  return {
    async pendingPublicationEvents(limit) {
      const rows: EventRow[] = await read("publication_events")
        .whereNull("corrected_at")
        .orderBy("event_id")
        .limit(limit);
      return rows.map(toPublicationEvent);
    },
    async publicationHistory(documentId) {
      const rows: EventRow[] = await read("publication_events")
        .where("document_id", toText(documentId))
        .orderBy("event_id");
      return rows.map(toPublicationEvent);
    },
    /** The first time counts. */
    async markCorrected(eventIds, at) {
      await write.transaction(async (transaction) => {
        for (const ids of inChunks(eventIds, IDS_PER_UPDATE)) {
          await transaction("publication_events")
            .whereIn("event_id", ids)
            .whereNull("corrected_at")
            .update({ corrected_at: toInstant(at) });
        }
      });
    },
  };
}

export async function recordEvent(
  transaction: Knex.Transaction,
  change: PublicationChange,
  at: Date,
): Promise<void> {
  const row = [change.documentId, change.fromVersionId, change.toVersionId, toInstant(at)];
  await insertRows(transaction, "publication_events", COLUMNS, [row]);
}

function toPublicationEvent(row: EventRow): PublicationEvent {
  return {
    eventId: Number(row.event_id),
    documentId: row.document_id,
    fromVersionId: row.from_version_id,
    toVersionId: row.to_version_id,
    at: row.at,
    correctedAt: row.corrected_at,
  };
}
