import type { GroundedClause } from "./grounding-types.ts";
import {
  maskSpans,
  normalizeText,
  type Span,
  splitSegments,
  splitSentences,
  toSkeleton,
} from "./normalize-text.ts";
import { type NumericReading, readNumerics } from "./read-figures.ts";
import { findIdentifiers } from "./read-identifiers.ts";

/** Everything that the cited clauses say, prepared once for all checks of a statement. */
export interface Support {
  /** Skeletons of texts, headings, titles and metadata, each on lines of their own. */
  text: string;
  /** The same with quotation marks: the place to look for verbatim quotes. */
  quotable: string;
  segments: Span[];
  sentences: Span[];
  numerics: NumericReading;
  /** Pair of characters → where it begins. */
  pairs: Map<string, number[]>;
}

export function readSupport(clauses: readonly GroundedClause[]): Support {
  const sources = new Set<string>();
  for (const { text, title, heading, metadataText } of clauses) {
    for (const part of [text, title, ...heading, metadataText ?? ""]) if (part.trim()) sources.add(part);
  }
  const lines = [...sources].flatMap((source) => source.split("\n"));
  const text = lines.map(toSkeleton).join("\n");
  return {
    text,
    quotable: lines.map(normalizeText).join("\n"),
    segments: splitSegments(text),
    sentences: splitSentences(text),
    numerics: readNumerics(maskSpans(text, findIdentifiers(text))),
    pairs: indexPairs(text),
  };
}

function indexPairs(text: string): Map<string, number[]> {
  const pairs = new Map<string, number[]>();
  for (let index = 0; index + 1 < text.length; index += 1) {
    const pair = text.slice(index, index + 2);
    const positions = pairs.get(pair);
    if (positions) positions.push(index);
    else pairs.set(pair, [index]);
  }
  return pairs;
}
