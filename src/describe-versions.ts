import { type PublishedDocument, withMetadataDefaults } from "./knowledge/index.ts";
import type { VersionId } from "./shared/index.ts";
import type { KnowledgeStore } from "./storage/index.ts";

/** Versions as if they were published, for previews of a publication; unknown ones are left out. */
export async function describeVersions(
  store: Pick<KnowledgeStore, "getVersion" | "getDocument">,
  versionIds: readonly VersionId[],
): Promise<PublishedDocument[]> {
  const described = await Promise.all(
    versionIds.map(async (versionId): Promise<PublishedDocument[]> => {
      const version = await store.getVersion(versionId);
      const document = version && (await store.getDocument(version.documentId));
      if (!version || !document) return [];
      return [
        {
          documentId: version.documentId,
          versionId,
          collection: document.collection,
          metadata: withMetadataDefaults(version.metadata),
          visibility: document.visibility,
          publishedAt: version.publishedAt ?? version.createdAt,
        },
      ];
    }),
  );
  return described.flat();
}
