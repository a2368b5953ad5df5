import type { FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import { chooseQuestions } from "../engine/choose-questions.ts";
import type { Direction, MatchOptions, NextQuestion } from "../types.ts";
import { askBasic, type BasicsContext, listBasics, listPointless } from "./list-basics.ts";
import type { Candidate } from "./rank-program.ts";
import type { Standing } from "./read-standing.ts";

export interface AskContext {
  profile: Profile;
  standing: Standing;
  outsideIndustry: boolean;
  tooLittle: boolean;
  relevant: readonly Candidate[];
  all: readonly Candidate[];
  options: MatchOptions;
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
}

const MOST = 2;
/** Beyond these nothing is listed, whatever is answered. */
const MOST_CONSIDERED = 60;
/** What a specialist will want to know is asked for so many of the best; more would be a form. */
const BEST = 3;

/**
 * At most two. What decides whether anything can be listed comes first; then, in turn, a fact that settles a condition (or
 * that a specialist will ask for) and a fact about who they are, so that two turns bring facts of different kinds.
 */
export function chooseAsks(context: AskContext): NextQuestion[] {
  const { options, all, lexicon, tooLittle } = context;
  const basics: BasicsContext = { ...context, asked: new Set(options.asked ?? []) };
  const { gates, later } = listBasics(basics);
  const basic = (field: FieldId) => askBasic(field, all, lexicon, options.language ?? "zh");
  const first = gates.slice(0, MOST).map(basic).filter(isThere);
  if (first.length === MOST || tooLittle) return first;
  const facts = chooseFacts(context, [...gates, ...later, ...listPointless(basics)]);
  return [...first, ...weave(facts, later.map(basic).filter(isThere))].slice(0, MOST);
}

/** What settles conditions, then what a specialist will ask for of the best; no two that settle the same. */
function chooseFacts(context: AskContext, closed: readonly FieldId[]): NextQuestion[] {
  const { profile, options, relevant, lexicon, directions } = context;
  const best = new Set(findBest(relevant).map(({ indexed }) => indexed.program.id));
  const candidates = relevant
    .slice(0, MOST_CONSIDERED)
    .map(({ indexed, judged, score }) => ({ program: indexed.program, verdict: judged, weight: score }));
  const chosen: NextQuestion[] = [];
  const taken = [...(options.asked ?? []), ...closed];
  for (let round = 0; round < MOST && chosen.length < MOST; round += 1) {
    const found = chooseQuestions(candidates, profile, {
      asOf: options.asOf,
      lexicon,
      directions,
      asked: taken,
      limit: MOST,
      ...(options.language && { language: options.language }),
    });
    for (const question of preferIntake(found, relevant)) {
      const isOfUse =
        question.settles > 0 ? !isCovered(question, relevant) : question.programs.some((id) => best.has(id));
      if (isOfUse && !chosen.some((other) => settlesSame(other, question))) chosen.push(question);
      taken.push(question.field);
    }
  }
  return chosen.slice(0, MOST);
}

/** Of those that serve a stated need directly; without any, the two first. */
function findBest(relevant: readonly Candidate[]): readonly Candidate[] {
  const direct = relevant.filter(({ need }) => need.level === "direct" || need.level === "directGeneral");
  return direct.length > 0 ? direct.slice(0, BEST) : relevant.slice(0, BEST - 1);
}

/** The programs themselves name another field, which settles the same condition, among what to ask. */
function isCovered({ field, programs }: NextQuestion, relevant: readonly Candidate[]): boolean {
  return relevant
    .filter(({ indexed }) => programs.includes(indexed.program.id))
    .every(({ indexed: { program }, judged }) => {
      if (program.intake.includes(field)) return false;
      const others = judged.criteria
        .filter(({ verdict, missing }) => verdict === "unknown" && missing.includes(field))
        .map(({ missing }) => missing.some((other) => other !== field && program.intake.includes(other)));
      return others.length > 0 && others.every(Boolean);
    });
}

function settlesSame(one: NextQuestion, other: NextQuestion): boolean {
  return one.settles > 0 && other.settles > 0 && one.programs.join() === other.programs.join();
}

/** Of two that settle the same, the one that the program itself names among what to ask. */
function preferIntake(questions: readonly NextQuestion[], relevant: readonly Candidate[]): NextQuestion[] {
  const [one, other] = questions;
  if (!one || !other || !settlesSame(one, other)) return [...questions];
  const intake = relevant.find(({ indexed }) => indexed.program.id === one.programs[0])?.indexed.program
    .intake;
  const isNamed = (question: NextQuestion) => intake?.includes(question.field) ?? false;
  return isNamed(other) && !isNamed(one) ? [other, one] : [one, other];
}

function weave(facts: readonly NextQuestion[], basics: readonly NextQuestion[]): NextQuestion[] {
  const woven: NextQuestion[] = [];
  for (let at = 0; at < Math.max(facts.length, basics.length); at += 1)
    woven.push(...[facts[at], basics[at]].filter(isThere));
  return woven;
}

function isThere(question: NextQuestion | undefined): question is NextQuestion {
  return question !== undefined;
}
