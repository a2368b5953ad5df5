import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { AppError, readLines, type VersionId } from "../../shared/index.ts";
import type { NewClause } from "../../storage/index.ts";
import { emptyMetadata } from "../metadata/metadata-defaults.ts";
import { nameWithoutExtension } from "../metadata/read-titles.ts";
import { normalizeDocumentText } from "../reading/normalize-document-text.ts";
import { makeDocumentId } from "./document-id.ts";
import { type Passage, readPassageLine } from "./read-passage-line.ts";
import type { IngestedPassages, KnowledgeServiceOptions, PassageOptions } from "./service-types.ts";

/** Raised when the same passages would be stored differently. */
const PASSAGE_REVISION = 1;
/** A document's text is one string in memory and one value in the database; larger files are divided. */
const MAX_PART_CHARACTERS = 24 * 1024 * 1024;
const MAX_PART_PASSAGES = 250_000;
const MAX_NAMED_BAD_LINES = 20;

interface Part {
  number: number;
  pieces: string[];
  length: number;
  passages: { start: number; end: number; id: string; title: string | undefined }[];
}

/** Memory is bounded by one part and the ids seen; each part is saved and published in a transaction of its own. */
export async function ingestPassages(
  path: string,
  passageOptions: PassageOptions,
  options: KnowledgeServiceOptions,
): Promise<IngestedPassages> {
  const { collection = "passages", sourceKey = basename(path), onProgress } = passageOptions;
  const totalBytes = await sizeOf(path);
  const fileHash = await hashFile(path);
  const report: IngestedPassages = { documents: [], passages: 0, skipped: 0, badLines: [] };
  const seen = new Set<string>();
  let part = emptyPart(1);
  const flush = async () => {
    if (part.passages.length === 0) return;
    report.documents.push(await savePart(part, { collection, sourceKey, fileHash, path }, options));
    part = emptyPart(part.number + 1);
  };
  let line = 0;
  let bytes = 0;
  const stream = createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 });
  for await (const text of readLines(stream)) {
    line += 1;
    bytes = stream.bytesRead;
    const read = readPassageLine(text, seen);
    if (read === "blank") continue;
    if (typeof read === "string") {
      report.skipped += 1;
      if (report.badLines.length < MAX_NAMED_BAD_LINES) report.badLines.push({ line, reason: read });
      continue;
    }
    if (part.length + read.text.length > MAX_PART_CHARACTERS || part.passages.length >= MAX_PART_PASSAGES)
      await flush();
    addPassage(part, read);
    report.passages += 1;
    if (report.passages % 1000 === 0) onProgress?.({ bytes, totalBytes, passages: report.passages });
  }
  await flush();
  if (report.passages === 0) throw noPassages(path, report);
  await withdrawLeftOver(report.documents.length, collection, sourceKey, options);
  onProgress?.({ bytes: totalBytes, totalBytes, passages: report.passages });
  return report;
}

function emptyPart(number: number): Part {
  return { number, pieces: [], length: 0, passages: [] };
}

function addPassage(part: Part, { id, title, text }: Passage): void {
  const normal = normalizeDocumentText(text).trim();
  part.passages.push({ start: part.length, end: part.length + normal.length, id, title });
  part.pieces.push(normal);
  part.length += normal.length + 1;
}

async function savePart(
  part: Part,
  origin: { collection: string; sourceKey: string; fileHash: string; path: string },
  options: KnowledgeServiceOptions,
): Promise<IngestedPassages["documents"][number]> {
  const text = part.pieces.join("\n");
  part.pieces.length = 0;
  const sourceKey = partKey(origin.sourceKey, part.number);
  const title = nameWithoutExtension(origin.path) + (part.number === 1 ? "" : `（${part.number}）`);
  return options.store.saveVersion({
    collection: origin.collection,
    sourceKey,
    documentId: makeDocumentId(origin.collection, sourceKey),
    versionId: options.ids() as VersionId,
    title,
    contentHash: origin.fileHash,
    parserRevision: PASSAGE_REVISION,
    text,
    metadata: emptyMetadata(title),
    outline: [],
    warnings: [],
    clauses: clausesOf(part, text),
    at: options.clock(),
    publish: true,
  });
}

function partKey(sourceKey: string, number: number): string {
  return number === 1 ? sourceKey : `${sourceKey}#${number}`;
}

function* clausesOf(part: Part, text: string): Generator<NewClause> {
  for (const [ordinal, { start, end, id, title }] of part.passages.entries()) {
    yield {
      ordinal,
      section: id,
      level: 1,
      heading: title === undefined ? [] : [title],
      text: text.slice(start, end),
      start,
      end,
      page: null,
      passageId: id,
    };
  }
}

/** A file that has become shorter leaves parts of its earlier reading behind. */
async function withdrawLeftOver(
  parts: number,
  collection: string,
  sourceKey: string,
  { store, clock }: KnowledgeServiceOptions,
): Promise<void> {
  for (let number = parts + 1; ; number += 1) {
    const document = await store.findDocument(collection, partKey(sourceKey, number));
    if (!document) return;
    if (document.publishedVersionId !== null) await store.unpublishDocument(document.documentId, clock());
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    const info = await stat(path);
    if (info.isFile()) return info.size;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path, undefined);
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return hash.digest("hex");
}

function unreadable(path: string, cause: unknown): AppError {
  return new AppError({
    code: "unusable-input",
    message: `cannot read passages ${path}: ${cause instanceof Error ? cause.message : "no file"}`,
    safeMessage: `无法读取“${path}”。请确认文件存在且可读。`,
    cause,
  });
}

function noPassages(path: string, { badLines }: IngestedPassages): AppError {
  const first = badLines[0];
  const why = first ? `第 ${first.line} 行：${first.reason}` : "文件是空的";
  return new AppError({
    code: "unusable-input",
    message: `no passages in ${path}`,
    safeMessage: `“${path}”里没有可用的段落（${why}）。每行应为 {"id":"…","title":"…","text":"…"}，title 可省略。`,
  });
}
