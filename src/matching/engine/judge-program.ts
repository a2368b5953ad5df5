import type { FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import type { CriterionVerdict, Direction, MatchVerdict, Program, ProgramVerdict } from "../types.ts";
import { compileTest } from "./compile-test.ts";
import { describeObserved } from "./describe-observed.ts";
import { describeThreshold } from "./describe-threshold.ts";
import type { JudgeContext } from "./judge-context.ts";
import { type CompiledCriterion, judgeCriterion } from "./judge-criterion.ts";
import { fieldsOf } from "./judge-test.ts";
import { viewProfile } from "./profile-view.ts";

/** One program for one profile on a day, with a verdict for every criterion. */
export function judgeProgram(program: Program, profile: Profile, context: JudgeContext): ProgramVerdict {
  return createJudge(profile, context)(program);
}

/** The same for many programs: what depends on the profile alone is worked out once. */
export function createJudge(profile: Profile, context: JudgeContext): (program: Program) => ProgramVerdict {
  const view = viewProfile(profile, context.lexicon, context.asOf);
  const observed = new Map<FieldId, string | undefined>();
  const observe = (field: FieldId): string | undefined => {
    if (!observed.has(field)) observed.set(field, describeObserved(field, view, context));
    return observed.get(field);
  };
  return (program) => {
    const criteria = compileProgram(program, context).map((each) =>
      judgeCriterion(each, view, context, observe),
    );
    return { verdict: foldCriteria(criteria), criteria, unconditional: criteria.length === 0 };
  };
}

/** The program's verdict; what is not mandatory never rules anybody out. */
export function foldCriteria(
  criteria: readonly Pick<CriterionVerdict, "mandatory" | "verdict">[],
): MatchVerdict {
  const mandatory = criteria.filter((criterion) => criterion.mandatory);
  if (mandatory.some((criterion) => criterion.verdict === "unmet")) return "not-eligible";
  if (mandatory.length > 0 && mandatory.every((criterion) => criterion.verdict === "met")) return "eligible";
  return criteria.some((criterion) => criterion.verdict === "met") ? "likely" : "needs-confirmation";
}

type CompiledPrograms = WeakMap<Program, readonly CompiledCriterion[]>;
type ByLanguage = Record<"zh" | "en", CompiledPrograms>;
const COMPILED = new WeakMap<ProfileLexicon, WeakMap<ReadonlyMap<string, Direction>, ByLanguage>>();

function compiledFor({ lexicon, directions, language }: JudgeContext): CompiledPrograms {
  const ofLexicon = COMPILED.get(lexicon) ?? new WeakMap<ReadonlyMap<string, Direction>, ByLanguage>();
  COMPILED.set(lexicon, ofLexicon);
  const byLanguage = ofLexicon.get(directions) ?? { zh: new WeakMap(), en: new WeakMap() };
  ofLexicon.set(directions, byLanguage);
  return byLanguage[language ?? "zh"];
}

/** Programs are compiled once for a vocabulary and a language, and forgotten with them. */
export function compileProgram(program: Program, context: JudgeContext): readonly CompiledCriterion[] {
  const compiled = compiledFor(context);
  const known = compiled.get(program);
  if (known) return known;
  const criteria = program.criteria.map((criterion): CompiledCriterion => {
    const test = criterion.test && compileTest(criterion.test, context.lexicon, context.directions);
    return {
      criterion,
      test,
      fields: test ? fieldsOf(test) : [],
      threshold: test && describeThreshold(test, context),
    };
  });
  compiled.set(program, criteria);
  return criteria;
}
