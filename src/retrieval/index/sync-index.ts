import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { ClauseRecord, DocumentRecord, KnowledgeStore, VersionSummary } from "../../storage/index.ts";
import type { ClauseIndex } from "./clause-index.ts";
import type { ClauseInput } from "./clause-input.ts";
import { MAX_SEGMENT_CLAUSES, SEGMENT_CLAUSES, type Segment, type VersionFacts } from "./segment.ts";
import type { SegmentBuilder } from "./segment-builder.ts";

export interface SyncResult {
  revision: number;
  /** Versions now indexed, also those without a clause. */
  contents: Map<VersionId, VersionFacts>;
  added: number;
  removed: number;
}

export interface SyncOptions {
  store: KnowledgeStore;
  index: ClauseIndex;
  /** What the index holds now. */
  contents: ReadonlyMap<VersionId, VersionFacts>;
  createBuilder(): SegmentBuilder;
  /** The contents came from this storage, not from a snapshot: facts of a version that is there are not read again. */
  isCurrent: boolean;
}

/** More new versions than this are read in one stream, not one by one. */
const STREAM_FROM = 50;
const BATCH_CLAUSES = 500;

/** Brings the index to what is published. New clauses are cut first, then everything changes in one step. */
export async function syncIndex(options: SyncOptions): Promise<SyncResult> {
  const { store, index, contents, isCurrent } = options;
  const revision = await store.revision();
  const published = await (isCurrent
    ? readNewFacts(store, contents)
    : readVersionFacts(store, await store.publishedVersions()));
  const removed = new Set<VersionId>();
  for (const [versionId, facts] of contents) {
    if (!isSame(facts, published.get(versionId))) removed.add(versionId);
  }
  const added = new Map<VersionId, VersionFacts>();
  for (const [versionId, facts] of published) {
    if (!contents.has(versionId) || removed.has(versionId)) added.set(versionId, facts);
  }
  const segments = await buildSegments(options, added);
  if (removed.size > 0) index.remove(removed);
  for (const segment of segments) index.add(segment);
  return { revision, contents: published, added: added.size, removed: removed.size };
}

function isSame(left: VersionFacts, right: VersionFacts | undefined): boolean {
  if (left === right) return true;
  return right !== undefined && JSON.stringify(left) === JSON.stringify(right);
}

/** Segments end between two versions where that is possible, so that a document is scored as one. */
async function buildSegments(
  { store, createBuilder }: SyncOptions,
  versions: ReadonlyMap<VersionId, VersionFacts>,
): Promise<Segment[]> {
  const segments: Segment[] = [];
  let builder = createBuilder();
  let current: VersionId | undefined;
  const add = (clause: ClauseRecord): void => {
    const version = versions.get(clause.versionId);
    if (!version) return;
    const isBoundary = clause.versionId !== current;
    if ((isBoundary && builder.size >= SEGMENT_CLAUSES) || builder.size >= MAX_SEGMENT_CLAUSES) {
      segments.push(builder.finish());
      builder = createBuilder();
    }
    current = clause.versionId;
    builder.add(version, toClauseInput(clause, version));
  };
  if (versions.size > STREAM_FROM)
    await store.eachPublishedClause(BATCH_CLAUSES, (batch) => batch.forEach(add));
  else for (const versionId of versions.keys()) (await store.clausesOf(versionId)).forEach(add);
  if (builder.size > 0) segments.push(builder.finish());
  return segments;
}

/** A passage has its own title as heading; the title of its collection says nothing of it. */
export function toClauseInput(clause: ClauseRecord, version: VersionFacts): ClauseInput {
  const { ordinal, section, heading, text, start, end, passageId } = clause;
  const isPassage = passageId !== null;
  return {
    title: isPassage ? (heading[0] ?? "") : version.title,
    heading: isPassage ? heading.slice(1) : heading,
    ...{ ordinal, section, text, start, end, passageId },
  };
}

/** Facts of a version never change; those of few new ones are read one by one. */
async function readNewFacts(
  store: KnowledgeStore,
  contents: ReadonlyMap<VersionId, VersionFacts>,
): Promise<Map<VersionId, VersionFacts>> {
  const heads = await store.publishedHeads();
  const unread = heads.filter(({ versionId }) => !contents.has(versionId));
  if (unread.length > STREAM_FROM) return readVersionFacts(store, await store.publishedVersions());
  const published = new Map<VersionId, VersionFacts>();
  for (const { versionId, documentId, title, collection } of heads) {
    const known = contents.get(versionId);
    const version = known
      ? undefined
      : (await store.listVersions(documentId)).find((each) => each.versionId === versionId);
    const facts = known ?? (version && toVersionFacts(version, title, collection));
    if (facts) published.set(versionId, facts);
  }
  return published;
}

/** What ranking needs of versions, from storage's rows. */
export async function readVersionFacts(
  store: KnowledgeStore,
  versions: readonly VersionSummary[],
): Promise<Map<VersionId, VersionFacts>> {
  const read = versions.length > STREAM_FROM ? store.listDocuments() : readDocuments(store, versions);
  const documents = new Map((await read).map((document) => [document.documentId, document]));
  return new Map(
    versions.map((version) => {
      const document = documents.get(version.documentId);
      return [version.versionId, toVersionFacts(version, document?.title ?? "", document?.collection ?? "")];
    }),
  );
}

async function readDocuments(
  store: KnowledgeStore,
  versions: readonly VersionSummary[],
): Promise<DocumentRecord[]> {
  const documents = [];
  for (const { documentId } of versions) documents.push(await store.getDocument(documentId));
  return documents.filter((document) => document !== undefined);
}

function toVersionFacts(version: VersionSummary, documentTitle: string, collection: string): VersionFacts {
  const metadata = toRecord(version.metadata);
  return {
    documentId: version.documentId as DocumentId,
    versionId: version.versionId,
    title: toText(metadata["title"]) ?? documentTitle,
    titleOuter: toText(metadata["titleOuter"]),
    documentNumber: toText(metadata["documentNumber"]),
    collection,
    places: Array.isArray(metadata["places"]) ? metadata["places"].map(String) : [],
    contentHash: `${version.contentHash}:${version.parserRevision}`,
  };
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function toText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
