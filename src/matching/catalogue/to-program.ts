import type { ClauseQuote, Criterion, CriterionTest, Program, ServedNeed } from "../types.ts";
import type { ProgramProblem } from "./program-problem.ts";
import type { FilledProgramFile, TestInput } from "./program-schema.ts";

interface Quoted {
  quote: string;
  section?: string | undefined;
}

/** A file's shorthands → the full program. A quote for which no section is given is a problem. Pure. */
export function toProgram(file: FilledProgramFile): { program: Program; problems: ProgramProblem[] } {
  const problems: ProgramProblem[] = [];
  const source = ({ quote, section }: Quoted, place: string): ClauseQuote => {
    const known = section ?? file.section;
    if (known === undefined)
      problems.push({ place, what: "没有写出处", next: "请在此处或本项目开头写 section，例如 三（六）¶2" });
    return { section: known ?? "", quote };
  };
  const saying = ({ text, ...quoted }: Quoted & { text: string }, place: string) => ({
    text,
    source: source(quoted, place),
  });
  const sayings = (items: readonly (Quoted & { text: string })[], place: string) =>
    items.map((item, index) => saying(item, `${place} 第 ${index + 1} 项`));
  const { section: _section, audience, needs, state, criteria, window, responsibleBody, ...plain } = file;
  const program: Program = {
    ...plain,
    audience: audience === null ? null : saying(audience, "audience"),
    needs: toNeeds(needs),
    state: { state: state.state, verb: state.verb, source: source(state, "state") },
    criteria: criteria.map((one) => toCriterion(one, source(one, `criteria 的“${one.id}”`), problems)),
    benefits: sayings(file.benefits, "benefits"),
    steps: sayings(file.steps, "steps"),
    materials: sayings(file.materials, "materials"),
    window: window === null ? null : { from: window.from, to: window.to, source: source(window, "window") },
    responsibleBody: responsibleBody === null ? null : saying(responsibleBody, "responsibleBody"),
  };
  return { program, problems };
}

function toNeeds({ direct, related }: FilledProgramFile["needs"]): ServedNeed[] {
  return [
    ...direct.map((need): ServedNeed => ({ need, fit: "direct" })),
    ...related.map((need): ServedNeed => ({ need, fit: "related" })),
  ];
}

/** Zod writes an absent `unclear` as possibly undefined; the contract means absent. */
function toTest(test: TestInput): CriterionTest {
  if ("anyOf" in test) return { anyOf: test.anyOf.map(toTest) };
  if ("allOf" in test) return { allOf: test.allOf.map(toTest) };
  if (!isMembership(test)) return test;
  const { field, operator, value, unclear } = test;
  return { field, operator, value, ...(unclear === undefined ? {} : { unclear }) };
}

type Membership = Extract<TestInput, { operator: "within" | "not-within" }>;

function isMembership(test: Exclude<TestInput, { anyOf: unknown } | { allOf: unknown }>): test is Membership {
  return test.operator === "within" || test.operator === "not-within";
}

function toCriterion(
  { id, text, level, mandatory, computable, test }: FilledProgramFile["criteria"][number],
  source: ClauseQuote,
  problems: ProgramProblem[],
): Criterion {
  if (computable === true && test === undefined)
    problems.push({
      place: `criteria 的“${id}”`,
      what: "写了 computable: true，却没有 test",
      next: "请补上 test；原文没有可核对的标准时，删去 computable，由人判断",
    });
  if (computable === false && test !== undefined)
    problems.push({
      place: `criteria 的“${id}”`,
      what: "写了 computable: false，却有 test",
      next: "请删去其中一个",
    });
  return { id, text, level, mandatory, ...(test === undefined ? {} : { test: toTest(test) }), source };
}
