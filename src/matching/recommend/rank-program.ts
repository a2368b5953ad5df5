import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { ProgramVerdict, RankingPart } from "../types.ts";
import type { IndexedProgram } from "./index-programs.ts";
import type { IndustryFit } from "./relate-industry.ts";
import type { NeedFit } from "./relate-needs.ts";
import { subjectPoints } from "./relate-subject.ts";
import { INDUSTRY_POINTS, STAGE_POINTS, STATE_POINTS, type SubjectLevel, VERDICT_POINTS } from "./weights.ts";

/** A program beside an enterprise, before anything is said of it. */
export interface Candidate {
  indexed: IndexedProgram;
  need: NeedFit;
  industry: IndustryFit;
  subject: SubjectLevel;
  judged: ProgramVerdict;
  score: number;
}

/** Asks for a stage of life, and it is theirs. */
function isOfStage({ indexed, judged }: Pick<Candidate, "indexed" | "judged">): boolean {
  if (indexed.stageCriteria.size === 0) return false;
  return judged.criteria.some(
    ({ criterionId, verdict }) => verdict === "met" && indexed.stageCriteria.has(criterionId),
  );
}

export function sumPoints({ indexed, need, industry, subject, judged }: Omit<Candidate, "score">): number {
  return (
    need.points +
    INDUSTRY_POINTS[industry.level] +
    subjectPoints(subject) +
    VERDICT_POINTS[judged.verdict] +
    STATE_POINTS[indexed.program.state.state] +
    (isOfStage({ indexed, judged }) ? STAGE_POINTS : 0)
  );
}

/** The same sum, part by part, in words. */
export function explainPoints(candidate: Candidate, lexicon: ProfileLexicon): RankingPart[] {
  const { need, industry, subject, judged } = candidate;
  const { program } = candidate.indexed;
  return [
    { name: "need", points: need.points, because: sayNeed(need, lexicon) },
    { name: "industry", points: INDUSTRY_POINTS[industry.level], because: sayIndustry(industry) },
    { name: "subject", points: subjectPoints(subject), because: SUBJECT_WORDS[subject] },
    {
      name: "verdict",
      points: VERDICT_POINTS[judged.verdict],
      because: judged.unconditional ? "条件：文中未写条件，需确认" : VERDICT_WORDS[judged.verdict],
    },
    {
      name: "state",
      points: STATE_POINTS[program.state.state],
      because: `文件状态：${program.state.state}（原文“${program.state.verb}”）`,
    },
    ...(isOfStage(candidate)
      ? [{ name: "order" as const, points: STAGE_POINTS, because: "所处阶段正是其对象" }]
      : []),
  ];
}

const SUBJECT_WORDS: Record<SubjectLevel, string> = {
  exact: "主体类型直接对应",
  implied: "主体类型可归入其对象",
  any: "文件未限定主体类型",
  unknown: "主体类型尚未说明",
  other: "主体类型与其对象不同",
};

const VERDICT_WORDS: Record<ProgramVerdict["verdict"], string> = {
  eligible: "条件：符合文字条件",
  likely: "条件：可能符合，有待确认",
  "needs-confirmation": "条件：需确认",
  "not-eligible": "条件：文字条件不符",
};

function sayNeed({ level, needs }: NeedFit, lexicon: ProfileLexicon): string {
  const names = needs.map((id) => `“${lexicon.needs.get(id)?.name ?? id}”`).join("");
  switch (level) {
    case "direct":
      return `直接对应需求${names}`;
    case "directGeneral":
      return `一般性服务，其内容包括需求${names}`;
    case "related":
      return `可能有助于需求${names}`;
    case "relatedGeneral":
      return `一般性服务，可能有助于需求${names}`;
    case "impliedDirect":
    case "impliedRelated":
      return `尚未说明需求；按所处阶段或主体类型，通常关注${names}`;
    case "none":
      return "不对应已说明的需求";
  }
}

function sayIndustry({ level, own, theirs }: IndustryFit): string {
  switch (level) {
    case "exact":
      return `行业直接对应：${theirs}`;
    case "branch":
      return `行业直接对应：${own} → ${theirs}`;
    case "wider":
      return `行业可能对应：${own}（其中的${theirs}）`;
    case "direction":
      return own === theirs ? `属文件的产业方向：${theirs}` : `属文件的产业方向：${own} → ${theirs}`;
    case "doubtful":
      return `文件未明确“${theirs}”是否包括${own}`;
    case "any":
      return "文件未限定行业";
    case "unknown":
      return "所属行业尚未说明";
    case "unrelated":
      return `文件点名的是其他行业，贵企业为${own}`;
  }
}
