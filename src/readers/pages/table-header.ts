import type { Table, TableRow } from "./page-types.ts";

/** What the first cell or a column of a header says. */
const HEADER_WORDS =
  /^(?:序\s?号|编\s?号|项\s?目|名\s?称|类\s?别|类\s?型|指\s?标|内\s?容|事\s?项|阶\s?段|时\s?间|日\s?期|金\s?额|标\s?准|条\s?件|备\s?注|说\s?明|单\s?位|部\s?门|责任(?:单位|部门)|牵头(?:单位|部门)|任务|措施|政策|领域|行业|区域|地区|等级|级别|对象|方式|材料|联系(?:人|电话|方式)|电话|地址|企业(?:名称)?|姓\s?名|年\s?份|年\s?度|数\s?量|合计|No\.?|Name|Item)/i;
const SENTENCE = /[。；;！？]/;
const FIGURE = /^[\d,.%％\s万亿元—–-]+$/;

/** How many rows at the start name the columns; 0 when that is not evident. */
export function countHeaderRows({ rows, headerRows }: Pick<Table, "rows" | "headerRows">): number {
  if (rows.length < 2) return 0;
  if (headerRows !== undefined) return headerRows;
  const [first, ...body] = rows;
  if (!first || first.cells.length < 2) return 0;
  const filled = first.cells.filter((cell) => cell !== "");
  if (filled.length < Math.max(2, first.cells.length - 1)) return 0;
  if (filled.some((cell) => [...cell].length > 24 || SENTENCE.test(cell) || FIGURE.test(cell))) return 0;
  if (new Set(filled).size < filled.length) return 0;
  const named = filled.filter((cell) => HEADER_WORDS.test(cell)).length;
  // 名称 | 上海某公司: a form names what stands beside, not below.
  if (first.cells.length === 2) return named === 2 || (named > 0 && isShorter(first, body)) ? 1 : 0;
  if (isForm(first, body)) return 0;
  if (first.bold && body.some((row) => !row.bold)) return 1;
  return named >= 2 || (named >= 1 && HEADER_WORDS.test(filled[0] ?? "")) || hasFigures(body) ? 1 : 0;
}

function isShorter(first: TableRow, body: readonly TableRow[]): boolean {
  const second = [...(first.cells[1] ?? "")].length;
  return (
    second <= 8 && body.every((row) => row.cells.length === 2) && HEADER_WORDS.test(first.cells[1] ?? "")
  );
}

/** Forms name in every other column, in all rows. */
function isForm(first: TableRow, body: readonly TableRow[]): boolean {
  const odd = (row: TableRow) =>
    row.cells.length % 2 === 0 &&
    row.cells.every((cell, index) => index % 2 === 1 || (cell !== "" && !FIGURE.test(cell)));
  return (
    first.cells.length === 4 &&
    [first, ...body].every(odd) &&
    body.some((row) => HEADER_WORDS.test(row.cells[0] ?? "") && HEADER_WORDS.test(row.cells[2] ?? ""))
  );
}

function hasFigures(body: readonly TableRow[]): boolean {
  return (
    body.filter((row) => row.cells.some((cell) => FIGURE.test(cell) && /\d/.test(cell))).length >
    body.length / 2
  );
}

/** One line of names for the columns: names that reach over several columns stand before each of theirs, parted by `/`. */
export function joinHeader(rows: readonly TableRow[]): string | null {
  const last = rows.at(-1);
  if (!last) return null;
  const names = last.cells.map((cell, index) => {
    const from = last.spans?.[index]?.from ?? index;
    const parts = [...rows.slice(0, -1).map((row) => cellAt(row, from)), cell].filter((part) => part !== "");
    return parts.filter((part, position) => parts.indexOf(part) === position).join("/");
  });
  return names.join(" | ");
}

function cellAt({ cells, spans }: TableRow, column: number): string {
  const index = spans ? spans.findIndex(({ from, to }) => from <= column && to > column) : column;
  return cells[index] ?? "";
}
