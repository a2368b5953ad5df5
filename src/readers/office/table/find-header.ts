import type { GridCell, GridRow } from "./grid.ts";

const MAX_HEADER_ROWS = 4;
const MAX_HEADER_TEXT = 30;
/** Words that head columns of lists in official documents. */
const HEADER_WORD =
  /^(?:序\s*号|编\s*号|类\s*别|类\s*型|项\s*目|指\s*标|内\s*容|单\s*位|备\s*注|说\s*明|级\s*别|等\s*级|时\s*间|日\s*期|名\s*称|姓\s*名|职\s*务|地\s*址|金\s*额|数\s*量|标\s*准|条\s*件|材\s*料|部\s*门|电\s*话|联系人|联系方式|责任单位|牵头单位)$|(?:名称|类别|类型|内容|条件|标准|金额|单位|部门|编号|代码|方式|时间|时限|对象|依据|要求|比例|数量|指标|任务|来源|范围|材料|地址|电话|人员|等级|级别|说明|事项|领域|方向|年度|日期)(?:[（(][^（()）]*[)）])?$/;

/** How many rows at the top are the header; 0 when the table has none. Rows of a title are taken off before. */
export function countHeaderRows(rows: readonly GridRow[]): number {
  if (rows.length < 2) return 0;
  const marked = countMarked(rows);
  if (marked > 0) return marked;
  const [first, second] = rows;
  if (!first || !second || !couldHead(first) || !looksLikeHeader(first, rows.slice(1))) return 0;
  return extendOverMerges(rows, 1);
}

/** A mark on every row, or on a form's first row with blanks to fill in, says nothing. */
function countMarked(rows: readonly GridRow[]): number {
  const firstPlain = rows.findIndex(({ marked }) => !marked);
  if (firstPlain <= 0 || firstPlain > MAX_HEADER_ROWS) return 0;
  return extendOverMerges(rows, firstPlain);
}

/** Cells merged downwards out of the header, beside cells that are divided, make it higher. */
function extendOverMerges(rows: readonly GridRow[], height: number): number {
  let total = height;
  while (total < rows.length - 1 && total < MAX_HEADER_ROWS) {
    const above = rows[total - 1];
    const row = rows[total];
    if (!above || !row || !continuesHeader(above, row)) break;
    total += 1;
  }
  return total;
}

function continuesHeader(above: GridRow, row: GridRow): boolean {
  const divided = above.cells.filter(({ span, text }) => span > 1 && text !== "");
  const merged = row.cells.some(({ continued }) => continued);
  const parts = row.cells.filter(({ continued }) => !continued);
  const isDivided = divided.some(
    (cell) =>
      parts.filter(({ column }) => column >= cell.column && column < cell.column + cell.span).length > 1,
  );
  return isDivided && (merged || divided.length > 0) && parts.every(({ text }) => isLabel(text));
}

function couldHead(row: GridRow): boolean {
  if (row.cells.length < 2) return false;
  const filled = row.cells.filter(({ text }) => text !== "");
  if (filled.length < 2 || filled.length < row.cells.length - 1) return false;
  const distinct = new Set(filled.map(({ text }) => text)).size === filled.length;
  return distinct && filled.every(({ text }) => isLabel(text));
}

function isLabel(text: string): boolean {
  return text.length <= MAX_HEADER_TEXT && !/[。；;]$/.test(text) && !isFigure(text);
}

function isFigure(text: string): boolean {
  return /^[-+]?[\d,.]+\s*(?:%|万元?|亿元?|元|个|家)?$/.test(text) && !/^(?:19|20)\d\d$/.test(text);
}

function looksLikeHeader(first: GridRow, rest: readonly GridRow[]): boolean {
  const isBold = (cell: GridCell): boolean => cell.bold;
  const isShaded = (cell: GridCell): boolean => cell.shaded;
  if (standsOut(first, rest, isBold) || standsOut(first, rest, isShaded)) return true;
  const compact = first.cells.map(({ text }) => text.replace(/[\s\u3000]/g, ""));
  if (/^(?:序号|编号|项次)$/.test(compact[0] ?? "")) return true;
  const words = compact.filter((text) => HEADER_WORD.test(text)).length;
  return words >= 2 && words >= compact.length / 2 && !isForm(first, rest);
}

/** Every cell of the first row has the look, and the rows below do not. */
function standsOut(first: GridRow, rest: readonly GridRow[], has: (cell: GridCell) => boolean): boolean {
  const filled = first.cells.filter(({ text }) => text !== "");
  if (filled.length === 0 || !filled.every(has)) return false;
  const alike = rest.filter((row) => row.cells.filter(({ text }) => text !== "").every(has)).length;
  return alike <= rest.length * 0.3;
}

/** A form alternates labels and blanks: its later rows hold labels in the same columns, and little else. */
function isForm(first: GridRow, rest: readonly GridRow[]): boolean {
  const labels = rest.filter((row) =>
    row.cells.some(
      ({ text, column }) =>
        column === first.cells[0]?.column && HEADER_WORD.test(text.replace(/[\s\u3000]/g, "")),
    ),
  );
  return labels.length > rest.length / 2;
}

/** The header as one row: parent and child joined by `/`, cells by ` | `. Columns as the lowest header row divides them. */
export function mergeHeader(rows: readonly GridRow[]): string | null {
  const lowest = rows.at(-1);
  if (!lowest) return null;
  const names = lowest.cells.map((cell) => {
    const parts: string[] = [];
    for (const row of rows) {
      const over = row.cells.find(({ column, span }) => cell.column >= column && cell.column < column + span);
      if (over && over.text !== "" && over.text !== parts.at(-1)) parts.push(over.text);
    }
    return parts.join("/");
  });
  return names.join(" | ");
}
