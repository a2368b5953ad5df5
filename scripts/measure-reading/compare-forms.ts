import { normalize } from "./compare-texts.ts";
import type { Measured } from "./measure-file.ts";

export interface FormDifference {
  name: string;
  half: string;
  form: string;
  /** Clauses with the same section and text as in the first form, and all clauses of both. */
  same: number;
  all: number;
  differences: string[];
}

const ORDER = ["txt", "docx", "pdf", "scan", "doc"];

/** Documents that exist in several forms: every other form against the first (txt where there is one). */
export function compareForms(measured: readonly Measured[]): FormDifference[] {
  const groups = Map.groupBy(measured, ({ fixture }) => fixture.name);
  return [...groups.values()].flatMap((group) => {
    const forms = group
      .filter(({ fixture }) => ORDER.includes(fixture.form))
      .sort((a, b) => ORDER.indexOf(a.fixture.form) - ORDER.indexOf(b.fixture.form));
    const [first, ...others] = forms;
    return first ? others.map((other) => compareForm(first, other)) : [];
  });
}

function compareForm(first: Measured, other: Measured): FormDifference {
  const left = linesOf(first);
  const right = linesOf(other);
  const shared = left.filter((line) => right.includes(line));
  return {
    name: other.fixture.name,
    half: other.fixture.half,
    form: `${first.fixture.form} ↔ ${other.fixture.form}`,
    same: shared.length,
    all: Math.max(left.length, right.length),
    differences: [
      ...left.filter((line) => !right.includes(line)).map((line) => `− ${line}`),
      ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line}`),
    ],
  };
}

function linesOf({ found }: Measured): string[] {
  return found.map(({ section, text }) => `${section}: ${normalize(text)}`);
}
