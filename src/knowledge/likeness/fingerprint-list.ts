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
  let loading: Promise<Map<string, FingerprintRecord>> | undefined;
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
      await onBatch([...(await load()).values()]);
    },
    async add(record) {
      if (!loading) return;
      (await loading).set(record.documentId, record);
      revision = await store.revision();
    },
  };
}

async function readAll(store: KnowledgeStore): Promise<Map<string, FingerprintRecord>> {
  const records = new Map<string, FingerprintRecord>();
  await store.eachFingerprint(BATCH, (batch) => {
    for (const record of batch) records.set(record.documentId, record);
  });
  return records;
}
