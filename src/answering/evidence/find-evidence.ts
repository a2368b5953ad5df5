import type { QueryAnalysis, RankedClause, Retriever, SearchOptions } from "../../retrieval/index.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { type Evidence, selectEvidence } from "./select-evidence.ts";

export interface FoundEvidence {
  analysis: QueryAnalysis;
  evidence: Evidence[];
}

const CANDIDATES = 12;

/** Searches and selects; a comparison of two matters is searched once for each, and the two lists are interleaved. */
export async function findEvidence(
  retriever: Retriever,
  question: UnderstoodQuestion,
  context: readonly string[],
  options: Omit<SearchOptions, "top">,
): Promise<FoundEvidence> {
  const { analysis, hits } = await retriever.search(question.text, { ...options, top: CANDIDATES }, context);
  const whole = select(retriever, question, analysis, hits);
  const sides =
    question.form === "comparison" || question.form === "choice" ? splitComparison(question.normalized) : [];
  if (sides.length < 2) return { analysis, evidence: whole };
  const lists = await Promise.all(
    sides.map(async (side) => {
      const found = await retriever.search(side, { ...options, top: 3 }, context);
      return select(retriever, question, found.analysis, found.hits).slice(0, 1);
    }),
  );
  return { analysis, evidence: mergeDistinct([whole.slice(0, 1), ...lists, whole]) };
}

function select(
  retriever: Retriever,
  question: UnderstoodQuestion,
  analysis: QueryAnalysis,
  hits: readonly RankedClause[],
): Evidence[] {
  return selectEvidence(analysis, hits, question.attributes, (query, text) =>
    retriever.scoreText(query, text),
  );
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

function mergeDistinct(lists: readonly (readonly Evidence[])[]): Evidence[] {
  const seen = new Set<string>();
  const merged: Evidence[] = [];
  for (const item of lists.flat()) {
    const key = `${item.hit.clause.versionId} ${item.hit.clause.ordinal}`;
    if (seen.has(key)) continue;
    seen.add(key);
    merged.push(item);
  }
  return merged;
}
