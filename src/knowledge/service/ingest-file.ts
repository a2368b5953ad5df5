import type { DocumentRecord, VersionFingerprint } from "../../storage/index.ts";
import type { FingerprintList } from "../likeness/fingerprint-list.ts";
import { makeFingerprint } from "../likeness/make-fingerprint.ts";
import { matchDocument } from "../likeness/match-document.ts";
import { PARSER_REVISION } from "../parse-document.ts";
import type { DocumentMatch, ParsedDocument } from "../types.ts";
import type { SaveDestination } from "./save-destination.ts";
import { openFile, parseSource, saveParsed } from "./save-document.ts";
import type { IngestedDocument, IngestOptions, KnowledgeServiceOptions } from "./service-types.ts";

/**
 * One file as a document. A file that was ingested before under this name is a new version of it; one of another name is
 * compared with what is there first: a changed copy becomes a new version, the same text is not saved again.
 */
export async function ingestFile(
  path: string,
  { publish = false, collection = "ingest", sourceKey }: IngestOptions,
  options: KnowledgeServiceOptions,
  fingerprints: FingerprintList,
): Promise<IngestedDocument> {
  const source = await openFile(path, options);
  const parsed = await parseSource(source, options);
  const { contentHash, fileName } = source;
  const key = sourceKey ?? fileName.normalize("NFC");
  const fingerprint = makeFingerprint(parsed);
  const own: Destination = { collection, sourceKey: key, publish, contentHash, fingerprint };
  if (await options.store.findDocument(collection, key)) return save(parsed, own, options, fingerprints);
  const match = await matchDocument(fingerprint, fingerprints, parsed.text);
  if (match.kind === "new") return save(parsed, own, options, fingerprints);
  const known = await options.store.getDocument(match.documentId);
  if (!known) return save(parsed, own, options, fingerprints);
  const warned = { ...parsed, warnings: [...parsed.warnings, describeMatch(match, known)] };
  if (match.kind === "alike") return { ...(await save(warned, own, options, fingerprints)), match };
  if (match.kind === "same") return { ...(await keep(warned, match, known, publish, options)), match };
  const destination = {
    ...own,
    collection: known.collection,
    sourceKey: known.sourceKey,
    takenFrom: fileName,
  };
  return { ...(await save(warned, destination, options, fingerprints)), match };
}

type Destination = SaveDestination & { fingerprint: VersionFingerprint };

async function save(
  parsed: ParsedDocument,
  destination: Destination,
  options: KnowledgeServiceOptions,
  fingerprints: FingerprintList,
): Promise<IngestedDocument> {
  const saved = await saveParsed(parsed, destination, options);
  const { documentId, versionId, outcome } = saved;
  if (outcome !== "unchanged") await fingerprints.add({ ...destination.fingerprint, documentId, versionId });
  return saved;
}

/** Nothing new to save; a draft that waited is published when this is asked for. */
async function keep(
  { metadata, warnings, clauses }: ParsedDocument,
  { documentId, versionId }: Extract<DocumentMatch, { kind: "same" }>,
  { publishedVersionId }: DocumentRecord,
  publish: boolean,
  { store, clock }: KnowledgeServiceOptions,
): Promise<IngestedDocument> {
  const kept = { documentId, versionId, metadata, warnings, clauses: clauses.length };
  const version = await store.getVersion(versionId);
  const waits =
    publishedVersionId === null && version?.state === "parsed" && version.parserRevision === PARSER_REVISION;
  if (!publish || !waits) {
    const hidden = publish && publishedVersionId === null;
    return { ...kept, warnings: hidden ? [...warnings, NOT_PUBLISHED] : warnings, outcome: "unchanged" };
  }
  await store.publishVersion(versionId, clock());
  return { ...kept, outcome: "changed" };
}

const NOT_PUBLISHED = "该文件已撤下，没有重新发布；如需发布，请用 publish 命令指定版本。";

const BECAUSE = { number: "文号相同", title: "标题相同", likeness: "正文高度相似" } as const;

function describeMatch(match: Exclude<DocumentMatch, { kind: "new" }>, { title }: DocumentRecord): string {
  if (match.kind === "same") return `内容与库内《${title}》的一个版本相同，没有重复收入。`;
  const share = `相似度 ${Math.round(match.similarity * 100)}%`;
  if (match.kind === "new-version")
    return `识别为库内《${title}》的新版本（${BECAUSE[match.because]}，${share}），没有另立文件。`;
  return `与库内《${title}》相似（${share}），但标题或文号表明是另一份文件，已单独收入，请核对。`;
}
