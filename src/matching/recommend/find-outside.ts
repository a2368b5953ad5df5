import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { CriterionTest, Direction, MatchResult, Program } from "../types.ts";
import type { Candidate } from "./rank-program.ts";
import type { Standing } from "./read-standing.ts";

interface OutsideContext {
  standing: Standing;
  outsideIndustry: boolean;
  directions: ReadonlyMap<string, Direction>;
  lexicon: ProfileLexicon;
}

/** An honest “没有直接对应的”, with what among the listed may still serve; null where something is for them. */
export function findOutside(
  listed: readonly Candidate[],
  { standing, outsideIndustry, directions, lexicon }: OutsideContext,
): MatchResult["outside"] {
  const ids = (candidates: readonly Candidate[]) => candidates.map(({ indexed }) => indexed.program.id);
  if (outsideIndustry && !listed.some(isForThisBody)) {
    const names = [...directions.values()]
      .filter(({ parent }) => parent === undefined)
      .map(({ name }) => name);
    const known = names.length > 0 ? `文件的产业方向为${names.join("、")}，` : "";
    const own = standing.industries.map((id) => lexicon.industries.get(id)?.name ?? id).join("、");
    const isOpen = listed.some(({ industry }) => industry.level === "doubtful");
    return {
      why: `${known}没有直接对应“${own}”的项目${isOpen ? "，是否包括该行业，文件用语未明确" : ""}。${sayWhatServes(
        listed.length,
        isOpen ? "以下项目可能有帮助，须逐项确认。" : "以下项目未限定行业，可能有帮助，须逐项确认。",
      )}`,
      mayServe: ids(listed),
    };
  }
  if (standing.place === "elsewhere" && standing.settles === false) {
    const open = listed.filter(({ indexed }) => !asksForPlace(indexed.program));
    return {
      why: `贵企业在${standing.placeText ?? "区外"}，且暂无在本区落地的计划，没有直接对应的项目。${sayWhatServes(
        open.length,
        "以下项目的原文未写明须在本区注册，能否适用以正式文件和主管部门解释为准。",
      )}`,
      mayServe: ids(open),
    };
  }
  const serves = listed.some(({ need }) => ["direct", "directGeneral", "related"].includes(need.level));
  if (standing.needs.length > 0 && !serves) {
    const needs = standing.needs.map((id) => lexicon.needs.get(id)?.name ?? id).join("、");
    return {
      why: `文件没有直接对应“${needs}”的项目。${sayWhatServes(listed.length, "以下项目与贵企业有关，但不是为此而设。")}`,
      mayServe: ids(listed),
    };
  }
  return null;
}

function sayWhatServes(count: number, words: string): string {
  return count > 0 ? words : "可补充说明业务和需求，由园区服务专员进一步核对。";
}

/** Named for this type of body, whatever its industry. */
function isForThisBody({ indexed, subject }: Candidate): boolean {
  return subject === "exact" && !indexed.program.subjects.includes("company");
}

export function asksForPlace({ criteria }: Program): boolean {
  return criteria.some(({ test }) => test !== undefined && testsPlace(test));
}

function testsPlace(test: CriterionTest): boolean {
  if ("anyOf" in test) return test.anyOf.some(testsPlace);
  if ("allOf" in test) return test.allOf.some(testsPlace);
  return test.field === "district" || test.field === "operating-place";
}
