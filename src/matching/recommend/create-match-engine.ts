import type { Profile, ProfileLexicon } from "../../enterprises/index.ts";
import { createJudge } from "../engine/judge-program.ts";
import type {
  CatalogueEntry,
  Direction,
  Match,
  MatchEngine,
  MatchOptions,
  MatchResult,
  ProgramVerdict,
} from "../types.ts";
import { assemblePackage, gatherPool } from "./assemble-package.ts";
import { chooseAsks } from "./choose-asks.ts";
import { composeMatch } from "./compose-match.ts";
import { type ListingContext, whyLeftOut, whyNotForThem } from "./decide-listing.ts";
import { findNearMisses } from "./find-near-misses.ts";
import { findOutside } from "./find-outside.ts";
import { type IndexedProgram, indexPrograms } from "./index-programs.ts";
import { type Candidate, sumPoints } from "./rank-program.ts";
import { isKnown, readStanding, type Standing } from "./read-standing.ts";
import { growTree, type IndustryRelation, type IndustryTree, relateIndustries } from "./relate-industry.ts";
import { readWanted, relateNeeds } from "./relate-needs.ts";
import { relateSubject } from "./relate-subject.ts";
import { selectListed } from "./select-listed.ts";
import { TELLING_SUBJECTS } from "./weights.ts";
import type { NextStepContext } from "./write-next-step.ts";

export interface MatchEngineParts {
  entries: readonly CatalogueEntry[];
  directions: ReadonlyMap<string, Direction>;
  lexicon: ProfileLexicon;
  /** Where the park lies, widest first (`places` of knowledge/park.yaml). */
  home?: readonly string[];
}

const DEFAULT_HOME: readonly string[] = ["上海市", "奉贤区"];
const DEFAULT_LIMIT = 8;

/** Judged programs → what is worth the reader's time. Pure: the same parts, profile and day give the same result. */
export function createMatchEngine(parts: MatchEngineParts): MatchEngine {
  const catalogue = indexPrograms(parts.entries);
  const byId = new Map(catalogue.map((indexed) => [indexed.program.id, indexed]));
  const tree = growTree(parts.lexicon.industries, parts.directions);
  const context: EngineContext = { ...parts, home: parts.home ?? DEFAULT_HOME, catalogue, tree };
  return {
    match: (profile, options) => matchAll(profile, options, context),
    check(programId, profile, options): Match | undefined {
      const indexed = byId.get(programId);
      if (indexed === undefined) return undefined;
      const candidate = createAssessor(profile, options, context).assess(indexed);
      return composeMatch(candidate, toStepContext(profile, options, context));
    },
  };
}

interface EngineContext extends MatchEngineParts {
  home: readonly string[];
  catalogue: readonly IndexedProgram[];
  tree: IndustryTree;
}

interface Assessor {
  standing: Standing;
  relation: IndustryRelation;
  assess(indexed: IndexedProgram): Candidate;
}

/** What depends on the profile alone is worked out once. */
function createAssessor(
  profile: Profile,
  { asOf, language }: MatchOptions,
  context: EngineContext,
): Assessor {
  const { lexicon, directions, home, tree } = context;
  const standing = readStanding(profile, home);
  const wanted = readWanted(standing);
  const relation = relateIndustries(standing.industries, tree);
  const judge = createJudge(profile, { asOf, lexicon, directions, ...(language && { language }) });
  return {
    standing,
    relation,
    assess(indexed) {
      const judged: ProgramVerdict = judge(indexed.program);
      const rated = {
        indexed,
        judged,
        need: relateNeeds(indexed, wanted),
        industry: relation.fit(indexed),
        subject: relateSubject(indexed.program.subjects, standing),
      };
      return { ...rated, score: sumPoints(rated) };
    },
  };
}

function matchAll(profile: Profile, options: MatchOptions, context: EngineContext): MatchResult {
  const { lexicon, directions, catalogue } = context;
  const { asOf } = options;
  const { standing, relation, assess } = createAssessor(profile, options, context);
  const all: Candidate[] = [];
  const withheld: MatchResult["withheld"] = [];
  for (const indexed of catalogue) {
    if (indexed.entry.usable) all.push(assess(indexed));
    else withheld.push({ ...nameOf(indexed), why: "所依据的文件原文已变更，待管理员核对" });
  }
  const outsideIndustry = isOutside(standing, relation, all);
  const tooLittle = isTooLittle(standing);
  const listing: ListingContext = { standing, outsideIndustry, lexicon };
  const selected = selectListed(all, (candidate) => whyLeftOut(candidate, listing), {
    limit: options.limit ?? DEFAULT_LIMIT,
    tooLittle,
  });
  const { listed, relevant } = selected;
  const near = tooLittle ? [] : findNearMisses(all, listing);
  const nearIds = new Set(near.map(({ candidate }) => candidate.indexed.program.id));
  const outside = tooLittle ? null : findOutside(listed, { standing, outsideIndustry, directions, lexicon });
  const pool = gatherPool(relevant, all, standing, (candidate) => whyNotForThem(candidate, listing) === null);
  const byId = new Map(all.map((one) => [one.indexed.program.id, one]));
  const steps = toStepContext(profile, options, context);
  const compose = (candidate: Candidate) => composeMatch(candidate, steps);
  return {
    asOf,
    matches: listed.map(compose),
    ask: chooseAsks({
      profile,
      standing,
      outsideIndustry,
      tooLittle,
      relevant,
      all,
      options,
      lexicon,
      directions,
    }),
    nearMisses: near.map(({ candidate, missing, metFrom }) => ({
      match: compose(candidate),
      missing,
      metFrom,
    })),
    package: listed.length === 0 || outside ? null : assemblePackage(pool, byId, lexicon),
    outside,
    leftOut: selected.leftOut
      .filter(({ candidate }) => !nearIds.has(candidate.indexed.program.id))
      .map(({ candidate, why }) => ({
        ...nameOf(candidate.indexed),
        why,
        verdict: candidate.judged.verdict,
      })),
    withheld,
  };
}

function toStepContext(
  profile: Profile,
  { asOf }: MatchOptions,
  { lexicon }: EngineContext,
): NextStepContext {
  return { lexicon, asOf, isKnown: (field) => isKnown(profile, field) };
}

function nameOf({ program }: IndexedProgram): { programId: string; name: string } {
  return { programId: program.id, name: program.name };
}

/** A known industry that no direction and no program names; of some bodies the type says more than the industry. */
function isOutside(standing: Standing, relation: IndustryRelation, all: readonly Candidate[]): boolean {
  if (standing.subjects?.every((id) => TELLING_SUBJECTS.has(id))) return false;
  if (standing.industries.length === 0 || standing.vagueIndustry || relation.inDirections) return false;
  return !all.some(({ industry }) => industry.level === "exact" || industry.level === "branch");
}

/** Neither what they do nor what they want: asking comes first. */
function isTooLittle({ industries, vagueIndustry, needs, subjects }: Standing): boolean {
  if (needs.length > 0 || (industries.length > 0 && !vagueIndustry)) return false;
  return !subjects?.every((id) => TELLING_SUBJECTS.has(id));
}
