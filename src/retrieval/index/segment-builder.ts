import type { ClauseInput, FieldWeights } from "./clause-input.ts";
import { createTextFolder, type TextFolder } from "./fold-text.ts";
import { createLeadInFinder } from "./lead-ins.ts";
import { type ClauseRow, createRowLog, NO_LEAD_IN } from "./row-log.ts";
import {
  clauseParts,
  MAX_SEGMENT_CLAUSES,
  type Segment,
  type VersionFacts,
  WEIGHT_UNITS,
} from "./segment.ts";
import { createTermLog } from "./term-log.ts";
import { createTermTableBuilder, type TermKind } from "./term-table.ts";
import { type CutText, cutText, type TextCutter } from "./tokenizer.ts";
import { createUnitLog } from "./unit-log.ts";

export interface SegmentBuilder {
  readonly size: number;
  add(version: VersionFacts, clause: ClauseInput): void;
  finish(): Segment;
}

/** Takes clauses one by one and holds numbers only: about 5 bytes for each different term of a clause. */
export function createSegmentBuilder(
  cutter: TextCutter,
  weights: FieldWeights,
  folder: TextFolder = createTextFolder(cutter),
): SegmentBuilder {
  const terms = createTermTableBuilder();
  const log = createTermLog();
  const texts = createUnitLog();
  const rows = createRowLog();
  const leadIns = createLeadInFinder();
  const cutField = createFieldCutter(cutter);

  function addTerms(kind: TermKind, list: readonly string[], weight: number): number {
    for (const term of list) log.add(terms.intern(kind, term), weight);
    return list.length * weight;
  }

  function addField(row: ClauseRow, cut: CutText, occurrences: number): void {
    const weight = Math.round(WEIGHT_UNITS * occurrences);
    if (weight <= 0) return;
    row.words += addTerms("word", cut.words, weight);
    row.grams += addTerms("gram", cut.grams, weight);
  }

  return {
    get size() {
      return rows.size;
    },
    add(version, clause) {
      if (rows.size >= MAX_SEGMENT_CLAUSES) throw new RangeError("the segment is full");
      const normalized = cutter.normalize(clause.text).text;
      const row = rows.add(version, clause);
      log.startClause();
      addField(row, cutText(cutter, normalized), 1);
      addField(row, cutField(clause.title), weights.title);
      for (const line of clause.heading) {
        // A numbered item begins with its own heading.
        if (!clause.text.startsWith(line)) addField(row, cutField(line), weights.heading);
      }
      const above = leadIns.of(version.versionId, clause, rows.size - 1);
      row.lead = above[0]?.clause ?? NO_LEAD_IN;
      for (const { text } of above) addField(row, cutField(text), weights.leadIn);
      const stored = folder.normalizedUnlessFolded(clause.text, normalized);
      for (const part of clauseParts(clause.text, stored, clause.section, clause.passageId)) texts.add(part);
    },
    finish() {
      const order = rows.orderByGroup();
      return {
        ...log.finish(order, terms.count, rows.groupOf),
        ...texts.finish(order),
        ...rows.finish(order),
        terms: terms.finish(),
      };
    },
  };
}

const MAX_FIELDS = 2000;

/** Titles and headings come again with every clause below them. */
function createFieldCutter(cutter: TextCutter): (text: string) => CutText {
  const fields = new Map<string, CutText>();
  return (text) => {
    const known = fields.get(text);
    if (known) return known;
    if (fields.size > MAX_FIELDS) fields.clear();
    const cut = cutText(cutter, cutter.normalize(text).text);
    fields.set(text, cut);
    return cut;
  };
}
