import type { QueryAnalysis, QueryWord, Retriever } from "../../retrieval/index.ts";
import { labelOf } from "../compose/words.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import type { Decision } from "./decision.ts";

export interface DecisionInput {
  question: UnderstoodQuestion;
  analysis: QueryAnalysis;
  evidence: readonly Evidence[];
  scoreText: Retriever["scoreText"];
}

/** Below this share of the topic's weight in the best clause the documents do not treat the matter. */
const TOPIC_FLOOR = 0.34;
/** Above this share of words that occur nowhere the answer is at most partial, and further above there is none. */
const MISSING_PARTIAL = 0.3;
const MISSING_REFUSE = 0.6;
/** A further citation scores this share of the first. */
const CITATION_SHARE = 0.6;
/** How far below the first a clause may stand that holds the asked attribute. */
const ATTRIBUTE_REACH = 0.55;

/** Decides whether the evidence answers the question, in whole, in part or not at all. */
export function decideAnswer({ question, analysis, evidence, scoreText }: DecisionInput): Decision {
  const topic = topicOf(question, analysis);
  const topicAnalysis = { ...analysis, words: topic };
  const missing = topic.filter((word) => !word.known && word.alternatives.length === 0);
  const missingShare = shareOf(missing, topic);
  const ordered = preferStated(evidence, question.attributes);
  const [best] = ordered;
  const facts = { missingWords: missing.map((word) => word.text), foreignPlaces: [] };
  if (!best)
    return { kind: "not-in-documents", evidence: [], notStated: [], ...facts, reasons: ["no clause found"] };
  const coverage = Math.max(...ordered.slice(0, 3).map((item) => coverageOf(item, topicAnalysis, scoreText)));
  const reasons = [`topic coverage ${coverage.toFixed(2)}`, `missing share ${missingShare.toFixed(2)}`];
  const cited = citeMore(ordered, question);
  const unmet = question.attributes.filter(
    (attribute) => !cited.some(({ states }) => states.has(attribute.id)),
  );
  const notStated = unmet.map((attribute) => labelOf(attribute, question.language));
  if (topic.length > 0 && (coverage < TOPIC_FLOOR || missingShare > MISSING_REFUSE)) {
    return {
      kind: "not-in-documents",
      evidence: cited.slice(0, 2),
      notStated,
      ...facts,
      reasons: [...reasons, "the matter is not treated"],
    };
  }
  const hardUnmet = unmet.filter(({ need }) => need === "hard");
  if (hardUnmet.length > 0) {
    const met = question.attributes.length > unmet.length;
    return {
      kind: met ? "partial" : "not-in-documents",
      evidence: cited.slice(0, met ? 3 : 2),
      notStated,
      ...facts,
      reasons: [...reasons, `not stated: ${hardUnmet.map(({ id }) => id).join(", ")}`],
    };
  }
  if (notStated.length > 0 || missingShare > MISSING_PARTIAL) {
    return {
      kind: "partial",
      evidence: cited,
      notStated,
      ...facts,
      reasons: [...reasons, "some of what was asked is not stated"],
    };
  }
  return { kind: "answered", evidence: cited, notStated, ...facts, reasons };
}

/** The question's words without those that only name the asked attribute. */
function topicOf(question: UnderstoodQuestion, analysis: QueryAnalysis): QueryWord[] {
  const cues = question.attributes.flatMap(({ asked }) => {
    const match = asked.exec(question.normalized);
    return match ? [{ start: match.index, end: match.index + match[0].length }] : [];
  });
  const topic = analysis.words.filter(
    ({ text, start }) => !cues.some((cue) => start >= cue.start && start + text.length <= cue.end),
  );
  return topic.length > 0 ? topic : analysis.words;
}

function shareOf(part: readonly QueryWord[], whole: readonly QueryWord[]): number {
  const weight = (words: readonly QueryWord[]) => words.reduce((sum, { idf }) => sum + idf, 0);
  return whole.length === 0 ? 0 : weight(part) / weight(whole);
}

function coverageOf({ hit }: Evidence, analysis: QueryAnalysis, scoreText: Retriever["scoreText"]): number {
  return scoreText(analysis, [hit.clause.title, ...hit.clause.heading, hit.clause.text].join("\n")).coverage;
}

/** Clauses near the top that state what is asked for come before those that do not. */
function preferStated(evidence: readonly Evidence[], asked: readonly Attribute[]): Evidence[] {
  const hard = asked.filter(({ need }) => need === "hard");
  const [first] = evidence;
  if (hard.length === 0 || !first) return [...evidence];
  const reach = first.score * ATTRIBUTE_REACH;
  const states = (item: Evidence) => item.score >= reach && hard.some(({ id }) => item.states.has(id));
  return [...evidence.filter(states), ...evidence.filter((item) => !states(item))];
}

function citeMore(ordered: readonly Evidence[], question: UnderstoodQuestion): Evidence[] {
  const [first] = ordered;
  if (!first) return [];
  const most = question.form === "list" || question.form === "comparison" ? 4 : 3;
  return ordered
    .filter((item, index) => index === 0 || item.score >= CITATION_SHARE * first.score)
    .slice(0, most);
}

/** The attributes that people usually need and that a measure's clauses do not state. */
export function usualGaps(evidence: readonly Evidence[], attributes: readonly Attribute[]): Attribute[] {
  return attributes.filter(
    ({ usual, stated }) => usual && !evidence.some(({ hit }) => stated.test(hit.clause.text)),
  );
}
