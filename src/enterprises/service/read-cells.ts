import type { SaidFact } from "../profile/weigh-fact.ts";
import type { ProfileReader, ReadingProblem } from "../types.ts";

/** A row's values one by one, so that each problem names its column. Empty cells say nothing. */
export function readCells(
  values: Readonly<Record<string, unknown>>,
  reader: Pick<ProfileReader, "readProfile">,
  today: string,
): { facts: SaidFact[]; problems: ReadingProblem[] } {
  const facts: SaidFact[] = [];
  const problems: ReadingProblem[] = [];
  for (const [head, value] of Object.entries(values)) {
    if (value === null || value === undefined || (typeof value === "string" && value.trim() === "")) continue;
    const read = reader.readProfile({ [head]: value }, { today });
    facts.push(...read.facts);
    problems.push(...read.problems.map((problem) => nameColumn(problem, head)));
  }
  return { facts, problems };
}

function nameColumn(problem: ReadingProblem, head: string): ReadingProblem {
  return problem.message.includes(`“${head}”`)
    ? problem
    : { ...problem, message: `“${head}”列：${problem.message}` };
}
