import type { FieldWeights } from "../index/clause-input.ts";
import type { RankingParameters } from "../index/norms.ts";

/**
 * Measured on public Chinese sets (encyclopedia, statutes, policy notices) and on questions over the plan; see
 * `scripts/measure-ranking.ts`. All features are sums of idf, so the weights are shares of BM25's own scale.
 */
export interface RankingWeights {
  /** The score of the whole document, for each of its clauses. */
  document: number;
  wordsFound: number;
  bigramsFound: number;
  runsFound: number;
  sentenceWords: number;
  sentenceBigrams: number;
  closeness: number;
  headingBigrams: number;
  openingBigrams: number;
  /** Of the words' idf mass, when the clause holds the kind of thing asked for. */
  kinds: number;
  /** Of its own score, taken from a clause that says nothing beyond the question. */
  emptiness: number;
  /** Of the best score, for the clause nearest in meaning. */
  vector: number;
  /** Of the best score, for a document of the place, or of the name, or a clause with the number, that is asked for. */
  placeAsked: number;
  namedDocument: number;
  citedNumber: number;
  /** Of its own score, taken from a clause of another place. */
  placeOther: number;
  /** Of its own score, for a clause of the park's own place when the question names none. */
  placeHome: number;
  /** Of its own score, for a clause of a document of the kind that the question speaks of: 方案, 办法, 细则. */
  namedKind: number;
}

export const RANKING_WEIGHTS: RankingWeights = {
  document: 0.1,
  wordsFound: 0.4,
  bigramsFound: 0,
  runsFound: 0.3,
  sentenceWords: 0.6,
  sentenceBigrams: 0.1,
  closeness: 0.6,
  headingBigrams: 0,
  openingBigrams: 0.15,
  kinds: 0.7,
  emptiness: 0.1,
  vector: 0.5,
  placeAsked: 0.6,
  namedDocument: 1,
  citedNumber: 0.5,
  placeOther: 0.45,
  placeHome: 0.3,
  namedKind: 0.15,
};

/** BM25's usual values; others gained nothing. */
export const RANKING_PARAMETERS: RankingParameters = { k1: 1.2, b: 0.75 };

/** A title counts as if it stood in front of the text, and so does a heading and the paragraph that an item hangs on. */
export const FIELD_WEIGHTS: FieldWeights = { title: 1, heading: 1.25, leadIn: 0.75 };
