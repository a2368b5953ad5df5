import type { LowConfidence, OcrReport, PageContent } from "../types.ts";

export type RecognizedPage = PageContent & {
  lowConfidence: LowConfidence[];
  characters: number;
  meanConfidence: number;
};

const MAX_LOW_CONFIDENCE = 200;

/** Sums up recognised pages for the document's report. */
export function createOcrTotals(): { add(page: RecognizedPage): void; report(): OcrReport | null } {
  let pages = 0;
  let characters = 0;
  let weighted = 0;
  let low: LowConfidence[] = [];
  return {
    add(page) {
      pages += 1;
      characters += page.characters;
      weighted += page.meanConfidence * page.characters;
      low = [...low, ...page.lowConfidence].sort((a, b) => a.confidence - b.confidence);
      low.length = Math.min(low.length, MAX_LOW_CONFIDENCE);
    },
    report: () =>
      pages === 0
        ? null
        : {
            pages,
            characters,
            meanConfidence: characters === 0 ? 0 : weighted / characters,
            lowConfidence: low,
          },
  };
}
