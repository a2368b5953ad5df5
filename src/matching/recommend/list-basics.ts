import type { FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import type { NextQuestion } from "../types.ts";
import { asksForPlace } from "./find-outside.ts";
import type { Candidate } from "./rank-program.ts";
import { isKnown, type Standing } from "./read-standing.ts";
import { readWanted } from "./relate-needs.ts";
import { BESIDE_THE_POINT, FIELDS_OF_NEEDS, PEOPLE, TELLING_SUBJECTS, YOUNG_STAGES } from "./weights.ts";

export interface BasicsContext {
  profile: Profile;
  standing: Standing;
  outsideIndustry: boolean;
  tooLittle: boolean;
  /** What could be listed, best first. */
  relevant: readonly Candidate[];
  asked: ReadonlySet<FieldId>;
}

const LOOKED_AT = 8;

/** Who somebody is and what they want, as far as it is open. `gates`: decide what is listed at all. `later`: worth knowing. */
export interface Basics {
  gates: readonly FieldId[];
  later: readonly FieldId[];
}

export function listBasics(context: BasicsContext): Basics {
  const { standing, tooLittle, outsideIndustry, relevant } = context;
  const isOpen = (field: FieldId) => isOpenBasic(field, context);
  const later = ["stage", "district", "needs", "founded-on"].filter(isOpen);
  if (tooLittle) {
    const identity = isOpen("name") && isOpen("credit-code") ? ["name"] : [];
    const first = ["industries"].filter(isOpen);
    return { gates: [...first, ...identity, ...later], later: [] };
  }
  const gates: FieldId[] = [];
  if (standing.place === "elsewhere" && standing.settles === null) gates.push("relocation-intent");
  if (standing.needs.length === 0) gates.push("needs");
  const isDoubtful = relevant.some(({ industry }) => industry.level === "doubtful");
  if (outsideIndustry) gates.push(isDoubtful ? "industry-words" : "research-business");
  if (isTelling(standing))
    gates.push(...(standing.subjects?.includes("incubator-operator") ? ["incubator-facts"] : []));
  else if (standing.industries.length === 0 || standing.vagueIndustry) gates.push("industries");
  if (relevant.slice(0, 4).some(({ indexed }) => indexed.settling || asksForPlace(indexed.program)))
    gates.push("district");
  if (outsideIndustry && relevant.length === 0) return { gates: gates.filter(isOpen), later: [] };
  gates.push(...later.filter((field) => field !== "founded-on" && decidesListed(field, relevant)));
  const open = [...new Set(gates)].filter(isOpen);
  return { gates: open, later: later.filter((field) => !open.includes(field) && field !== "founded-on") };
}

/** A condition of what would be listed hangs on it. */
function decidesListed(field: FieldId, relevant: readonly Candidate[]): boolean {
  return relevant
    .slice(0, LOOKED_AT)
    .some(({ judged }) =>
      judged.criteria.some(({ verdict, missing }) => verdict === "unknown" && missing.includes(field)),
    );
}

function isOpenBasic(field: FieldId, { profile, standing, asked }: BasicsContext): boolean {
  if (asked.has(field)) return false;
  if (profile.facts.get(field)?.value.kind === "declined") return false;
  switch (field) {
    case "industries":
      return standing.industries.length === 0 || standing.vagueIndustry;
    case "needs":
      return standing.needs.length === 0;
    case "district":
      return standing.place === "unknown";
    case "stage":
      return !isKnown(profile, "stage") && !isTelling(standing) && !isPeople(standing);
    default:
      return !isKnown(profile, field);
  }
}

function isTelling({ subjects }: Standing): boolean {
  return subjects?.every((id) => TELLING_SUBJECTS.has(id)) ?? false;
}

function isPeople({ subjects }: Standing): boolean {
  return subjects?.every((id) => PEOPLE.has(id)) ?? false;
}

/** Fields that are not worth a question here, though some program would want to know. */
export function listPointless({ standing, outsideIndustry }: BasicsContext): readonly FieldId[] {
  const { people, early, operator } = BESIDE_THE_POINT;
  const wanted = readWanted(standing);
  const needs = [...wanted.stated, ...wanted.implied];
  const ofOtherNeeds = [...FIELDS_OF_NEEDS]
    .filter(([, served]) => !served.some((need) => needs.includes(need)))
    .map(([field]) => field);
  return [
    ...(standing.place === "here" || standing.settles !== null ? ["relocation-intent"] : []),
    ...ofOtherNeeds,
    ...(isPeople(standing) ? [...people, ...early] : []),
    ...(standing.stages?.every((id) => YOUNG_STAGES.has(id)) ? early : []),
    ...(standing.subjects?.includes("incubator-operator") ? operator : []),
    ...(standing.industries.length > 0 && !outsideIndustry ? ["industry-words"] : []),
  ];
}

/** A question of who they are, with how many programs hang on it. */
export function askBasic(
  field: FieldId,
  all: readonly Candidate[],
  lexicon: ProfileLexicon,
  language: "zh" | "en",
): NextQuestion | undefined {
  const known = lexicon.fields.get(field);
  if (known === undefined) return undefined;
  const programs = all
    .filter((candidate) => dependsOn(field, candidate))
    .map(({ indexed }) => indexed.program.id);
  return {
    field,
    question: language === "en" ? known.askEn : known.ask,
    settles: programs.length,
    programs,
    why: sayWhy(programs.length, language),
  };
}

function sayWhy(count: number, language: "zh" | "en"): string {
  if (count === 0) return language === "en" ? "So that we know whom we serve." : "便于核对登记信息和后续对接";
  return language === "en" ? `Decides on ${count} programs.` : `答这一项可判定 ${count} 个项目是否对应`;
}

function dependsOn(field: FieldId, { indexed }: Candidate): boolean {
  const { program } = indexed;
  switch (field) {
    case "industries":
    case "research-business":
      return program.industries.length > 0;
    case "needs":
      return program.needs.length > 0;
    case "stage":
    case "founded-on":
      return indexed.early || indexed.late;
    case "district":
    case "relocation-intent":
      return indexed.settling || asksForPlace(program);
    default:
      return false;
  }
}
