import type { QueryAnalysis, RankedClause, Retriever, SearchOptions } from "../../retrieval/index.ts";
import { findAskingParts } from "../question/find-asking-part.ts";
import { findTarget } from "../question/find-target.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { enumerationSizes } from "./enumeration-sizes.ts";
import { expandLeadIns, type QuotedDocuments } from "./expand-lead-in.ts";
import { type Evidence, selectEvidence } from "./select-evidence.ts";

export interface FoundEvidence {
  analysis: QueryAnalysis;
  evidence: Evidence[];
}

const CANDIDATES = 20;
const EVIDENCE = 12;
/** What the asking part adds to the whole question. */
const ASKING_WEIGHT = 0.8;
/** The asking part only counts when its rarest word is this share as rare as the question's. */
const ASKING_SHARE = 0.8;
/** What the question before adds to one that leans on it and has words of its own. */
const CONTEXT_WEIGHT = 0.4;
/** Of each side of a comparison. */
const PER_SIDE = 2;
/** Front and back matter holds names and dates, not what a document provides. */
const BARE_SECTION =
  /^(标题|题注|发文机关|发文字号|日期|主送|落款|附件说明|通知标题|通知落款|通知发文字号|通知主送)/;

const PREAMBLE = /^(导语|通知正文)/;
const PREAMBLE_SHARE = 0.75;
const ENUMERATION_FACTOR = 1.2;
/** How far below the first a clause may stand that holds what is asked for. */
const TARGET_REACH = 0.5;

type Search = (text: string) => Promise<{ analysis: QueryAnalysis; hits: readonly RankedClause[] }>;

/**
 * Searches and selects. The part of a long question that asks counts twice, its story once. A comparison of two matters
 * is searched once for each, and the two lists are interleaved.
 */
export async function findEvidence(
  retriever: Retriever,
  question: UnderstoodQuestion,
  context: readonly string[],
  options: Omit<SearchOptions, "top">,
  documents: QuotedDocuments,
): Promise<FoundEvidence> {
  const search: Search = (text) => retriever.search(text, { ...options, top: CANDIDATES }, context);
  const select = (query: QueryAnalysis, found: readonly RankedClause[]) => {
    const evidence = selectEvidence(query, withoutBareSections(found), question.attributes, (terms, text) =>
      retriever.scoreText(terms, text),
    );
    return preferTarget(question, query, retriever, preferEnumerations(question, evidence));
  };
  const { analysis, hits } = await searchWhole(question, context, search);
  const expand = (evidence: readonly Evidence[]) => expandLeadIns(evidence, question.attributes, documents);
  const whole = select(analysis, hits).slice(0, EVIDENCE);
  const sides = splitSides(question);
  if (sides.length < 2) return { analysis, evidence: await expand(whole) };
  const found = await Promise.all(sides.map(search));
  const lists = found.map((side) => select(side.analysis, side.hits).slice(0, PER_SIDE));
  return { analysis, evidence: await expand(mergeDistinct([...interleave(lists), whole])) };
}

/** Who asks which ones there are is answered by an enumeration. */
function preferEnumerations(
  { form }: UnderstoodQuestion,
  evidence: readonly Evidence[],
): readonly Evidence[] {
  if (form !== "list") return evidence;
  const weigh = (item: Evidence): Evidence =>
    enumerationSizes(item.sentence.text).some((size) => size >= 3)
      ? { ...item, score: item.score * ENUMERATION_FACTOR }
      : item;
  return evidence.map(weigh).sort((left, right) => right.score - left.score);
}

/** What holds the thing that is asked for comes before what only holds the asker's story. */
function preferTarget(
  { normalized }: UnderstoodQuestion,
  analysis: QueryAnalysis,
  retriever: Retriever,
  evidence: readonly Evidence[],
): readonly Evidence[] {
  const target = findAskingParts(normalized).length > 0 ? findTarget(normalized, analysis) : undefined;
  if (!target) return evidence;
  const holds = ({ hit, quote, score }: Evidence) =>
    score >= TARGET_REACH * (evidence[0]?.score ?? 0) &&
    retriever.scoreText(
      { ...analysis, words: [target] },
      [...hit.clause.heading, quote.text].join("\n").toLowerCase(),
    ).coverage > 0.5;
  return [...evidence.filter(holds), ...evidence.filter((item) => !holds(item))];
}

async function searchWhole(question: UnderstoodQuestion, context: readonly string[], search: Search) {
  const whole = await search(question.text);
  const asking = findAskingParts(question.normalized);
  let { hits } = whole;
  if (asking.length > 0) {
    const part = await search(asking.map(({ text }) => text).join("，"));
    if (rarestOf(part.analysis) >= ASKING_SHARE * rarestOf(whole.analysis)) {
      hits = addScores(hits, part.hits, ASKING_WEIGHT);
    }
  }
  const earlier = context.at(-1);
  if (earlier !== undefined) {
    const ownWords = whole.analysis.words.filter(
      ({ known, alternatives }) => known || alternatives.length > 0,
    );
    const weight = ownWords.length === 0 ? 1 : CONTEXT_WEIGHT;
    hits = addScores(hits, (await search(earlier)).hits, weight);
  }
  return { analysis: whole.analysis, hits };
}

/** The idf of the rarest word that the documents know: 有支持吗 says nothing by itself. */
function rarestOf({ words }: QueryAnalysis): number {
  return Math.max(
    0,
    ...words.filter(({ known, alternatives }) => known || alternatives.length > 0).map(({ idf }) => idf),
  );
}

/** The weighted sum of two rankings; a clause that one of them lacks gets nothing from it. */
function addScores(
  left: readonly RankedClause[],
  right: readonly RankedClause[],
  weight: number,
): RankedClause[] {
  const sums = new Map<string, RankedClause>(left.map((hit) => [keyOf(hit), hit]));
  for (const hit of right) {
    const key = keyOf(hit);
    const known = sums.get(key);
    sums.set(key, { ...(known ?? hit), score: (known?.score ?? 0) + weight * hit.score });
  }
  return [...sums.values()].sort((first, second) => second.score - first.score);
}

/** Bare front matter only counts when nothing else is found; a preamble names every matter and settles few. */
function withoutBareSections(hits: readonly RankedClause[]): readonly RankedClause[] {
  const kept = hits.filter(({ clause }) => !BARE_SECTION.test(clause.section));
  if (kept.length === 0) return hits;
  return kept.map((hit) =>
    PREAMBLE.test(hit.clause.section) ? { ...hit, score: PREAMBLE_SHARE * hit.score } : hit,
  );
}

/** The matters that a question sets side by side, each as a question of its own. */
function splitSides({ form, normalized }: UnderstoodQuestion): string[] {
  const each = /^(.*?)([^，。；、]{2,12}?)(?:和|与|跟|、)([^，。；、]{2,12}?)(?:各自|分别|各)(.{2,40})$/.exec(
    normalized,
  );
  if (each) return [each[2], each[3]].map((side) => `${each[1] ?? ""}${side ?? ""}${each[4] ?? ""}`);
  return form === "comparison" ? splitComparison(normalized) : [];
}

/** 产业基金和天使基金有啥区别 → the two matters; empty when the question does not join two. */
export function splitComparison(normalized: string): string[] {
  const match =
    /^(?:请问|想问|问下)?(.{2,24}?)(?:和|与|跟|同|还是|或者|vs\.?|,|、)(.{2,24}?)(?:之间|到底|我|相比|比起来|比|的)?(?:有|是|该|应该|应|先|哪个|啥|什么|区别|不同|差别|差异|怎么|$)/.exec(
      normalized,
    );
  return match
    ? [match[1] ?? "", match[2] ?? ""].map((side) => side.trim()).filter((side) => side.length >= 2)
    : [];
}

function interleave(lists: readonly (readonly Evidence[])[]): Evidence[][] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => (list[index] ? [list[index]] : [])),
  );
}

function mergeDistinct(lists: readonly (readonly Evidence[])[]): Evidence[] {
  const distinct = new Map<string, Evidence>();
  for (const item of lists.flat()) if (!distinct.has(keyOf(item.hit))) distinct.set(keyOf(item.hit), item);
  return [...distinct.values()];
}

function keyOf({ clause }: RankedClause): string {
  return `${clause.versionId} ${clause.ordinal}`;
}
