import type { Program } from "../types.ts";
import { type CheckingContext, checkTest, isKnownIndustry, unknownField } from "./check-test.ts";
import type { ProgramProblem } from "./program-problem.ts";

/** One program against the lexicon; its tests come back in the fields' own units. Pure. */
export function checkProgram(
  program: Program,
  context: CheckingContext,
): { program: Program; problems: ProgramProblem[] } {
  const problems: ProgramProblem[] = [
    ...checkTerms(program, context),
    ...checkDoubles(program),
    ...checkState(program),
  ];
  const criteria = program.criteria.map((criterion) => {
    if (!criterion.test) return criterion;
    const place = `criteria 的“${criterion.id}”，test`;
    const checked = checkTest(criterion.test, criterion.source.quote, place, context);
    problems.push(...checked.problems);
    return { ...criterion, test: checked.test };
  });
  return { program: { ...program, criteria }, problems };
}

function checkTerms(program: Program, { lexicon, directions }: CheckingContext): ProgramProblem[] {
  const subjects = new Set(lexicon.fields.get("subject-type")?.options?.map(({ id }) => id));
  const unknown = (place: string, values: readonly string[], known: (id: string) => boolean, where: string) =>
    values
      .filter((id) => !known(id))
      .map((id) => ({ place, what: `“${id}”不在词表中`, next: `请对照 ${where} 改正` }));
  return [
    ...unknown(
      "industries",
      program.industries,
      (id) => isKnownIndustry(id, lexicon, directions),
      "knowledge/lexicon/industries.yaml 和 knowledge/programs/directions.yaml",
    ),
    ...unknown(
      "needs",
      program.needs.map(({ need }) => need),
      (id) => lexicon.needs.has(id),
      "knowledge/lexicon/needs.yaml",
    ),
    ...unknown(
      "subjects",
      program.subjects,
      (id) => subjects.has(id),
      "knowledge/lexicon/profile-fields.yaml 中“subject-type”的 options",
    ),
    ...program.intake.filter((id) => !lexicon.fields.has(id)).map((id) => unknownField(id, "intake")),
  ];
}

function checkDoubles(program: Program): ProgramProblem[] {
  const lists: [string, readonly string[]][] = [
    ["criteria", program.criteria.map(({ id }) => id)],
    ["needs", program.needs.map(({ need }) => need)],
    ["intake", program.intake],
    ["industries", program.industries],
  ];
  return lists.flatMap(([place, ids]) =>
    [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => ({
      place,
      what: `“${id}”写了两次`,
      next: "请只保留一处，或改用不同的编号",
    })),
  );
}

function checkState({ state, window, industryBound, industries }: Program): ProgramProblem[] {
  const problems: ProgramProblem[] = [];
  if (!state.source.quote.includes(state.verb))
    problems.push({
      place: "state.verb",
      what: `动词“${state.verb}”不在所引原文中`,
      next: "请照抄原文的动词，或改引含有该动词的那一句",
    });
  if (window?.from && window.to && window.from >= window.to)
    problems.push({
      place: "window",
      what: "起始日不早于截止日",
      next: "to 写最后一天的次日，请核对",
    });
  if (industryBound && industries.length === 0)
    problems.push({
      place: "industryBound",
      what: "写了 true，却没有写 industries",
      next: "请写明限于哪些行业，或删去 industryBound",
    });
  return problems;
}

/** What can only be seen over all programs together: ids used twice, references that lead nowhere. Pure. */
export function checkReferences(
  programs: readonly { file: string; program: Program }[],
): { file: string; entry: string; problem: ProgramProblem }[] {
  const files = new Map<string, string>();
  const found: { file: string; entry: string; problem: ProgramProblem }[] = [];
  for (const { file, program } of programs) {
    const first = files.get(program.id);
    if (first !== undefined) {
      const what = `编号与 ${first} 相同`;
      found.push({ file, entry: program.id, problem: { place: "id", what, next: "请改用未用过的编号" } });
    } else files.set(program.id, file);
  }
  for (const { file, program } of programs) {
    for (const place of ["requires", "excludes", "stacksWith"] as const) {
      for (const id of program[place]) {
        if (files.has(id) && id !== program.id) continue;
        const what = id === program.id ? `“${id}”是本项目自己` : `没有编号为“${id}”的项目`;
        const next = "请改为 knowledge/programs/ 中已有的编号";
        found.push({ file, entry: program.id, problem: { place, what, next } });
      }
    }
  }
  return found;
}
