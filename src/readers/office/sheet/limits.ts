/** Of a whole workbook. A list of policies has hundreds; what has more is data. */
export const MAX_ROWS = 20_000;
/** Columns beyond are left out: nobody reads them, and formats reach over 16,384. */
export const MAX_COLUMNS = 200;

export function tooManyRows(what: string): string {
  return `${what}超过 ${MAX_ROWS.toLocaleString("en-US")} 行，只读取了前 ${MAX_ROWS.toLocaleString("en-US")} 行。请拆成几个文件后分别提交。`;
}
