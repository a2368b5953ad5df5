import type { FingerprintRecord, KnowledgeStore } from "../../storage/index.ts";
import type { FingerprintSource } from "./match-document.ts";

/**
 * The fingerprints of a store, read once and kept while many files are taken in one after the other; `add` what is saved.
 * Only for the one writer of a database.
 */
export interface FingerprintList extends FingerprintSource {
  add(record: FingerprintRecord): Promise<void>;
}

const BATCH = 1000;

export function createFingerprintList(store: KnowledgeStore): FingerprintList {
  let loading: Promise<KeptRecords> | undefined;
  let revision = -1;
  const load = async () => {
    const now = await store.revision();
    if (!loading || now !== revision) {
      revision = now;
      loading = readAll(store);
    }
    return loading;
  };
  return {
    findFingerprints: (wanted) => store.findFingerprints(wanted),
    async eachFingerprint(_, onBatch) {
      await onBatch((await load()).records);
    },
    async add(record) {
      if (!loading) return;
      keep(await loading, record);
      revision = await store.revision();
    },
  };
}

/** A list, because it is gone through for every file; one record a document. */
interface KeptRecords {
  records: FingerprintRecord[];
  places: Map<string, number>;
}

function keep({ records, places }: KeptRecords, record: FingerprintRecord): void {
  const place = places.get(record.documentId) ?? records.length;
  places.set(record.documentId, place);
  records[place] = record;
}

async function readAll(store: KnowledgeStore): Promise<KeptRecords> {
  const kept: KeptRecords = { records: [], places: new Map() };
  await store.eachFingerprint(BATCH, (batch) => {
    for (const record of batch) keep(kept, record);
  });
  return kept;
}
