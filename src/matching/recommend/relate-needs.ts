import type { IndexedProgram } from "./index-programs.ts";
import type { Standing } from "./read-standing.ts";
import { NEED_POINTS, type NeedLevel, STAGE_NEEDS, SUBJECT_NEEDS } from "./weights.ts";

export interface NeedFit {
  level: NeedLevel;
  /** Those that it serves at this level; ids. */
  needs: readonly string[];
  points: number;
}

/** What is wanted, said or taken from stage and type of body; made once a match. */
export interface Wanted {
  stated: readonly string[];
  implied: readonly string[];
}

const NONE: NeedFit = { level: "none", needs: [], points: NEED_POINTS.none };

export function readWanted({ needs, stages, subjects }: Standing): Wanted {
  if (needs.length > 0) return { stated: needs, implied: [] };
  const implied = new Set<string>();
  for (const subject of subjects ?? [])
    for (const need of SUBJECT_NEEDS.get(subject) ?? []) implied.add(need);
  if (stages?.length === 1) for (const need of STAGE_NEEDS.get(stages[0] ?? "") ?? []) implied.add(need);
  return { stated: [], implied: [...implied] };
}

export function relateNeeds(program: IndexedProgram, { stated, implied }: Wanted): NeedFit {
  const direct = stated.filter((need) => program.needs.get(need) === "direct");
  if (direct.length > 0) {
    const further = Math.min((direct.length - 1) * NEED_POINTS.furtherDirect, NEED_POINTS.furtherDirectMost);
    return { level: "direct", needs: direct, points: NEED_POINTS.direct + further };
  }
  const related = stated.filter((need) => program.needs.has(need));
  if (related.length > 0) {
    const level = program.general ? "relatedGeneral" : "related";
    return { level, needs: related, points: NEED_POINTS[level] };
  }
  const meant = implied.filter((need) => program.needs.get(need) === "direct");
  if (meant.length > 0) return { level: "impliedDirect", needs: meant, points: NEED_POINTS.impliedDirect };
  const near = program.general ? [] : implied.filter((need) => program.needs.has(need));
  if (near.length > 0) return { level: "impliedRelated", needs: near, points: NEED_POINTS.impliedRelated };
  return NONE;
}
