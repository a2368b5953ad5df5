import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { fromSketchBytes, toOptionalText, toSketchBytes, toText } from "../row-values.ts";
import type { FingerprintRecord, KnowledgeStore, VersionFingerprint } from "../types.ts";

interface FingerprintRow {
  version_id: VersionId;
  document_id: DocumentId;
  text_hash: string;
  title_key: string;
  number_key: string | null;
  sketch: Buffer;
}

type FingerprintsPart = Pick<KnowledgeStore, "findFingerprints" | "eachFingerprint">;

export function createFingerprints({ read }: Database): FingerprintsPart {
  return {
    /** Of all versions, also of old and withdrawn ones; by document, older versions first. */
    async findFingerprints(wanted) {
      const keys = Object.entries({
        "f.text_hash": wanted.textHash,
        "f.title_key": wanted.titleKey,
        "f.number_key": wanted.numberKey,
      }).filter((entry): entry is [string, string] => typeof entry[1] === "string");
      const found = new Map<VersionId, FingerprintRow & { number: number }>();
      // One query a key: each goes along its own index, which a planner would not promise for an OR.
      for (const [column, key] of keys) {
        const rows: (FingerprintRow & { number: number })[] = await read("fingerprints as f")
          .join("versions as v", "v.version_id", "f.version_id")
          .where(column, toText(key))
          .select("f.*", "v.number");
        for (const row of rows) found.set(row.version_id, row);
      }
      return [...found.values()].toSorted(compareRows).map(toFingerprintRecord);
    },
    async eachFingerprint(batchSize, onBatch) {
      const size = Math.max(1, Math.floor(batchSize));
      let last = "";
      while (true) {
        const rows = await readNewest(read, last, size);
        if (rows.length > 0) await onBatch(rows.map(toFingerprintRecord));
        last = rows.at(-1)?.document_id ?? last;
        if (rows.length < size) return;
      }
    },
  };
}

/** One a document at most, so the document's id is enough to go on from. */
function readNewest(read: Knex, after: string, limit: number): Promise<FingerprintRow[]> {
  const newer = read("versions as n")
    .whereRaw("n.document_id = f.document_id and n.number > v.number")
    .select("n.number");
  return read("fingerprints as f")
    .join("versions as v", "v.version_id", "f.version_id")
    .where("f.document_id", ">", after)
    .whereNot("v.state", "withdrawn")
    .whereNotExists(newer)
    .orderBy("f.document_id")
    .limit(limit)
    .select("f.*");
}

export async function insertFingerprint(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  versionId: VersionId,
  fingerprint: VersionFingerprint,
): Promise<void> {
  await transaction("fingerprints").insert({
    version_id: versionId,
    document_id: documentId,
    text_hash: toText(fingerprint.textHash),
    title_key: toText(fingerprint.titleKey),
    number_key: toOptionalText(fingerprint.numberKey),
    sketch: toSketchBytes(fingerprint.sketch),
  });
}

/** By code point like the databases; a document's id and a version's number are a unique order. */
function compareRows(
  one: FingerprintRow & { number: number },
  other: FingerprintRow & { number: number },
): number {
  if (one.document_id !== other.document_id) return one.document_id < other.document_id ? -1 : 1;
  return one.number - other.number;
}

function toFingerprintRecord(row: FingerprintRow): FingerprintRecord {
  return {
    documentId: row.document_id,
    versionId: row.version_id,
    textHash: row.text_hash,
    titleKey: row.title_key,
    numberKey: row.number_key,
    sketch: fromSketchBytes(row.sketch),
  };
}
