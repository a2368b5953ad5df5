import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type Matrix, transformPoint } from "./matrix.ts";
import {
  type OperatorVisitor,
  type PageOperators,
  readPageOperators,
  walkOperators,
} from "./page-operators.ts";

/** Of the page's area; a smaller picture is a seal or an illustration. */
const MIN_AREA = 0.3;
/** Text that was turned into outlines has at least as many curves. */
const MIN_CURVES = 150;

/** Whether a page with hardly any text shows something that may be text: a scan, or letters drawn as shapes. */
export async function hasPicture(pictures: PDFDocumentProxy, pageNumber: number): Promise<boolean> {
  const page = await pictures.getPage(pageNumber);
  const operators = await readPageOperators(page);
  const counter = createPictureCounter(operators);
  walkOperators(operators, [counter.visitor]);
  const { area, curves } = counter.total();
  page.cleanup();
  return area >= MIN_AREA * operators.width * operators.height || curves >= MIN_CURVES;
}

function createPictureCounter({ codes }: PageOperators): {
  visitor: OperatorVisitor;
  total(): { area: number; curves: number };
} {
  const images = new Set<number>([
    codes.paintImageXObject,
    codes.paintInlineImageXObject,
    codes.paintInlineImageXObjectGroup,
    codes.paintImageXObjectRepeat,
    codes.paintImageMaskXObject,
    codes.paintImageMaskXObjectGroup,
    codes.paintImageMaskXObjectRepeat,
    codes.paintSolidColorImageMask,
  ]);
  let area = 0;
  let curves = 0;
  const visit = (operator: number, operands: readonly unknown[], matrix: Matrix) => {
    if (images.has(operator)) area += imageArea(matrix);
    else if (operator === codes.constructPath) curves += countCurves(operands[1]);
    else if (operator === codes.shadingFill) curves += 1;
  };
  return {
    visitor: { visit, save: () => undefined, restore: () => undefined },
    total: () => ({ area, curves }),
  };
}

/** Pictures fill the unit square. */
function imageArea(matrix: Matrix): number {
  const [left, bottom] = transformPoint(matrix, 0, 0);
  const [right, top] = transformPoint(matrix, 1, 1);
  return Math.abs((right - left) * (top - bottom));
}

const CUBIC = 2;
const QUADRATIC = 3;
const ARITY = [2, 2, 6, 4, 0];

function countCurves(data: unknown): number {
  const buffer = Array.isArray(data) ? data[0] : undefined;
  if (!(buffer instanceof Float32Array)) return 0;
  let curves = 0;
  for (let index = 0; index < buffer.length; index += 1 + (ARITY[buffer[index] ?? 0] ?? 0)) {
    if (buffer[index] === CUBIC || buffer[index] === QUADRATIC) curves += 1;
  }
  return curves;
}
