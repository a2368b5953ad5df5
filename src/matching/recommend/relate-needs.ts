import type { IndexedProgram } from "./index-programs.ts";
import type { Standing } from "./read-standing.ts";
import { NEED_POINTS, type NeedLevel, STAGE_COMPANIONS, STAGE_NEEDS, SUBJECT_NEEDS } from "./weights.ts";

export interface NeedFit {
  level: NeedLevel;
  /** Those that it serves at this level; ids. */
  needs: readonly string[];
  points: number;
}

/** What is wanted, said or taken from stage and type of body; made once a match. */
export interface Wanted {
  stated: readonly string[];
  /** “有什么补贴” and the like. */
  vague: readonly string[];
  implied: readonly string[];
}

const NONE: NeedFit = { level: "none", needs: [], points: NEED_POINTS.none };

export function readWanted({ needs, vagueNeeds, stages, subjects }: Standing): Wanted {
  if (needs.length > 0) return { stated: needs, vague: [], implied: [] };
  const implied = new Set<string>();
  for (const subject of subjects ?? [])
    for (const need of SUBJECT_NEEDS.get(subject) ?? []) implied.add(need);
  if (stages?.length === 1) for (const need of STAGE_NEEDS.get(stages[0] ?? "") ?? []) implied.add(need);
  return { stated: [], vague: vagueNeeds, implied: [...implied] };
}

/** What goes with this stage and type of body, for the package. */
export function readCompanions({ stages, subjects }: Standing): Wanted {
  const implied = new Set<string>();
  for (const subject of subjects ?? [])
    for (const need of SUBJECT_NEEDS.get(subject) ?? []) implied.add(need);
  if (stages?.length === 1) for (const need of STAGE_COMPANIONS.get(stages[0] ?? "") ?? []) implied.add(need);
  return { stated: [], vague: [], implied: [...implied] };
}

function furtherPoints(needs: readonly string[]): number {
  return Math.min((needs.length - 1) * NEED_POINTS.further, NEED_POINTS.furtherMost);
}

export function relateNeeds(program: IndexedProgram, { stated, vague, implied }: Wanted): NeedFit {
  const direct = stated.filter((need) => program.needs.get(need) === "direct");
  if (direct.length > 0) {
    const level = program.general ? "directGeneral" : "direct";
    return { level, needs: direct, points: NEED_POINTS[level] + furtherPoints(direct) };
  }
  const related = stated.filter((need) => program.needs.has(need));
  if (related.length > 0) {
    const level = program.general ? "relatedGeneral" : "related";
    return { level, needs: related, points: NEED_POINTS[level] + furtherPoints(related) };
  }
  const meant = implied.filter((need) => program.needs.get(need) === "direct");
  if (meant.length > 0) return { level: "impliedDirect", needs: meant, points: NEED_POINTS.impliedDirect };
  const near = program.general ? [] : implied.filter((need) => program.needs.has(need));
  if (near.length > 0) return { level: "impliedRelated", needs: near, points: NEED_POINTS.impliedRelated };
  const loosely = program.general ? vague.filter((need) => program.needs.get(need) === "direct") : [];
  if (loosely.length > 0)
    return { level: "relatedGeneral", needs: loosely, points: NEED_POINTS.relatedGeneral };
  return NONE;
}
