import type { FoldedQuestion } from "./fold-question.ts";
import { createTermWeights, type TermWeights } from "./weigh-terms.ts";

/** A new wording is compared with those that share its most telling terms. */
const TERMS_LOOKED_UP = 8;
const MAX_POSTINGS = 600;
const MAX_COMPARED = 150;
/** Of wordings that ask for something of nothing: 联系电话是多少. */
const NO_TERM = "";

export interface IndexedWording<Of> {
  of: Of;
  folded: FoldedQuestion;
}

/** Wordings by their key and by their terms. */
export interface WordingIndex<Of> {
  readonly weights: TermWeights;
  add(of: Of, key: string, folded: FoldedQuestion): void;
  findSame(key: string): Of | undefined;
  /** Those that share most, first. */
  candidates(folded: FoldedQuestion): IndexedWording<Of>[];
}

export function createWordingIndex<Of>(): WordingIndex<Of> {
  const byKey = new Map<string, Of>();
  const postings = new Map<string, IndexedWording<Of>[]>();
  const weights = createTermWeights();
  return {
    weights,
    add(of, key, folded) {
      byKey.set(key, of);
      weights.see(folded.terms.keys());
      for (const term of lookUps(folded)) {
        const list = postings.get(term);
        if (!list) postings.set(term, [{ of, folded }]);
        else if (list.length < MAX_POSTINGS) list.push({ of, folded });
      }
    },
    findSame: (key) => byKey.get(key),
    candidates(folded) {
      const telling = lookUps(folded).toSorted((one, other) => weights.weigh(other) - weights.weigh(one));
      const shared = new Map<FoldedQuestion, { wording: IndexedWording<Of>; weight: number }>();
      for (const term of telling.slice(0, TERMS_LOOKED_UP)) {
        const weight = weights.weigh(term) ** 2;
        for (const wording of postings.get(term) ?? []) {
          const known = shared.get(wording.folded);
          if (known) known.weight += weight;
          else shared.set(wording.folded, { wording, weight });
        }
      }
      const ranked = [...shared.values()].toSorted((one, other) => other.weight - one.weight);
      return ranked.slice(0, MAX_COMPARED).map(({ wording }) => wording);
    },
  };
}

/** The terms, and the pairs of characters in longer ones: 著作 finds 著作权. */
function lookUps({ terms }: FoldedQuestion): string[] {
  if (terms.size === 0) return [NO_TERM];
  const found = new Set(terms.keys());
  for (const term of terms.keys()) {
    for (let at = 2; term.length > 2 && at <= term.length; at += 1) found.add(term.slice(at - 2, at));
  }
  return [...found];
}
