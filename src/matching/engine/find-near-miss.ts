import type { CriterionVerdict, Program, ProgramVerdict } from "../types.ts";
import { addMonths } from "./days.ts";

/** What keeps a program just out of reach. */
export interface FoundNearMiss {
  /** The mandatory criteria that are not met. */
  missing: CriterionVerdict[];
  /** From when it would hold, if nothing else changes; null: more than time is missing. */
  metFrom: string | null;
}

/** Further away than this it is no near miss. */
const REACH = { share: 0.5, months: 24 };

/**
 * Undefined unless everything that is missing is time or a number within reach: half of the threshold, two years.
 * An unknown fact is no near miss but a question.
 */
export function findNearMiss(program: Program, verdict: ProgramVerdict): FoundNearMiss | undefined {
  if (verdict.verdict !== "not-eligible" && verdict.verdict !== "likely") return undefined;
  const missing = verdict.criteria.filter((criterion) => criterion.mandatory && criterion.verdict !== "met");
  if (missing.length === 0 || !missing.every(isWithinReach)) return undefined;
  const days = missing.map((criterion) => criterion.metFrom);
  if (days.some((day) => day === undefined)) return { missing, metFrom: null };
  const opens = program.window?.from;
  const latest = [...days, opens].filter((day) => typeof day === "string").sort();
  return { missing, metFrom: latest.at(-1) ?? null };
}

function isWithinReach({ verdict, metFrom, asOf, shortShare }: CriterionVerdict): boolean {
  if (metFrom !== undefined) return metFrom <= addMonths(asOf, REACH.months);
  return verdict === "unmet" && shortShare !== undefined && shortShare <= REACH.share;
}
