import type { QueryAnalysis, QueryWord, Retriever } from "../../retrieval/index.ts";
import { labelOf } from "../compose/words.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import type { Decision } from "./decision.ts";
import { estimateAnswerability } from "./estimate-answerability.ts";
import { findExpansionGap } from "./find-gaps.ts";
import { measureTopic, topicWordsOf } from "./measure-topic.ts";
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

/** Below this estimate the documents do not treat the matter. */
const REFUSE_BELOW = 0.2;
/** Below this estimate an answer is given as partial. */
const PARTIAL_BELOW = 0.33;
/** From this estimate on the clauses treat the rest of the question for sure. */
const SURE = 0.8;
/** A further citation scores this share of the first. */
const CITATION_SHARE = 0.66;
/** … and holds this share of the question's words that the first holds. */
const CITATION_COVERAGE = 0.5;
/** In a comparison, whose sides are searched apart. */
const COMPARED_SHARE = 0.35;
/** How far below the first a clause may stand that holds the asked attribute. */
const ATTRIBUTE_REACH = 0.55;

/** A yes-or-no question of which so much stands nowhere is not settled by what stands near. */
const UNKNOWN_PREDICATE = 0.35;
/** A quote is on the topic when it holds this share of what the best one does. */
const ON_TOPIC_SHARE = 0.65;
/** Clauses that set the measure of what can be held. */
const NEAR = 5;

const GAP_LABELS = {
  members: { zh: "具体名单", en: "the individual members" },
  meaning: { zh: "具体含义", en: "what the term covers" },
} as const;

/** Decides whether the evidence answers the question, in whole, in part or not at all. */
export function decideAnswer(input: DecisionInput): Decision {
  const { question, analysis } = input;
  const topic = { ...analysis, words: topicWordsOf(question, analysis) };
  const onTopic = findOnTopic(input.evidence, topic, input.scoreText);
  const holds = (attribute: Attribute, item: Evidence) =>
    onTopic.has(item) && statesAsked(attribute, item, question);
  const ordered = preferStated(input.evidence, question.attributes, holds);
  const missingWords = topic.words
    .filter((word) => !word.known && word.alternatives.length === 0)
    .map(({ text }) => text);
  const base = { missingWords, foreignPlaces: [] };
  if (ordered.length === 0) {
    return { kind: "not-in-documents", evidence: [], notStated: [], ...base, reasons: ["no clause found"] };
  }
  const measures = measureTopic(question, analysis, ordered, input.scoreText);
  const estimate = input.isFollowUp ? 1 : estimateAnswerability(measures);
  const cited = citeMore(ordered, question);
  const unmet = question.attributes.filter((attribute) => !cited.some((item) => holds(attribute, item)));
  const gap = findExpansionGap(question, cited);
  const notStated = [
    ...unmet.map((attribute) => labelOf(attribute, question.language)),
    ...(gap ? [GAP_LABELS[gap][question.language]] : []),
  ];
  const reasons = [`answerability ${estimate.toFixed(2)}`, describeMeasures(measures)];
  const decide = (kind: Decision["kind"], evidence: readonly Evidence[], reason: string): Decision => ({
    kind,
    evidence,
    notStated,
    ...base,
    reasons: [...reasons, reason],
  });
  const strayYear = findStrayYear(input);
  if (strayYear !== undefined)
    return decide("not-in-documents", cited.slice(0, 2), `year ${strayYear} is not covered`);
  const ordinal = findStrayOrdinal(input);
  if (ordinal !== undefined)
    return decide("not-in-documents", cited.slice(0, 2), `${ordinal} is not covered`);
  const untreated = question.matters.filter(({ written }) => !cited.some((item) => mentions(item, written)));
  if (untreated.length > 0 && untreated.length === question.matters.length) {
    notStated.unshift(...untreated.map(({ named }) => `“${named}”`));
    const reason = `the clauses do not mention: ${untreated.map(({ named }) => named).join(", ")}`;
    return estimate >= SURE
      ? decide("partial", cited, reason)
      : decide("not-in-documents", cited.slice(0, 2), reason);
  }
  if (estimate < REFUSE_BELOW)
    return decide("not-in-documents", cited.slice(0, 2), "the matter is not treated");
  const unknownThing = asksFigureOfUnknown(question, analysis);
  if (unknownThing !== undefined) {
    notStated.unshift(`“${unknownThing}”`);
    return decide("not-in-documents", cited.slice(0, 2), `no document mentions ${unknownThing}`);
  }
  const hardUnmet = unmet.filter(({ need }) => need === "hard");
  if (hardUnmet.length > 0) {
    const asksMore =
      question.attributes.length > unmet.length ||
      question.form === "list" ||
      namesWhomToAsk(question, cited, hardUnmet);
    const reason = `not stated: ${hardUnmet.map(({ id }) => id).join(", ")}`;
    return asksMore
      ? decide("partial", cited, reason)
      : decide("not-in-documents", cited.slice(0, 2), reason);
  }
  if (question.form === "yes-no" && measures.missing >= UNKNOWN_PREDICATE) {
    notStated.push(
      ...missingWords
        .filter((word) => word.length > 1)
        .slice(0, 2)
        .map((word) => `“${word}”`),
    );
  }
  if (notStated.length > 0) return decide("partial", cited, "some of what was asked is not stated");
  if (estimate < PARTIAL_BELOW) return decide("partial", cited, "the matter is treated in part");
  return decide("answered", cited, "stated");
}

/** 第二批, 第三届: when the clauses know another one only. */
function findStrayOrdinal({ question, evidence }: DecisionInput): string | undefined {
  const asked = /第[一二三四五六七八九十\d]+(批|期|届|轮)/.exec(question.normalized);
  if (!asked) return undefined;
  const texts = evidence.slice(0, NEAR).map(({ hit }) => `${hit.clause.title}\n${hit.clause.text}`);
  const hasOther = texts.some((text) => new RegExp(`第[一二三四五六七八九十\\d]+${asked[1]}`).test(text));
  return hasOther && !texts.some((text) => text.includes(asked[0])) ? asked[0] : undefined;
}

/** 收多少咨询费: the thing whose figure is asked occurs in no document. */
function asksFigureOfUnknown(question: UnderstoodQuestion, topic: QueryAnalysis): string | undefined {
  const at = /(多少|几(个|十|百|千|万)?)(?=[\u4e00-\u9fa5]{2})/.exec(question.normalized);
  if (!at) return undefined;
  const start = at.index + at[0].length;
  return topic.words.find(
    (word) =>
      word.start === start &&
      word.text.length > 1 &&
      !isKnown(word) &&
      (word.partOfSpeech ?? "n").startsWith("n"),
  )?.text;
}

function isKnown({ known, alternatives }: QueryWord): boolean {
  return known || alternatives.length > 0;
}

function mentions({ hit: { clause } }: Evidence, written: readonly string[]): boolean {
  const text = [clause.title, ...clause.heading, clause.text].join("\n").toLowerCase();
  return written.some((name) => text.includes(name));
}

/** Who asks how to reach somebody is helped by the name of the body, even without its number. */
function namesWhomToAsk(
  question: UnderstoodQuestion,
  cited: readonly Evidence[],
  unmet: readonly Attribute[],
): boolean {
  return (
    unmet.every(({ id }) => id === "phone" || id === "address" || id === "website") &&
    /(找谁|找哪|联系|联络|对接|咨询|哪里|哪儿|在哪|上哪|去哪)/.test(question.normalized) &&
    cited
      .slice(0, 1)
      .some(({ quote }) => /(局|委|办|中心|服务站|服务港|机构|平台|部门|公司)/.test(quote.text))
  );
}

/**
 * A year that the question names and that the documents do not reach: outside the planning periods, or absent where other
 * years stand.
 */
function findStrayYear({ question, evidence, periods }: DecisionInput): number | undefined {
  const texts = evidence.slice(0, NEAR).map(({ hit }) => `${hit.clause.title}\n${hit.clause.text}`);
  const isStray = (year: number) => {
    if (texts.some((text) => text.includes(String(year)))) return false;
    if (periods.length > 0) return !periods.some(({ from, to }) => year >= from && year <= to);
    return texts.some((text) => /20\d{2}\s*年/.test(text));
  };
  return question.years.length > 0 && question.years.every(isStray) ? question.years[0] : undefined;
}

function describeMeasures(measures: object): string {
  return Object.entries(measures)
    .map(([name, value]) => `${name} ${Number(value).toFixed(2)}`)
    .join(", ");
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
  const holdsFocus = (item: Evidence) =>
    focus.length === 0 ||
    scoreText(
      { ...topic, words: focus },
      [item.hit.clause.title, ...item.hit.clause.heading, item.sentence.text].join("\n").toLowerCase(),
    ).coverage > 0.5;
  return new Set(
    evidence.filter(
      (item) => coverageOf(item, item.sentence.text) >= ON_TOPIC_SHARE * best && holdsFocus(item),
    ),
  );
}

/** The rarest noun of the topic that the documents know, by itself or through an alternative. */
function focusOf({ words }: QueryAnalysis): QueryWord[] {
  const nouns = words.filter(
    ({ text, known, alternatives, partOfSpeech }) =>
      text.length > 1 &&
      (known || alternatives.length > 0) &&
      /^(n(?!s)|l|j|eng|vn)/.test(partOfSpeech ?? "n"),
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
