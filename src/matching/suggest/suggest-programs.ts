import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Clause } from "../../knowledge/index.ts";
import { checkProgram } from "../catalogue/check-program.ts";
import { quotesOf } from "../catalogue/index-quotes.ts";
import { describeProblem } from "../catalogue/program-problem.ts";
import type { Direction, Program, ProgramDesk, Suggestion } from "../types.ts";
import { type DraftContext, draftProgram } from "./draft-program.ts";
import { findMeasures } from "./find-measures.ts";
import { findWholeMatter } from "./find-whole-matter.ts";
import { placesOfTitle } from "./read-criteria.ts";
import { readBounds } from "./read-threshold.ts";
import { sortOutDocument } from "./sort-out-document.ts";

export interface SuggestContext {
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
  /** The programs that are there; what rests on the same words is marked as a double of it. */
  existing: readonly Program[];
}

const SURE_ENOUGH = 0.3;

/**
 * Programs drafted from any policy text by rules, for an admin to review: every quote stands verbatim in its clause,
 * a test only where the text's threshold is read surely. Nothing is published by it. Pure.
 */
export function suggestPrograms(
  document: Parameters<ProgramDesk["suggest"]>[0],
  { lexicon, directions, existing }: SuggestContext,
): Suggestion[] {
  const { title, text, clauses } = document;
  // What changes or explains other texts gives nothing of its own.
  if (/修改|废止|解读|问答|发布会|暂停受理|停止受理/.test(title)) return [];
  const facts = sortOutDocument(clauses);
  const context: DraftContext = {
    ...{ title, facts, clauses, existing },
    criteria: { lexicon, bounds: readBounds(text), places: placesOfTitle(title) },
  };
  const whole = findWholeMatter(title, clauses);
  const actionPlan = /方案|规划|纲要|计划|意见/.test(title);
  const found = whole ? [whole] : clauses.flatMap((clause) => findMeasures(clause, actionPlan));
  const taken = new Set<string>();
  return found
    .map((measure) => draftProgram(measure, context, whole !== undefined))
    .map((suggestion) => verify(suggestion, clauses, { lexicon, directions }))
    .filter(({ program, confidence }) => {
      if (confidence < SURE_ENOUGH || taken.has(program.id)) return false;
      taken.add(program.id);
      return true;
    });
}

/** What a check would refuse is told to the reviewer; a test that it refuses is taken out first. */
function verify(
  suggestion: Suggestion,
  clauses: readonly Clause[],
  context: { lexicon: ProfileLexicon; directions: ReadonlyMap<string, Direction> },
): Suggestion {
  const notes = [...suggestion.notes];
  const criteria = suggestion.program.criteria.map((criterion) => {
    const alone = checkProgram({ ...suggestion.program, criteria: [criterion] }, context).problems;
    if (!criterion.test || !alone.some(({ place }) => place.startsWith("criteria"))) return criterion;
    notes.push(`条件“${shorten(criterion.text)}”未能换算成可核对的形式，请人工判断。`);
    const { test: _refused, ...rest } = criterion;
    return rest;
  });
  const program = { ...suggestion.program, criteria };
  const { problems } = checkProgram(program, context);
  const lost = quotesOf(program).filter(
    ({ section, quote }) =>
      !clauses.some((clause) => clause.section === section && clause.text.includes(quote)),
  );
  notes.push(
    ...problems.map(describeProblem),
    ...lost.map(({ section, quote }) => `${section}：“${shorten(quote)}”请对照原文核对。`),
  );
  return { ...suggestion, program, notes };
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
