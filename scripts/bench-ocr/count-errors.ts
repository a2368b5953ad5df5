import type { PageRun } from "../../src/readers/types.ts";

/** Runs → lines from top to bottom, each from left to right. */
export function toReadingOrder(runs: readonly PageRun[]): string {
  const lines: PageRun[][] = [];
  const middle = ({ y, height }: PageRun) => y + height / 2;
  for (const run of runs.toSorted((left, right) => middle(left) - middle(right))) {
    const line = lines.at(-1);
    if (line?.[0] && Math.abs(middle(line[0]) - middle(run)) < run.height * 0.4) line.push(run);
    else lines.push([run]);
  }
  return lines
    .map((line) =>
      line
        .toSorted((left, right) => left.x - right.x)
        .map(({ text }) => text)
        .join(" "),
    )
    .join("\n");
}

/** Characters to insert, delete or replace; blanks count for nothing. */
export function countErrors(read: string, printed: string): number {
  const [left, right] = [toCharacters(read), toCharacters(printed)];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, character] of left.entries()) {
    const current = [row + 1];
    for (const [column, other] of right.entries()) {
      current.push(
        Math.min(
          (previous[column + 1] as number) + 1,
          (current[column] as number) + 1,
          (previous[column] as number) + (character === other ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous.at(-1) as number;
}

/** Characters that one has and the other lacks, wherever they stand: for tables, whose order is not a line's. */
export function countMissing(read: string, printed: string): number {
  const counts = new Map<string, number>();
  for (const character of toCharacters(printed)) counts.set(character, (counts.get(character) ?? 0) + 1);
  for (const character of toCharacters(read)) counts.set(character, (counts.get(character) ?? 0) - 1);
  let [missing, spare] = [0, 0];
  for (const count of counts.values()) {
    if (count > 0) missing += count;
    else spare -= count;
  }
  return Math.max(missing, spare);
}

export function toCharacters(text: string): string[] {
  return [...text.replace(/\s/gu, "")];
}
