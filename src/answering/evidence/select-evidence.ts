import type { QueryAnalysis, RankedClause, Retriever } from "../../retrieval/index.ts";
import { rememberByText } from "../../shared/index.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import { type Sentence, splitSentences } from "./split-sentences.ts";

/** A stretch of a clause that bears on the question. Offsets are in the clause's text. */
export interface Evidence {
  hit: RankedClause;
  /** The sentence that bears most on the question. */
  sentence: Sentence;
  /** What is quoted: that sentence, with neighbours that bear on the question as well. */
  quote: Sentence;
  score: number;
  /** Of the question's words in the quoted stretch together with headings and title, 0–1. */
  coverage: number;
  /** Of the question's words in the quoted stretch alone, 0–1. */
  ownCoverage: number;
  /** Ids of the asked attributes that the quoted stretch states. */
  states: ReadonlySet<string>;
}

const QUOTE_LIMIT = 240;
/** A clause whose body is no longer than this is quoted whole. */
const WHOLE_LIMIT = 200;
/** What a sentence's hold on the words that the headings do not already give adds to its score. */
const REST_WEIGHT = 1;
/** A neighbour joins the quote when it scores this share of the best sentence. */
const NEIGHBOUR_SHARE = 0.55;
/** What the best sentence adds to its clause's score. */
const SENTENCE_WEIGHT = 0.3;
/** A sentence that states what is asked for is chosen when it scores this share of the best. */
const STATING_SHARE = 0.45;
/** A sentence that states what is asked for counts this much more. */
const STATED_BONUS = 0.35;

type ScoreText = Retriever["scoreText"];

/** For each hit the stretch to quote; best first. */
export function selectEvidence(
  analysis: QueryAnalysis,
  hits: readonly RankedClause[],
  asked: readonly Attribute[],
  scoreText: ScoreText,
): Evidence[] {
  return hits
    .map((hit) => quoteFrom(hit, analysis, asked, scoreText))
    .filter((evidence) => evidence !== undefined)
    .sort((left, right) => right.score - left.score);
}

interface ScoredSentence {
  sentence: Sentence;
  score: number;
}

/** The sentence that bears most on the question; of one that asks for an amount or a date, the one that states it. */
function chooseSentence(
  scored: readonly ScoredSentence[],
  asked: readonly Attribute[],
): ScoredSentence | undefined {
  const best = highest(scored);
  const hard = asked.filter(({ need }) => need === "hard");
  if (!best || hard.length === 0) return best;
  const stating = highest(
    scored.filter(({ sentence }) => hard.some(({ stated }) => stated.test(sentence.text))),
  );
  return stating && stating.score >= STATING_SHARE * best.score ? stating : best;
}

function highest(scored: readonly ScoredSentence[]): ScoredSentence | undefined {
  return scored.reduce<ScoredSentence | undefined>(
    (top, candidate) => (top === undefined || candidate.score > top.score ? candidate : top),
    undefined,
  );
}

function quoteFrom(
  hit: RankedClause,
  analysis: QueryAnalysis,
  asked: readonly Attribute[],
  scoreText: ScoreText,
): Evidence | undefined {
  const rest = beyondHeadings(hit, analysis);
  const scored = bodySentences(hit).map((sentence) => ({
    sentence,
    score: scoreSentence(sentence, analysis, rest, asked, scoreText),
  }));
  const best = chooseSentence(scored, asked);
  if (!best) return undefined;
  const quote = extendQuote(scored, best, hit.clause.text);
  const surroundings = [hit.clause.title, ...hit.clause.heading].join("\n");
  return {
    hit,
    sentence: best.sentence,
    quote,
    score: hit.score + SENTENCE_WEIGHT * best.score,
    coverage: scoreText(analysis, `${surroundings}\n${quote.text}`).coverage,
    ownCoverage: scoreText(analysis, quote.text).coverage,
    states: new Set(
      asked.filter((attribute) => attribute.stated.test(quote.text)).map((attribute) => attribute.id),
    ),
  };
}

/** Clauses come back with every question. */
const splitClause = rememberByText<readonly Sentence[]>(splitSentences, 4_000_000);

/** The clause's sentences; a heading that shares the paragraph with its body is left out when a body follows. */
function bodySentences(hit: RankedClause): readonly Sentence[] {
  const sentences = splitClause(hit.clause.text);
  const own = hit.clause.heading.at(-1);
  const [first] = sentences;
  const opensWithHeading =
    own !== undefined &&
    first !== undefined &&
    first.text.replace(/[。：:]$/, "") === own.replace(/[。：:]$/, "");
  return opensWithHeading && sentences.length > 1 ? sentences.slice(1) : sentences;
}

function scoreSentence(
  sentence: Sentence,
  analysis: QueryAnalysis,
  rest: QueryAnalysis,
  asked: readonly Attribute[],
  scoreText: ScoreText,
): number {
  const score = scoreText(analysis, sentence.text).score + REST_WEIGHT * scoreText(rest, sentence.text).score;
  const states = asked.some((attribute) => attribute.stated.test(sentence.text));
  return states ? score * (1 + STATED_BONUS) : score;
}

/** The question without the terms that the clause's headings already give to each of its sentences. */
function beyondHeadings({ clause }: RankedClause, analysis: QueryAnalysis): QueryAnalysis {
  const headings = clause.heading.join("\n").toLowerCase();
  return { ...analysis, terms: analysis.terms.filter(({ text }) => !headings.includes(text)) };
}

function extendQuote(scored: readonly ScoredSentence[], best: ScoredSentence, text: string): Sentence {
  const bodyStart = scored[0]?.sentence.start ?? 0;
  const bodyEnd = scored.at(-1)?.sentence.end ?? 0;
  if (bodyEnd - bodyStart <= WHOLE_LIMIT)
    return { text: text.slice(bodyStart, bodyEnd), start: bodyStart, end: bodyEnd };
  const bestIndex = scored.indexOf(best);
  let first = bestIndex;
  let last = bestIndex;
  const joins = (index: number) => (scored[index]?.score ?? 0) >= NEIGHBOUR_SHARE * best.score;
  const lengthOf = (from: number, to: number) =>
    (scored[to]?.sentence.end ?? 0) - (scored[from]?.sentence.start ?? 0);
  for (let grew = true; grew; ) {
    grew = false;
    if (last + 1 < scored.length && joins(last + 1) && lengthOf(first, last + 1) <= QUOTE_LIMIT) {
      last += 1;
      grew = true;
    }
    if (first > 0 && joins(first - 1) && lengthOf(first - 1, last) <= QUOTE_LIMIT) {
      first -= 1;
      grew = true;
    }
  }
  const start = scored[first]?.sentence.start ?? best.sentence.start;
  const end = scored[last]?.sentence.end ?? best.sentence.end;
  return { text: text.slice(start, end), start, end };
}
