import type { FactValue, FieldId, Profile } from "../../enterprises/index.ts";
import {
  BIG,
  OWN_TRADES,
  SETTLING_NEEDS,
  TELLING_SUBJECTS,
  VAGUE_INDUSTRIES,
  VAGUE_NEEDS,
} from "./weights.ts";

/** What of a profile decides relevance. Unknown is null or empty, never a guess. */
export interface Standing {
  industries: readonly string[];
  /** Every industry that is known is a means without a use (AI, software). */
  vagueIndustry: boolean;
  /** What is wanted, as far as it names something. */
  needs: readonly string[];
  /** “有什么补贴”: wants something, says not what. */
  vagueNeeds: readonly string[];
  /** One of these; null: not known. */
  subjects: readonly string[] | null;
  stages: readonly string[] | null;
  place: "here" | "elsewhere" | "unknown";
  /** As said, for people: 浙江省杭州市. */
  placeText: string | null;
  /** Plans to settle here. */
  settles: boolean | null;
  /** Large by its figures. */
  big: boolean;
}

export function readStanding(profile: Profile, home: readonly string[]): Standing {
  const allNeeds = readTerms(profile, "needs");
  const needs = allNeeds.filter((id) => !VAGUE_NEEDS.has(id));
  const said = readTerms(profile, "industries");
  const subjects = readSubjects(profile, said, needs);
  const industries = subjects?.every((id) => TELLING_SUBJECTS.has(id))
    ? said.filter((id) => !OWN_TRADES.has(id))
    : said;
  const path = readPlace(profile);
  const intent = knownValue(profile, "relocation-intent");
  return {
    industries,
    vagueIndustry: industries.length > 0 && industries.every((id) => VAGUE_INDUSTRIES.has(id)),
    needs,
    vagueNeeds: allNeeds.filter((id) => VAGUE_NEEDS.has(id)),
    subjects,
    stages: readChoice(profile, "stage"),
    place: path ? comparePath(path, home) : "unknown",
    placeText: path ? path.join("") : null,
    settles: intent?.kind === "flag" ? intent.value : needs.some((id) => SETTLING_NEEDS.has(id)) || null,
    big: atLeast(profile, "headcount", BIG.headcount) || atLeast(profile, "revenue", BIG.revenue),
  };
}

/** Declined counts as not known. */
export function isKnown(profile: Profile, field: FieldId): boolean {
  const value = knownValue(profile, field);
  if (value === undefined) return false;
  return value.kind !== "terms" || value.has.length > 0 || value.closed;
}

function knownValue(profile: Profile, field: FieldId): Exclude<FactValue, { kind: "declined" }> | undefined {
  const value = profile.facts.get(field)?.value;
  return value === undefined || value.kind === "declined" ? undefined : value;
}

function readTerms(profile: Profile, field: FieldId): string[] {
  const value = knownValue(profile, field);
  return value?.kind === "terms" ? value.has.filter(({ lapsed }) => !lapsed).map(({ id }) => id) : [];
}

function readChoice(profile: Profile, field: FieldId): string[] | null {
  const value = knownValue(profile, field);
  return value?.kind === "choice" && value.oneOf.length > 0 ? value.oneOf : null;
}

/** What somebody does says who they are where nothing else does. */
function readSubjects(
  profile: Profile,
  industries: readonly string[],
  needs: readonly string[],
): string[] | null {
  const said = readChoice(profile, "subject-type");
  if (said) return said;
  if (needs.includes("incubator-upgrade")) return ["incubator-operator"];
  if (industries.length > 0 && industries.every((id) => id === "park-operation"))
    return ["incubator-operator"];
  if (industries.length > 0 && industries.every((id) => id === "venture-capital")) return ["investor"];
  const stages = readChoice(profile, "stage");
  return stages?.every((id) => id === "idea") ? ["team", "individual"] : null;
}

/** Where it is registered; else where it works. */
function readPlace(profile: Profile): string[] | null {
  for (const field of ["district", "operating-place"]) {
    const value = knownValue(profile, field);
    if (value?.kind === "place" && value.path.length > 0) return value.path;
  }
  return null;
}

function comparePath(path: readonly string[], home: readonly string[]): Standing["place"] {
  for (const [depth, part] of home.entries()) {
    const held = path[depth];
    if (held === undefined) return "unknown";
    if (held !== part) return "elsewhere";
  }
  return "here";
}

function atLeast(profile: Profile, field: FieldId, bound: number): boolean {
  const value = knownValue(profile, field);
  return value?.kind === "number" && value.min !== null && value.min >= bound;
}
