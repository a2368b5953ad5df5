import type { ClauseInput } from "../../src/retrieval/index/clause-input.ts";
import type { VersionFacts } from "../../src/retrieval/index/segment.ts";
import type { TextCutter } from "../../src/retrieval/index/tokenizer.ts";
import { eachGram } from "../../src/retrieval/query/index.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";

/** Cuts at blanks and lower-cases: a reference can do the same in one line. */
export const plainCutter: TextCutter = {
  normalize: (text) => ({ text: text.toLowerCase() }),
  segment: (text) => text.split(/\s+/).filter((word) => word !== ""),
  eachGram,
};

export function sampleVersion(name: string, facts: Partial<VersionFacts> = {}): VersionFacts {
  return {
    documentId: `document-${name}` as DocumentId,
    versionId: `version-${name}` as VersionId,
    title: name,
    titleOuter: null,
    documentNumber: null,
    collection: "plans",
    places: [],
    contentHash: name,
    ...facts,
  };
}

export function sampleClause(text: string, ordinal: number, title = ""): ClauseInput {
  return {
    title,
    ordinal,
    section: `一（${ordinal}）`,
    heading: [],
    text,
    start: ordinal * 100,
    end: ordinal * 100 + text.length,
    passageId: null,
  };
}
