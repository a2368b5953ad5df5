import type { FieldId, Profile, ProfileLexicon } from "../../enterprises/index.ts";
import type { NextQuestion } from "../types.ts";
import { asksForPlace } from "./find-outside.ts";
import type { Candidate } from "./rank-program.ts";
import { isKnown, type Standing } from "./read-standing.ts";
import { TELLING_SUBJECTS } from "./weights.ts";

export interface BasicsContext {
  profile: Profile;
  standing: Standing;
  outsideIndustry: boolean;
  tooLittle: boolean;
  /** What could be listed, best first. */
  relevant: readonly Candidate[];
  asked: ReadonlySet<FieldId>;
}

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
  if (outsideIndustry) gates.push("research-business");
  if (standing.industries.length === 0 || standing.vagueIndustry) gates.push("industries");
  if (relevant.slice(0, 4).some(({ indexed }) => indexed.settling || asksForPlace(indexed.program)))
    gates.push("district");
  const open = gates.filter(isOpen);
  return { gates: open, later: later.filter((field) => !open.includes(field) && field !== "founded-on") };
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
      return !isKnown(profile, "stage") && !standing.subjects?.every((id) => TELLING_SUBJECTS.has(id));
    default:
      return !isKnown(profile, field);
  }
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
