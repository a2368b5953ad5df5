import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { IDENTITY, type Matrix, multiply, toMatrix } from "./matrix.ts";

/** What a font object of the library says that matters here. */
export interface PageFont {
  bold: boolean;
  vertical: boolean;
  /** Glyph units → 1/1 of the font size. */
  unit: number;
}

export interface OperatorVisitor {
  /** `operands` as in the library's list; `matrix` is what user space stands under at this moment. */
  visit(operator: number, operands: readonly unknown[], matrix: Matrix): void;
  save(): void;
  restore(): void;
}

type Operators = typeof import("pdfjs-dist/legacy/build/pdf.mjs").OPS;

export interface PageOperators {
  codes: Operators;
  functions: readonly number[];
  operands: readonly (readonly unknown[])[];
  /** User space → points with the origin at the top left of the upright page. */
  toPage: Matrix;
  width: number;
  height: number;
  fonts: ReadonlyMap<string, PageFont>;
}

/** The drawing instructions of one page; annotations (notes, links, stamps) are left out. */
export async function readPageOperators(page: PDFPageProxy): Promise<PageOperators> {
  const { OPS, AnnotationMode } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const list = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const viewport = page.getViewport({ scale: 1 });
  const operands = list.argsArray.map((item: unknown) => (Array.isArray(item) ? item : []) as unknown[]);
  const fonts = new Map<string, PageFont>();
  for (const [index, code] of list.fnArray.entries()) {
    const name = operands[index]?.[0];
    if (code !== OPS.setFont || typeof name !== "string" || fonts.has(name)) continue;
    fonts.set(name, await readFont(page, name));
  }
  return {
    codes: OPS,
    functions: list.fnArray,
    operands,
    toPage: toMatrix(viewport.transform) ?? IDENTITY,
    width: viewport.width,
    height: viewport.height,
    fonts,
  };
}

const BOLD_NAME = /bold|black|heavy|hei(?!ght)|粗|黑体|fzxbs|xiaobiaosong|xbsj/i;
/** Ordinary text faces whose name says 黑体. */
const PLAIN_NAME = /yahei|heiti.?(sc|tc)?.?-?light|noto|sourcehan|source han|pingfang|light|regular|normal/i;

async function readFont(page: PDFPageProxy, name: string): Promise<PageFont> {
  const loaded = await new Promise<unknown>((resolve) => page.commonObjs.get(name, resolve));
  const font = (typeof loaded === "object" && loaded !== null ? loaded : {}) as Record<string, unknown>;
  const matrix = toMatrix(font["fontMatrix"]);
  const printed = typeof font["name"] === "string" ? font["name"] : "";
  const named = BOLD_NAME.test(printed) && !(PLAIN_NAME.test(printed) && !/bold|black|heavy/i.test(printed));
  return {
    bold: font["bold"] === true || font["black"] === true || named,
    vertical: font["vertical"] === true,
    unit: matrix ? Math.abs(matrix[0]) || 0.001 : 0.001,
  };
}

/** Follows the graphics state's matrix through the list and hands every operator on. */
export function walkOperators(page: PageOperators, visitors: readonly OperatorVisitor[]): void {
  const { codes } = page;
  const stack: Matrix[] = [];
  let matrix = page.toPage;
  const save = () => {
    stack.push(matrix);
    for (const visitor of visitors) visitor.save();
  };
  const restore = () => {
    const previous = stack.pop();
    if (!previous) return;
    matrix = previous;
    for (const visitor of visitors) visitor.restore();
  };
  for (const [index, code] of page.functions.entries()) {
    const operands = page.operands[index] ?? [];
    if (code === codes.save || code === codes.beginGroup) save();
    else if (code === codes.restore || code === codes.endGroup || code === codes.paintFormXObjectEnd)
      restore();
    else if (code === codes.transform) matrix = multiply(matrix, toMatrix(operands) ?? IDENTITY);
    else if (code === codes.paintFormXObjectBegin) {
      save();
      matrix = multiply(matrix, toMatrix(operands[0]) ?? IDENTITY);
    } else for (const visitor of visitors) visitor.visit(code, operands, matrix);
  }
}
