import type { QueryAnalysis, QueryWord, Retriever } from "../../retrieval/index.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import { findAskingParts } from "../question/find-asking-part.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";

/** How well the best clauses treat the matter of a question; every measure 0–1. */
export interface TopicMeasures {
  /** Of the idf mass of the topic's words, what the best of the first clauses holds. */
  words: number;
  /** The same for the words of the part of the question that asks. */
  asking: number;
  /** The same for character pairs of the topic. */
  pairs: number;
  /** The same for the rarest words that the index knows, by itself or through an alternative. */
  rarest: number;
  /** Share of the topic's idf mass that occurs nowhere, not even as an alternative. */
  missing: number;
  /** The best sentence's own coverage. */
  sentence: number;
  /** (first − fifth) ÷ first score. */
  lead: number;
}

const FIRST = 3;

/** The question's words without those that only name the asked attribute. */
export function topicWordsOf(question: UnderstoodQuestion, analysis: QueryAnalysis): QueryWord[] {
  const cues = question.attributes.flatMap(({ asked }) => {
    const match = asked.exec(question.normalized);
    return match ? [{ start: match.index, end: match.index + match[0].length }] : [];
  });
  const topic = analysis.words.filter(
    ({ text, start }) => !cues.some((cue) => start >= cue.start && start + text.length <= cue.end),
  );
  return (topic.length > 0 ? topic : analysis.words).map((word) => ({
    ...word,
    idf: word.idf * weightOf(word),
  }));
}

/** Nouns name the matter; verbs say something of it; the rest is manner of speaking. */
function weightOf({ partOfSpeech }: QueryWord): number {
  if (partOfSpeech === undefined || /^(n|vn|eng|j|x|l|b)/.test(partOfSpeech)) return 1;
  return partOfSpeech.startsWith("v") ? 0.5 : 0.25;
}

/** The words of the parts that ask; all words when there is no such part, or when it holds none. */
function askingWordsOf(question: UnderstoodQuestion, topic: readonly QueryWord[]): readonly QueryWord[] {
  const asking = findAskingParts(question.normalized);
  const words = topic.filter(({ start }) => asking.some((part) => start >= part.start && start < part.end));
  return words.length > 0 ? words : topic;
}

export function measureTopic(
  question: UnderstoodQuestion,
  analysis: QueryAnalysis,
  evidence: readonly Evidence[],
  scoreText: Retriever["scoreText"],
): TopicMeasures {
  const topic = topicWordsOf(question, analysis);
  const first = evidence.slice(0, FIRST);
  const cover = (words: readonly QueryWord[]) =>
    words.length === 0
      ? 0
      : Math.max(
          0,
          ...first.map((item) => scoreText({ ...analysis, words: [...words] }, fullText(item)).coverage),
        );
  const known = topic.filter(isKnown);
  const rarest = [...known].sort((left, right) => right.idf - left.idf).slice(0, 2);
  const scores = evidence.map(({ hit }) => hit.score).sort((left, right) => right - left);
  const [best = 0] = scores;
  return {
    words: cover(topic),
    asking: cover(askingWordsOf(question, topic)),
    pairs: Math.max(0, ...first.map((item) => pairCoverage(analysis, fullText(item)))),
    rarest: cover(rarest),
    missing: massOf(topic) === 0 ? 0 : massOf(topic.filter((word) => !isKnown(word))) / massOf(topic),
    sentence: Math.max(0, ...first.map(({ ownCoverage }) => ownCoverage)),
    lead: best > 0 ? (best - (scores[4] ?? 0)) / best : 0,
  };
}

/** Occurs in the index, by itself or through an alternative. */
export function isKnown(word: QueryWord): boolean {
  return word.known || word.alternatives.length > 0;
}

function massOf(words: readonly QueryWord[]): number {
  return words.reduce((sum, { idf }) => sum + idf, 0);
}

function fullText({ hit }: Evidence): string {
  return [hit.clause.title, ...hit.clause.heading, hit.clause.text].join("\n").toLowerCase();
}

function pairCoverage({ terms }: QueryAnalysis, text: string): number {
  const pairs = terms.filter(({ origin, text: term }) => origin === "gram" && term.length === 2);
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const found = pairs.reduce((sum, { weight, text: term }) => sum + (text.includes(term) ? weight : 0), 0);
  return total === 0 ? 0 : found / total;
}
