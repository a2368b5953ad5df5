import { compareForms } from "./compare-forms.ts";
import { addTallies, f1, type Tally } from "./compare-texts.ts";
import type { Measured } from "./measure-file.ts";

const FORM_ORDER = ["txt", "md", "csv", "xlsx", "html", "docx", "doc", "pdf", "scan", "image"];

export function writeTable(measured: readonly Measured[]): string {
  const lines = [
    row([
      "form",
      "files",
      "outline",
      "clauses",
      "sections",
      "metadata",
      "rows",
      "notes",
      "characters",
      "s/file",
    ]),
  ];
  for (const form of FORM_ORDER) {
    const some = measured.filter(({ fixture }) => fixture.form === form);
    if (some.length > 0) lines.push(row(figures(form, some)));
  }
  if (measured.length > 0) lines.push(row(figures("all", measured)));
  return lines.join("\n");
}

function figures(form: string, some: readonly Measured[]): string[] {
  const score = (pick: (one: Measured) => Tally) => {
    const sum = addTallies(some.map(pick));
    return sum.expected + sum.found === 0 ? "–" : f1(sum).toFixed(4);
  };
  const scans = some.flatMap(({ characters }) => (characters ? [characters] : []));
  const total = scans.reduce((sum, scan) => sum + scan.total, 0);
  const right = scans.reduce((sum, scan) => sum + scan.right, 0);
  const seconds = some.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000 / some.length;
  return [
    form,
    String(some.length),
    score(({ outline }) => outline),
    score(({ clauses }) => clauses),
    score(({ sections }) => sections),
    score(({ metadata }) => metadata),
    score(({ rows }) => rows),
    score(({ footnotes }) => footnotes),
    total === 0 ? "–" : (right / total).toFixed(4),
    seconds.toFixed(2),
  ];
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(6) : cell.padStart(11))).join("");
}

/** Failures are for the half that may be tuned to. */
export function writeFailures(measured: readonly Measured[]): string {
  return measured
    .filter(({ failures }) => failures.length > 0)
    .map(({ fixture, failures, characters }) => {
      const accuracy = characters ? ` (characters ${(characters.right / characters.total).toFixed(4)})` : "";
      return [
        `${fixture.name}.${fixture.form}${accuracy}`,
        ...failures.map((failure) => `  ${failure}`),
      ].join("\n");
    })
    .join("\n");
}

export function writeForms(measured: readonly Measured[], withDifferences: boolean): string {
  return compareForms(measured)
    .flatMap(({ name, half, form, same, all, differences }) => [
      `${half} ${name.padEnd(24)} ${form.padEnd(12)} ${same}/${all}`,
      ...(withDifferences && half === "tune" ? differences.map((line) => `    ${line}`) : []),
    ])
    .join("\n");
}
