import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { Clause, OutlineNode } from "../types.ts";
import type { Label } from "./read-label.ts";

/** The numbered body of one part of a document: of the text itself, of its notice, of an attachment. */
export interface OutlinePart {
  paragraphs: readonly Paragraph[];
  labels: readonly (Label | undefined)[];
  /** Indexes of paragraphs that start an answer. */
  answers: ReadonlySet<number>;
  /** What every section of the part starts with: empty, or `附件1 `. */
  prefix: string;
  /** Headings over the whole part. */
  headings: readonly string[];
  /** Section of the paragraphs before the first number. */
  introduction: string;
  /** The introduction's name also when nothing is numbered; otherwise such paragraphs are counted as ¶. */
  alwaysIntroduced: boolean;
}

export type DraftClause = Omit<Clause, "ordinal">;

export interface BuiltOutline {
  nodes: OutlineNode[];
  clauses: DraftClause[];
}

/** Makes sections unique over a whole document; a repeated number gets 〔2〕. */
export type NameSection = (wanted: string) => string;

export function createSectionNames(): NameSection {
  const counts = new Map<string, number>();
  return (wanted) => {
    const count = (counts.get(wanted) ?? 0) + 1;
    counts.set(wanted, count);
    if (count === 1) return wanted;
    const name = `${wanted}〔${count}〕`;
    counts.set(name, 1);
    return name;
  };
}
