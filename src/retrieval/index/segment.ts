import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { TermTable } from "./term-table.ts";

/** What ranking knows of a version; one entry for each version that a segment holds clauses of. */
export interface VersionFacts {
  documentId: DocumentId;
  versionId: VersionId;
  title: string;
  /** 关于印发《…》的通知, when there is one. */
  titleOuter: string | null;
  documentNumber: string | null;
  collection: string;
  places: readonly string[];
  /** With the version's id it decides whether an indexed version is still the stored one. */
  contentHash: string;
}

/**
 * Clauses, at most 65,536 of them, with their postings. Immutable but for what removal touches: `alive` and the two
 * frequencies. Clauses of one group (a document, or the passages of one title) stand side by side.
 */
export interface Segment {
  readonly terms: TermTable;
  /** Where a term's postings start; one more than there are terms. */
  readonly postingStarts: Uint32Array;
  /** Clause numbers, rising within a term. */
  readonly postingClauses: Uint16Array;
  /** Occurrences in units of `WEIGHT_UNITS`, fields weighted. */
  readonly postingWeights: Uint8Array;
  /** In how many live clauses a term occurs. */
  readonly clauseFrequency: Uint32Array;
  /** In how many live groups a term occurs. */
  readonly groupFrequency: Uint32Array;
  /** Lengths in the units of `postingWeights`. */
  readonly wordLengths: Uint32Array;
  readonly gramLengths: Uint32Array;
  readonly alive: Uint8Array;
  readonly groupOf: Uint16Array;
  readonly versionOf: Uint16Array;
  readonly headingOf: Uint16Array;
  readonly ordinals: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The paragraph that an item hangs on, + 1; 0: none. */
  readonly leadOf: Uint32Array;
  /** Code units of every clause: text, its normalised form where `foldText` does not give it, section, passage id. */
  readonly units: Uint16Array;
  /** Four starts for each clause and one end. */
  readonly unitStarts: Uint32Array;
  readonly versions: readonly VersionFacts[];
  readonly headings: readonly (readonly string[])[];
  /** The title of each group. */
  readonly groupTitles: readonly string[];
}

/** Segments are closed at this many clauses, so that clause numbers fit 16 bits with room for a whole version. */
export const SEGMENT_CLAUSES = 32_768;
export const MAX_SEGMENT_CLAUSES = 65_536;
/** One occurrence in the text counts this much in `postingWeights`. */
export const WEIGHT_UNITS = 4;
const NO_PASSAGE = "\u0000";

export function segmentSize(segment: Segment): number {
  return segment.ordinals.length;
}

const PART = { text: 0, normalized: 1, section: 2, passage: 3 } as const;
const utf16 = new TextDecoder("utf-16le");

function readPart(segment: Segment, clause: number, part: number): string {
  const at = clause * 4 + part;
  const units = segment.units.subarray(segment.unitStarts[at], segment.unitStarts[at + 1]);
  return units.length === 0 ? "" : utf16.decode(units);
}

export function clauseText(segment: Segment, clause: number): string {
  return readPart(segment, clause, PART.text);
}

/** The stored normalised form; empty when folding the text gives it. */
export function clauseNormalized(segment: Segment, clause: number): string {
  return readPart(segment, clause, PART.normalized);
}

export function clauseSection(segment: Segment, clause: number): string {
  return readPart(segment, clause, PART.section);
}

export function clausePassage(segment: Segment, clause: number): string | null {
  const passage = readPart(segment, clause, PART.passage);
  return passage === NO_PASSAGE ? null : passage;
}

/** The strings of a clause in the order in which `units` holds them. */
export function clauseParts(
  text: string,
  normalized: string,
  section: string,
  passage: string | null,
): readonly string[] {
  return [text, normalized, section, passage ?? NO_PASSAGE];
}
