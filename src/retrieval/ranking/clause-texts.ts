import { createTextFolder } from "../index/fold-text.ts";
import { endOfText, MAX_LEAD_INS } from "../index/lead-ins.ts";
import { clauseNormalized, clauseText, type Segment } from "../index/segment.ts";
import type { TextCutter } from "../index/tokenizer.ts";
import type { CandidateText } from "./clause-features.ts";

/** Normalised texts of clauses, their headings and titles, as the re-ranking compares them. */
export interface ClauseTexts {
  of(segment: Segment, clause: number): CandidateText;
}

export function createClauseTexts(cutter: TextCutter): ClauseTexts {
  const folder = createTextFolder(cutter);
  const headings = new WeakMap<readonly string[], string>();
  const titles = new Map<string, string>();
  const MAX_TITLES = 10_000;

  function normalizeTitle(title: string): string {
    const known = titles.get(title);
    if (known !== undefined) return known;
    if (titles.size >= MAX_TITLES) titles.clear();
    const normalized = cutter.normalize(title).text;
    titles.set(title, normalized);
    return normalized;
  }

  function normalizeHeading(heading: readonly string[]): string {
    const known = headings.get(heading);
    if (known !== undefined) return known;
    const normalized = cutter.normalize(heading.join(" ")).text;
    headings.set(heading, normalized);
    return normalized;
  }

  const normalizedText = (segment: Segment, clause: number): string =>
    clauseNormalized(segment, clause) || folder.fold(clauseText(segment, clause));

  function leadIns(segment: Segment, clause: number): string {
    let lead = segment.leadOf[clause] as number;
    let joined = "";
    for (let level = 0; lead > 0 && level < MAX_LEAD_INS; level += 1) {
      joined += `${endOfText(normalizedText(segment, lead - 1))} `;
      lead = segment.leadOf[lead - 1] as number;
    }
    return joined;
  }

  return {
    of: (segment, clause) => ({
      text: normalizedText(segment, clause),
      leadIn: leadIns(segment, clause),
      heading: normalizeHeading(segment.headings[segment.headingOf[clause] as number] ?? []),
      title: normalizeTitle(segment.groupTitles[segment.groupOf[clause] as number] ?? ""),
    }),
  };
}
