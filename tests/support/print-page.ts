import type { PageContent, PageRule, PageRun } from "../../src/readers/index.ts";

/** A4 as official documents are printed: 28 characters of 16 points in a line, 28.9 points from line to line. */
export const A4 = { width: 595, height: 842, left: 79, top: 105, size: 15.8, pitch: 28.9, columns: 28 };

export interface PrintOptions {
  size?: number;
  bold?: boolean;
  confidence?: number;
}

/** One run; widths as in Chinese print: wide characters take their size, others half of it. */
export function run(text: string, x: number, y: number, options: PrintOptions = {}): PageRun {
  const { size = A4.size, bold, confidence } = options;
  const width = measure(text) * size;
  return {
    text,
    x,
    y,
    width,
    height: size,
    fontSize: size,
    ...(bold && { bold }),
    ...(confidence !== undefined && { confidence }),
  };
}

export function measure(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2000 ? 1 : 0.5), 0);
}

export function centred(text: string, y: number, options: PrintOptions = {}): PageRun {
  const size = options.size ?? A4.size;
  const middle = A4.left + (A4.columns * A4.size) / 2;
  return run(text, middle - (measure(text) * size) / 2, y, options);
}

/** A paragraph with an indent of two characters, broken at the margin. `y`: of its first line. */
export function paragraph(
  text: string,
  y: number,
  options: PrintOptions & { left?: number; columns?: number; indent?: number; pitch?: number } = {},
): PageRun[] {
  const { left = A4.left, columns = A4.columns, indent = 2, pitch = A4.pitch, size = A4.size } = options;
  const runs: PageRun[] = [];
  let rest = [...text];
  while (rest.length > 0) {
    const room = columns - (runs.length === 0 ? indent : 0);
    let count = 0;
    let width = 0;
    while (count < rest.length && width + measure(rest[count] ?? "") <= room) {
      width += measure(rest[count] ?? "");
      count += 1;
    }
    const x = left + (runs.length === 0 ? indent * size : 0);
    runs.push(run(rest.slice(0, count).join(""), x, y + runs.length * pitch, options));
    rest = rest.slice(count);
  }
  return runs;
}

/** Paragraphs below each other from `top` on. */
export function column(
  texts: readonly string[],
  options: Parameters<typeof paragraph>[2] & { top?: number } = {},
): PageRun[] {
  const { top = A4.top, pitch = A4.pitch } = options;
  const runs: PageRun[] = [];
  for (const text of texts) runs.push(...paragraph(text, top + runs.length * pitch, options));
  return runs;
}

export function page(runs: readonly PageRun[], more: Partial<PageContent> = {}): PageContent {
  return {
    page: 1,
    width: A4.width,
    height: A4.height,
    origin: "text",
    runs: [...runs],
    rules: [],
    ...more,
  };
}

/** The lines of a table without merged cells. */
export function gridRules(xs: readonly number[], ys: readonly number[]): PageRule[] {
  const [left = 0, right = 0] = [xs[0], xs.at(-1)];
  const [top = 0, bottom = 0] = [ys[0], ys.at(-1)];
  return [
    ...ys.map((y) => ({ x1: left, y1: y, x2: right, y2: y })),
    ...xs.map((x) => ({ x1: x, y1: top, x2: x, y2: bottom })),
  ];
}
