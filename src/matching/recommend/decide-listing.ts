import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { ProgramKind } from "../types.ts";
import type { Candidate } from "./rank-program.ts";
import type { Standing } from "./read-standing.ts";
import {
  COMPANY_ONLY_KINDS,
  EARLY_KINDS,
  INSTITUTIONS,
  LATE_STAGES,
  PEOPLE,
  SETTLING_NEEDS,
} from "./weights.ts";

export interface ListingContext {
  standing: Standing;
  /** The enterprise's industry lies outside of every direction. */
  outsideIndustry: boolean;
  lexicon: ProfileLexicon;
}

/** Null: worth the reader's time. Otherwise why it is left out, for “为什么没有…”. */
export function whyLeftOut(candidate: Candidate, context: ListingContext): string | null {
  return whyNotEligible(candidate) ?? whyNotForThem(candidate, context);
}

/** The same without the conditions: whether it would be worth reading if they held. */
export function whyNotForThem(candidate: Candidate, context: ListingContext): string | null {
  return (
    whyOtherIndustry(candidate, context) ??
    whyOutside(candidate, context) ??
    whyOtherSubject(candidate, context) ??
    whyOtherTimeOfLife(candidate, context.standing) ??
    whyOtherPlace(candidate, context.standing) ??
    whyOfNoUse(candidate, context)
  );
}

function whyNotEligible({ judged }: Candidate): string | null {
  if (judged.verdict !== "not-eligible") return null;
  const unmet = judged.criteria.filter(({ mandatory, verdict }) => mandatory && verdict === "unmet");
  return `文字条件不符：${unmet.map(({ text, observed }) => (observed ? `${text}（贵企业：${observed}）` : text)).join("；")}`;
}

function whyOtherIndustry(
  { indexed: { program }, industry, need }: Candidate,
  { outsideIndustry, lexicon, standing }: ListingContext,
): string | null {
  const isWanted = isDirect(need.level) || need.level === "impliedDirect";
  if (industry.level === "unknown" && program.industryBound && !isWanted)
    return `只面向${nameIndustries(program.industries, lexicon)}，贵企业所属行业尚未说明`;
  if (industry.level === "doubtful" && !isWanted)
    return `文件未明确“${industry.theirs}”是否包括${industry.own}，且不直接对应已说明的需求`;
  if (industry.level !== "unrelated") return null;
  const isApart = program.industryBound || outsideIndustry || !isDirect(need.level) || standing.vagueIndustry;
  return isApart
    ? `面向${nameIndustries(program.industries, lexicon)}，贵企业为${industry.own ?? "其他行业"}`
    : null;
}

/** Ground, plants and platforms are for the directions of the document; whoever is outside of them is not told otherwise. */
function whyOutside(
  { indexed, industry, need }: Candidate,
  { outsideIndustry }: ListingContext,
): string | null {
  const isClosed = outsideIndustry && FOR_DIRECTIONS.has(indexed.program.kind);
  const isIncubated = indexed.program.kind === "孵化" && isDirect(need.level);
  return isClosed && !isIncubated && industry.level !== "doubtful"
    ? "用于文件的产业方向，贵企业所属行业不在其列"
    : null;
}

const FOR_DIRECTIONS: ReadonlySet<ProgramKind> = new Set(["空间", "孵化", "平台", "研发", "场景"]);

function whyOtherSubject(
  { indexed: { program }, subject }: Candidate,
  { lexicon }: ListingContext,
): string | null {
  const theirs = () => nameSubjects(program.subjects, lexicon);
  if (subject === "other") return `面向${theirs()}，与贵单位的主体类型不同`;
  if (subject === "unknown" && isForFew(program.subjects)) return `面向${theirs()}，贵单位的主体类型尚未说明`;
  return null;
}

function isDirect(level: Candidate["need"]["level"]): boolean {
  return level === "direct" || level === "directGeneral";
}

/** For none of those that most people are. */
function isForFew(subjects: readonly string[]): boolean {
  return subjects.length > 0 && !subjects.some((id) => id === "company" || PEOPLE.has(id));
}

function whyOtherTimeOfLife({ indexed, need, subject }: Candidate, standing: Standing): string | null {
  const { program } = indexed;
  const { stages, subjects } = standing;
  if (subjects?.every((id) => PEOPLE.has(id)) && COMPANY_ONLY_KINDS.has(program.kind))
    return "面向已设立的企业，贵方为团队或个人";
  if (subjects?.every((id) => INSTITUTIONS.has(id)) && indexed.late && subject !== "exact")
    return "面向企业的上市或总部认定，与贵单位性质不符";
  const isRunner =
    subjects?.includes("incubator-operator") && program.subjects.includes("incubator-operator");
  const isLate = stages === null ? standing.big : stages.every((id) => LATE_STAGES.has(id));
  if (indexed.early && isLate && !isRunner) return "面向初创和成长早期的企业，贵企业已过这一阶段";
  // What the text's “早中期” leaves open is no yes: it stands among what is left out, with that reason.
  if (indexed.early && program.kind === "基金" && stages?.every((id) => id === "growth"))
    return "原文写的是创业早中期，成长期是否在内没有写明，须向主管部门确认";
  if (isDirect(need.level)) return null;
  if (EARLY_KINDS.has(program.kind) && stages?.every((id) => id === "growth") && !isRunner)
    return "面向初创和成长早期的企业，贵企业未提出孵化需求";
  if (indexed.late && !isGrown(program.kind, standing)) return "面向较成熟的企业，贵企业未提出这方面的需求";
  return null;
}

/** Known to have come so far; for headquarters also by size or as state-owned. */
function isGrown(kind: ProgramKind, { stages, big, subjects }: Standing): boolean {
  if (kind === "总部" && (big || subjects?.every((id) => id === "central-soe" || id === "municipal-soe")))
    return true;
  return stages?.every((id) => id === "growth" || LATE_STAGES.has(id)) ?? false;
}

/** Says nothing of where one must be registered, which the text may leave open: only that it is used here. */
function whyOtherPlace({ indexed, need }: Candidate, { place, settles }: Standing): string | null {
  const staysAway = place === "elsewhere" && settles === false;
  const isOnlyToSettle = need.needs.length > 0 && need.needs.every((id) => SETTLING_NEEDS.has(id));
  return staysAway && (indexed.settling || isOnlyToSettle)
    ? "用于在本区落地，贵企业暂无在本区落地的计划"
    : null;
}

function whyOfNoUse(candidate: Candidate, { standing, outsideIndustry }: ListingContext): string | null {
  const { need, industry, subject, indexed } = candidate;
  if (subject === "exact" && isForFew(indexed.program.subjects)) return null;
  const isOfIndustry = industry.level === "exact" || industry.level === "branch";
  if (standing.needs.length > 0) {
    return need.level !== "none" || isOfIndustry ? null : "不对应已说明的需求，也不是专为贵企业所在行业而设";
  }
  if (need.level === "relatedGeneral") return null;
  if (outsideIndustry) return "尚未说明需求；文件没有把它与贵企业所在行业联系起来";
  if (isOfIndustry || industry.level === "wider" || need.level === "impliedDirect") return null;
  if (industry.level === "direction") return null;
  return "尚未说明需求；它不是专为贵企业所在行业或阶段而设";
}

function nameIndustries(ids: readonly string[], lexicon: ProfileLexicon): string {
  const names = ids
    .filter((id) => !id.startsWith("direction:"))
    .map((id) => lexicon.industries.get(id)?.name ?? id);
  return names.length > 0 ? names.join("、") : "文件所列产业方向";
}

function nameSubjects(ids: readonly string[], lexicon: ProfileLexicon): string {
  const options = lexicon.fields.get("subject-type")?.options ?? [];
  return ids.map((id) => options.find((option) => option.id === id)?.label ?? id).join("、");
}
