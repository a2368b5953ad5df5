import type { VersionId } from "../../shared/index.ts";
import type { KnowledgeStore, PublishedHead } from "../../storage/index.ts";
import { plainMetadata } from "../metadata/metadata-defaults.ts";
import type { DocumentMetadata, PublishedDocument } from "../types.ts";

/** More new versions than this are read at once, with all others. */
const MANY = 50;

/**
 * Lists what is published now. A version's metadata never change, so those read once are kept: after one publication among
 * ten thousand, one is read.
 */
export function createPresentLister(
  store: KnowledgeStore,
  listAll: () => Promise<PublishedDocument[]>,
): () => Promise<PublishedDocument[]> {
  let kept: ReadonlyMap<VersionId, DocumentMetadata> = new Map();
  return async () => {
    const heads = await store.publishedHeads();
    const known = kept;
    const unread = heads.filter(({ versionId }) => !known.has(versionId));
    const read =
      unread.length > MANY
        ? new Map((await listAll()).map(({ versionId, metadata }) => [versionId, metadata]))
        : await readEach(store, unread);
    const documents = heads.flatMap((head): PublishedDocument[] => {
      const { versionId, documentId, collection, visibility, publishedAt } = head;
      const metadata = known.get(versionId) ?? read.get(versionId);
      return metadata ? [{ documentId, versionId, collection, metadata, visibility, publishedAt }] : [];
    });
    kept = new Map(documents.map(({ versionId, metadata }) => [versionId, metadata]));
    return documents;
  };
}

async function readEach(
  store: KnowledgeStore,
  heads: readonly PublishedHead[],
): Promise<Map<VersionId, DocumentMetadata>> {
  const read = new Map<VersionId, DocumentMetadata>();
  for (const { documentId, versionId } of heads) {
    const version = (await store.listVersions(documentId)).find((each) => each.versionId === versionId);
    if (version) read.set(versionId, plainMetadata(version.metadata));
  }
  return read;
}
