import { parseVisibility } from "../../access/index.ts";
import { statusOn } from "../../knowledge/index.ts";
import { type DocumentId, toShanghaiDay } from "../../shared/index.ts";
import type { DocumentRecord, ProposalRecord } from "../../storage/index.ts";
import { findDocument } from "../find-records.ts";
import { readKept } from "../kept-metadata.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { DocumentStatus, LifeState } from "../types.ts";
import { lifeStateOf } from "./life-state.ts";

export async function describeDocument(
  parts: PublishingParts,
  documentId: DocumentId,
): Promise<DocumentStatus> {
  const { knowledge, workflow } = parts.storage;
  const [document, open] = await Promise.all([
    findDocument(knowledge, documentId),
    workflow.listProposals({ state: "open", documentId }),
  ]);
  return describeRecord(parts, document, open);
}

export async function describeDocuments(
  parts: PublishingParts,
  { search, state }: { search?: string; state?: LifeState },
): Promise<DocumentStatus[]> {
  const { knowledge, workflow } = parts.storage;
  const [documents, open] = await Promise.all([
    knowledge.listDocuments(),
    workflow.listProposals({ state: "open" }),
  ]);
  const byDocument = Map.groupBy(open, ({ documentId }) => documentId);
  const wanted = search === undefined ? "" : toKey(search);
  const statuses: DocumentStatus[] = [];
  for (const document of documents) {
    const { documentId, title, sourceKey } = document;
    if (!toKey(`${title} ${documentId} ${sourceKey}`).includes(wanted)) continue;
    const status = await describeRecord(parts, document, byDocument.get(documentId) ?? []);
    if (state === undefined || hasState(status, state)) statuses.push(status);
  }
  return statuses;
}

function toKey(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s《》〈〉“”"]/g, "");
}

function hasState({ versions }: DocumentStatus, state: LifeState): boolean {
  return versions.some((version) => version.state === state);
}

async function describeRecord(
  parts: PublishingParts,
  document: DocumentRecord,
  openProposals: ProposalRecord[],
): Promise<DocumentStatus> {
  const { documentId, collection, publishedVersionId } = document;
  const today = toShanghaiDay(parts.clock());
  const versions = await parts.storage.knowledge.listVersions(documentId);
  const published = versions.find(({ versionId }) => versionId === publishedVersionId);
  return {
    documentId,
    title: readKept((published ?? versions.at(-1))?.metadata).title || document.title,
    collection,
    visibility: parseVisibility(document.visibility),
    published: published
      ? {
          versionId: published.versionId,
          number: published.number,
          statusToday: statusOn(readKept(published.metadata), today),
          publishedAt: published.publishedAt ?? published.createdAt,
          expired: lifeStateOf(published, today) === "expired",
        }
      : null,
    versions: versions.map((version) => ({
      versionId: version.versionId,
      number: version.number,
      state: lifeStateOf(version, today),
      createdAt: version.createdAt,
    })),
    openProposals,
  };
}
