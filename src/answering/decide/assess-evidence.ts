import type { QueryAnalysis, QueryWord, Retriever } from "../../retrieval/index.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { estimateAnswerability } from "./estimate-answerability.ts";
import { isKnown, measureTopic, type TopicMeasures, topicWordsOf } from "./measure-topic.ts";
import { statesCount } from "./states-count.ts";

export interface DecisionInput {
  question: UnderstoodQuestion;
  analysis: QueryAnalysis;
  evidence: readonly Evidence[];
  scoreText: Retriever["scoreText"];
  /** The question leans on earlier ones, which carry its matter. */
  isFollowUp: boolean;
  /** Planning periods of the cited documents, in years, inclusive. */
  periods: readonly { from: number; to: number }[];
}

/** What the evidence is worth for the question. */
export interface Assessment extends DecisionInput {
  /** To be cited, the most telling first; empty without any evidence. */
  cited: readonly Evidence[];
  measures: TopicMeasures;
  /** 0–1: how likely the clauses treat the matter at all. */
  estimate: number;
  /** What was asked for and what no cited clause states. */
  unmet: readonly Attribute[];
  /** Nouns of the question that occur nowhere in the published documents. */
  missingWords: readonly string[];
}

/** A further citation scores this share of the first. */
const CITATION_SHARE = 0.66;
/** … and holds this share of the question's words that the first holds. */
const CITATION_COVERAGE = 0.5;
/** In a comparison, whose sides are searched apart. */
const COMPARED_SHARE = 0.35;
/** How far below the first a clause may stand that holds the asked attribute. */
const ATTRIBUTE_REACH = 0.55;
/** A quote is on the topic when it holds this share of what the best one does. */
const ON_TOPIC_SHARE = 0.65;
/** Clauses that set the measure of what can be held. */
const NEAR = 5;

export function assessEvidence(input: DecisionInput): Assessment {
  const { question, analysis, scoreText } = input;
  const topic = { ...analysis, words: topicWordsOf(question, analysis) };
  const onTopic = findOnTopic(input.evidence, topic, scoreText);
  const holds = (attribute: Attribute, item: Evidence) =>
    onTopic.has(item) && statesAsked(attribute, item, question);
  const ordered = preferStated(input.evidence, question.attributes, holds);
  const measures = measureTopic(question, analysis, ordered, scoreText);
  const cited = citeMore(ordered, question);
  return {
    ...input,
    cited,
    measures,
    estimate: input.isFollowUp ? 1 : estimateAnswerability(measures),
    unmet: question.attributes.filter((attribute) => !cited.some((item) => holds(attribute, item))),
    missingWords: topic.words.filter((word) => !isKnown(word) && isNoun(word)).map(({ text }) => text),
  };
}

/**
 * The evidence whose chosen sentence, under its headings, holds nearly as much of the topic as any clause: only there
 * does an amount or a date belong to what is asked.
 */
function findOnTopic(
  evidence: readonly Evidence[],
  topic: QueryAnalysis,
  scoreText: Retriever["scoreText"],
): ReadonlySet<Evidence> {
  const coverageOf = ({ hit }: Evidence, text: string) =>
    scoreText(topic, [hit.clause.title, ...hit.clause.heading, text].join("\n").toLowerCase()).coverage;
  const best = Math.max(0, ...evidence.slice(0, NEAR).map((item) => coverageOf(item, item.hit.clause.text)));
  const focus = focusOf(topic);
  const focused = { ...topic, words: focus };
  const holdsFocus = (item: Evidence) =>
    focus.length === 0 ||
    scoreText(
      focused,
      [item.hit.clause.title, ...item.hit.clause.heading, item.sentence.text].join("\n").toLowerCase(),
    ).coverage > 0.5;
  return new Set(
    evidence.filter(
      (item) => coverageOf(item, item.sentence.text) >= ON_TOPIC_SHARE * best && holdsFocus(item),
    ),
  );
}

function isNoun({ text, partOfSpeech }: QueryWord): boolean {
  return text.length > 1 && /^(n|l|j|vn|x)/.test(partOfSpeech ?? "n");
}

/** The rarest noun of the topic that the documents know, by itself or through an alternative. */
function focusOf({ words }: QueryAnalysis): QueryWord[] {
  const nouns = words.filter(
    (word) => word.text.length > 1 && isKnown(word) && /^(n(?!s)|l|j|eng|vn)/.test(word.partOfSpeech ?? "n"),
  );
  return [...nouns].sort((left, right) => right.idf - left.idf).slice(0, 1);
}

/** A count must be one of the things counted in the question: 几场 is not answered by 30余家. */
function statesAsked(
  attribute: Attribute,
  { states, sentence }: Evidence,
  question: UnderstoodQuestion,
): boolean {
  if (attribute.id !== "count") return states.has(attribute.id);
  return statesCount(sentence.text, question);
}

/** Clauses near the top that state what is asked for come before those that do not. */
function preferStated(
  evidence: readonly Evidence[],
  asked: readonly Attribute[],
  holds: (attribute: Attribute, item: Evidence) => boolean,
): Evidence[] {
  const hard = asked.filter(({ need }) => need === "hard");
  const [first] = evidence;
  if (hard.length === 0 || !first) return [...evidence];
  const reach = first.score * ATTRIBUTE_REACH;
  const states = (item: Evidence) => item.score >= reach && hard.some((attribute) => holds(attribute, item));
  return [...evidence.filter(states), ...evidence.filter((item) => !states(item))];
}

function citeMore(ordered: readonly Evidence[], question: UnderstoodQuestion): Evidence[] {
  const [first] = ordered;
  if (!first) return [];
  const comparison = question.form === "comparison" || question.form === "choice";
  const most = question.form === "list" || comparison ? 4 : 3;
  const share = comparison ? COMPARED_SHARE : CITATION_SHARE;
  return ordered
    .filter(
      (item, index) =>
        index === 0 ||
        (item.score >= share * first.score && item.coverage >= CITATION_COVERAGE * first.coverage),
    )
    .slice(0, most);
}
