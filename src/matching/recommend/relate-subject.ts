import type { Standing } from "./read-standing.ts";
import { COUNTS_AS, SUBJECT_POINTS, type SubjectLevel } from "./weights.ts";

/** How a body stands to those that a program is for; the best of what it may be. */
export function relateSubject(wanted: readonly string[], { subjects }: Standing): SubjectLevel {
  if (wanted.length === 0) return "any";
  if (subjects === null) return "unknown";
  let best: SubjectLevel = "other";
  for (const subject of subjects) {
    if (wanted.includes(subject)) return "exact";
    if (COUNTS_AS.get(subject)?.some((id) => wanted.includes(id))) best = "implied";
  }
  return best;
}

export function subjectPoints(level: SubjectLevel): number {
  return level === "other" ? 0 : SUBJECT_POINTS[level];
}
