import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Direction, Program } from "../types.ts";
import { checkProgram } from "./check-program.ts";
import { describeIssues } from "./describe-issues.ts";
import type { ProgramProblem } from "./program-problem.ts";
import { programFileSchema } from "./program-schema.ts";
import { toProgram } from "./to-program.ts";

/** A program as somebody wrote it (YAML already parsed) → a checked program, or all that is wrong with it. Pure. */
export function readProgram(
  raw: unknown,
  context: { lexicon: ProfileLexicon; directions: ReadonlyMap<string, Direction> },
): { program: Program } | { problems: ProgramProblem[] } {
  const parsed = programFileSchema.safeParse(raw);
  if (!parsed.success) return { problems: describeIssues(parsed.error, raw).map(({ problem }) => problem) };
  const made = toProgram(parsed.data);
  const checked = checkProgram(made.program, context);
  const problems = [...made.problems, ...checked.problems];
  return problems.length > 0 ? { problems } : { program: checked.program };
}
