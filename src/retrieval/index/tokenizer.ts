/** What the index needs of the query side, so that documents and questions are cut alike. */
export interface TextCutter {
  normalize(text: string): { text: string };
  /** Words of a normalised text, for the index. */
  segment(text: string): string[];
  /** Uni- and bigrams of a normalised text, in order. */
  eachGram(normalized: string, visit: (gram: string) => void): void;
}

/** Longer terms are cut: nobody asks for them, and a file without blanks must not blow up the dictionary. */
export const MAX_TERM_LENGTH = 40;

export interface CutText {
  words: readonly string[];
  grams: readonly string[];
}

export function cutText(cutter: TextCutter, normalized: string): CutText {
  const grams: string[] = [];
  cutter.eachGram(normalized, (gram) => grams.push(clampTerm(gram)));
  return { words: cutter.segment(normalized).map(clampTerm), grams };
}

export function clampTerm(term: string): string {
  return term.length > MAX_TERM_LENGTH ? term.slice(0, MAX_TERM_LENGTH) : term;
}
