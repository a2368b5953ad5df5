import type { GroundingProblem } from "./grounding-types.ts";
import { type Span, splitSegments, toSkeleton } from "./normalize-text.ts";
import { countShared, pairsOf } from "./place-figures.ts";
import type { Support } from "./read-support.ts";

const ABSENCE =
  /(?:均|并|尚|都|也)?(?:未|没有?|无|不)(?:能)?(?:作出|作|做出|给出)?(?:载明|写明|写出|写|明确|明示|提及|提到|规定|说明|列明|列出|涉及|给出|公布|注明|约定|包含|包括)/;

/** Segments that say what the document does not say, unless a clause itself says so (未作明确规定的，…). */
export function findAbsences(statement: string, support: Support): Span[] {
  return splitSegments(statement).filter(({ start, end }) => {
    const text = statement.slice(start, end);
    return ABSENCE.test(text) && !support.text.includes(text);
  });
}

/**
 * That something is not stated cannot be seen in a clause. It may be told only of what the caller knows not to be
 * stated: every content word of the segment must come from that list.
 */
export function checkAbsences(
  statement: string,
  absences: readonly Span[],
  notStated: readonly string[],
): GroundingProblem[] {
  const allowed = pairsOf(toSkeleton(notStated.join("，")));
  return absences.flatMap(({ start, end }) => {
    const text = statement.slice(start, end);
    const told = pairsOf(text.replace(ABSENCE, " "));
    const isAllowed = told.size > 0 && countShared(told, allowed) >= told.size * 0.75;
    return isAllowed ? [] : [{ kind: "absence" as const, text, reason: "not known to be absent" }];
  });
}
