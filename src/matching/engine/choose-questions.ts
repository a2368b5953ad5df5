import type { FactValue, FieldId, Profile } from "../../enterprises/index.ts";
import type { CriterionVerdictValue, MatchVerdict, NextQuestion, Program, ProgramVerdict } from "../types.ts";
import { toInterval } from "./interval.ts";
import type { JudgeContext } from "./judge-context.ts";
import type { CompiledCriterion } from "./judge-criterion.ts";
import { compileProgram, foldCriteria } from "./judge-program.ts";
import { judgeTest } from "./judge-test.ts";
import { type ProfileView, viewProfile } from "./profile-view.ts";
import { leavesOn, sampleAnswers } from "./sample-answers.ts";
import { isCounted } from "./units.ts";

export interface QuestionCandidate {
  program: Program;
  verdict: ProgramVerdict;
  /** How much it matters to this enterprise; 0 and less: not at all. */
  weight: number;
}

export interface QuestionContext extends JudgeContext {
  /** Not asked again, whatever came of it. */
  asked?: readonly FieldId[];
  /** At most, and never more than two. */
  limit?: number;
}

interface Gain {
  score: number;
  programs: string[];
}

/** More than two questions at a time are a form, not a conversation. */
const MOST = 2;

/**
 * The facts to ask for next: first what decides most programs, then what a specialist will want to know of the best.
 * Nothing is asked that is known, was asked before, or would change nothing.
 */
export function chooseQuestions(
  candidates: readonly QuestionCandidate[],
  profile: Profile,
  context: QuestionContext,
): NextQuestion[] {
  const limit = Math.min(MOST, context.limit ?? MOST);
  const closed = closedFields(profile, context.asked ?? []);
  const open = candidates.filter(({ verdict, weight }) => weight > 0 && verdict.verdict !== "not-eligible");
  const settling = chooseSettling(open, profile, context, closed).slice(0, limit);
  const taken = new Set([...closed, ...settling.map(({ field }) => field)]);
  return [...settling, ...chooseIntake(open, profile, context, taken, limit - settling.length)];
}

function closedFields(profile: Profile, asked: readonly FieldId[]): Set<FieldId> {
  const declined = [...profile.facts.values()].filter(({ value }) => value.kind === "declined");
  return new Set([...asked, ...declined.map(({ field }) => field)]);
}

function chooseSettling(
  open: readonly QuestionCandidate[],
  profile: Profile,
  context: QuestionContext,
  closed: ReadonlySet<FieldId>,
): NextQuestion[] {
  const view = viewProfile(profile, context.lexicon, context.asOf);
  const gains = new Map<FieldId, Gain>();
  for (const candidate of open) addGains(candidate, view, context, closed, gains);
  const order = new Map([...context.lexicon.fields.keys()].map((field, index) => [field, index]));
  const place = (field: FieldId): number => order.get(field) ?? order.size;
  return [...gains]
    .sort(
      ([a, left], [b, right]) =>
        right.score - left.score || right.programs.length - left.programs.length || place(a) - place(b),
    )
    .map(([field, gain]) => toQuestion(field, gain.programs, context))
    .filter((question) => question !== undefined);
}

function addGains(
  candidate: QuestionCandidate,
  view: ProfileView,
  context: QuestionContext,
  closed: ReadonlySet<FieldId>,
  gains: Map<FieldId, Gain>,
): void {
  const { program, verdict, weight } = candidate;
  const missing = new Set(
    verdict.criteria.flatMap((each) => (each.verdict === "unknown" ? each.missing : [])),
  );
  if (missing.size === 0) return;
  const compiled = compileProgram(program, context);
  const tested = new Set(compiled.flatMap(({ fields }) => fields));
  for (const field of missing) {
    if (!tested.has(field)) continue;
    const asked = toAskable(field, view, closed);
    if (asked === undefined) continue;
    const worth = weighAnswer(field, compiled, verdict, view, context);
    if (worth === 0) continue;
    const gain = gains.get(asked) ?? { score: 0, programs: [] };
    if (gain.programs.at(-1) !== program.id) gain.programs.push(program.id);
    // Something is known already: to ask for it more exactly is worth less than to ask for something new.
    gain.score += weight * worth * (view.value(asked) === undefined ? 1 : 0.5);
    gains.set(asked, gain);
  }
}

/** A share that they do not know may follow from a figure that they do. */
function toAskable(field: FieldId, view: ProfileView, closed: ReadonlySet<FieldId>): FieldId | undefined {
  if (!closed.has(field)) return field;
  return view.alternatives(field).find((part) => !closed.has(part));
}

/** 1: some answer decides the program. ½: some answer changes its verdict. 0: none does. */
function weighAnswer(
  field: FieldId,
  compiled: readonly CompiledCriterion[],
  verdict: ProgramVerdict,
  view: ProfileView,
  context: QuestionContext,
): number {
  const declared = context.lexicon.fields.get(field);
  if (!declared) return 0;
  const open = compiled.filter(
    ({ fields }, index) => fields.includes(field) && verdict.criteria[index]?.verdict === "unknown",
  );
  const leaves = open.flatMap(({ test }) => (test ? leavesOn(test, field) : []));
  let worth = 0;
  for (const answer of sampleAnswers(declared, leaves, view, context.asOf)) {
    const answered = answerField(view, field, answer, isCounted(declared.unit ?? ""));
    const then = foldAnswered(compiled, open, verdict, answered, context.asOf);
    if (then === verdict.verdict) continue;
    if (then === "eligible" || then === "not-eligible") return 1;
    worth = 0.5;
  }
  return worth;
}

function foldAnswered(
  compiled: readonly CompiledCriterion[],
  open: readonly CompiledCriterion[],
  verdict: ProgramVerdict,
  view: ProfileView,
  asOf: string,
): MatchVerdict {
  return foldCriteria(
    compiled.map((each, index): { mandatory: boolean; verdict: CriterionVerdictValue } => {
      const before = verdict.criteria[index]?.verdict ?? "unknown";
      const now = each.test && open.includes(each) ? judgeTest(each.test, view, asOf) : before;
      return { mandatory: each.criterion.mandatory, verdict: now };
    }),
  );
}

function answerField(view: ProfileView, field: FieldId, answer: FactValue, counted: boolean): ProfileView {
  return {
    ...view,
    value: (other) => (other === field ? answer : view.value(other)),
    figure: (other) =>
      other === field && answer.kind === "number"
        ? { interval: toInterval(answer, counted), derived: false }
        : view.figure(other),
  };
}

function toQuestion(field: FieldId, programs: string[], context: QuestionContext): NextQuestion | undefined {
  const declared = context.lexicon.fields.get(field);
  if (!declared) return undefined;
  const en = context.language === "en";
  const settles = programs.length;
  const why = en
    ? `Your answer settles ${settles} program${settles === 1 ? "" : "s"}`
    : `答这一项可判定 ${settles} 个项目`;
  return { field, question: en ? declared.askEn : declared.ask, settles, programs, why };
}

/** One for each program in the order of their weight, then the second of each, and so on. */
function chooseIntake(
  open: readonly QuestionCandidate[],
  profile: Profile,
  context: QuestionContext,
  taken: ReadonlySet<FieldId>,
  limit: number,
): NextQuestion[] {
  if (limit <= 0) return [];
  const ranked = [...open].sort((a, b) => b.weight - a.weight);
  const wanted = ranked.map(({ program }) => ({
    id: program.id,
    fields: program.intake.filter((field) => !taken.has(field) && !profile.facts.has(field)),
  }));
  const chosen = new Set<FieldId>();
  const rounds = wanted.reduce((most, { fields }) => Math.max(most, fields.length), 0);
  for (let round = 0; round < rounds && chosen.size < limit; round++)
    for (const { fields } of wanted) {
      const field = fields[round];
      if (field !== undefined && chosen.size < limit && context.lexicon.fields.has(field)) chosen.add(field);
    }
  const why = context.language === "en" ? "A specialist will need it" : "专员对接时需要";
  return [...chosen].flatMap((field) => {
    const programs = wanted.filter(({ fields }) => fields.includes(field)).map(({ id }) => id);
    const question = toQuestion(field, programs, context);
    return question ? [{ ...question, settles: 0, why }] : [];
  });
}
