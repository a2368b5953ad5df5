import type { QueryTerm, QueryWord } from "../types.ts";
import type { WordDraft } from "./draft-words.ts";
import { eachGram } from "./grams.ts";
import { inverseFrequency, type TermDictionary } from "./term-dictionary.ts";

const REPLACED_GRAM_WEIGHT = 0.5;

/** A draft weighed by the index. A word that occurs nowhere is as rare as what stands for it, or else as rare as can be. */
export function toQueryWord(
  draft: WordDraft,
  dictionary: TermDictionary,
  tagOf: (word: string) => string,
): QueryWord {
  const frequency = dictionary.documentFrequency(draft.text);
  const idfOf = (term: string) =>
    inverseFrequency(dictionary.documentFrequency(term), dictionary.clauseCount);
  const idf =
    frequency === 0 && draft.alternatives.length > 0
      ? Math.max(...draft.alternatives.map(({ term, weight }) => idfOf(term) * weight))
      : inverseFrequency(frequency, dictionary.clauseCount);
  return {
    text: draft.text,
    start: draft.start,
    idf: idf * draft.weight,
    known: frequency > 0,
    partOfSpeech: tagOf(draft.text),
    alternatives: draft.alternatives.map(({ term }) => term),
  };
}

/**
 * The terms to score with. An alternative names the word it stands for, and never weighs more than the word itself would:
 * a clause gets for a word the best of word and alternatives, not their sum.
 */
export function listTerms(
  drafts: readonly WordDraft[],
  normalized: string,
  dictionary: TermDictionary,
): QueryTerm[] {
  const terms = drafts.flatMap((draft) => listWordTerms(draft, dictionary));
  const grams = new Map<string, number>();
  for (const draft of drafts) {
    const weight = gramWeight(draft, dictionary);
    if (weight < 1) eachGram(draft.text, (gram) => grams.set(gram, weight));
  }
  const full = drafts.filter((draft) => gramWeight(draft, dictionary) === 1);
  eachGram(keepContent(full, normalized), (gram) => grams.set(gram, 1));
  const frequencyOf = (gram: string) =>
    dictionary.gramFrequency?.(gram) ?? dictionary.documentFrequency(gram);
  for (const [text, discount] of grams) {
    const documentFrequency = frequencyOf(text);
    const weight = discount * inverseFrequency(documentFrequency, dictionary.clauseCount);
    terms.push({ text, origin: "gram", weight, documentFrequency });
  }
  return terms;
}

function listWordTerms(draft: WordDraft, dictionary: TermDictionary): QueryTerm[] {
  const { clauseCount } = dictionary;
  const documentFrequency = dictionary.documentFrequency(draft.text);
  const idf = inverseFrequency(documentFrequency, clauseCount);
  const own: QueryTerm = {
    text: draft.text,
    origin: "word",
    weight: idf * draft.weight,
    documentFrequency,
  };
  const others = draft.alternatives.map(({ term, origin, weight }): QueryTerm => {
    const frequency = dictionary.documentFrequency(term);
    return {
      text: term,
      origin,
      weight: Math.min(inverseFrequency(frequency, clauseCount), idf) * weight * draft.weight,
      standsFor: draft.text,
      documentFrequency: frequency,
    };
  });
  return [own, ...others];
}

/** The characters of a word that only its alternatives bring into the index (要块地) are mostly noise. */
function gramWeight(draft: WordDraft, dictionary: TermDictionary): number {
  const isReplaced = draft.alternatives.length > 0 && dictionary.documentFrequency(draft.text) === 0;
  return isReplaced ? draft.weight * REPLACED_GRAM_WEIGHT : draft.weight;
}

/** The question with everything blanked but the given words, so that no n-gram bridges a gap. */
function keepContent(drafts: readonly WordDraft[], normalized: string): string {
  let kept = "";
  let position = 0;
  for (const { start, end } of drafts) {
    if (start < position) continue;
    kept += " ".repeat(start - position) + normalized.slice(start, end);
    position = end;
  }
  return kept;
}
