import { AppError } from "../../shared/index.ts";
import { readCells } from "../service/read-cells.ts";
import type { ProfileReader, ReadingProblem } from "../types.ts";
import { nameColumn, readHead } from "./column-head.ts";
import { readCsvRows } from "./read-csv-rows.ts";
import { readXlsxRows } from "./read-xlsx-rows.ts";
import { MAX_FILE_BYTES, MAX_ROWS, type TableRow } from "./table-row.ts";

export interface EnterpriseFile {
  /** For `importList`: values by the head of their column. */
  rows: { line: number; values: Record<string, unknown> }[];
  /** What is wrong with single cells, for a look before the import, which names them again. `column`: A, B … AA. */
  problems: { line: number; column: string; problem: ReadingProblem }[];
}

/**
 * A list of enterprises: xlsx, or csv in UTF-8 or GB 18030, with a row of heads in people's words (企业名称, 人数,
 * 营收（万元） …). Throws AppError `unusable-input` for what is no such table and beyond 20,000 rows or 10 MB. Without a
 * reader the cells are not looked at.
 */
export async function readEnterpriseFile(
  bytes: Uint8Array,
  fileName: string,
  reader?: Pick<ProfileReader, "readProfile">,
  today = "",
): Promise<EnterpriseFile> {
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge(fileName, bytes.length);
  const table = await readTable(bytes, fileName);
  const start = findHeadRow(table);
  const heads = table[start];
  if (!heads) throw headless(fileName);
  const body = table.slice(start + 1).filter(({ cells }) => !isExample(cells));
  if (body.length > MAX_ROWS) throw tooManyRows(fileName);
  const columns = listColumns(heads);
  const file: EnterpriseFile = { rows: [], problems: columns.problems };
  for (const { line, cells } of body) {
    const values: Record<string, unknown> = {};
    for (const { index, head, unit } of columns.used) {
      const value = withUnit(cells[index], unit);
      if (value === "") continue;
      values[head] = value;
      if (!reader) continue;
      const { problems } = readCells({ [head]: value }, reader, today);
      file.problems.push(...problems.map((problem) => ({ line, column: nameColumn(index), problem })));
    }
    if (Object.keys(values).length > 0) file.rows.push({ line, values });
  }
  return file;
}

async function readTable(bytes: Uint8Array, fileName: string): Promise<TableRow[]> {
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return readXlsxRows(bytes, fileName);
  if (first === 0xd0 && second === 0xcf) {
    throw new AppError({
      code: "unusable-input",
      message: `${fileName} is an old or encrypted workbook`,
      safeMessage: `“${fileName}”是旧版（.xls）或加密的表格，无法导入。请用 Excel 或 WPS 另存为 .xlsx（不设密码）后重新上传。`,
    });
  }
  return readCsvRows(bytes, fileName);
}

const LOOK_AT = 10;

/** Titles above stand in a cell of their own: the heads are the first row of several words and no figures. */
function findHeadRow(table: readonly TableRow[]): number {
  return table.slice(0, LOOK_AT).findIndex(({ cells }) => {
    const filled = cells.filter((cell) => cell !== "");
    const words = filled.every(
      (cell) => typeof cell === "string" && cell.length <= 40 && /[^\d\s.,%-]/.test(cell),
    );
    return (
      words && (filled.length > 1 || (table.length > 1 && /名称|信用代码/.test(String(filled[0] ?? ""))))
    );
  });
}

interface Column {
  index: number;
  head: string;
  unit: string;
}

function listColumns(row: TableRow): { used: Column[]; problems: EnterpriseFile["problems"] } {
  const used: Column[] = [];
  const problems: EnterpriseFile["problems"] = [];
  for (const [index, cell] of row.cells.entries()) {
    const { head, unit } = readHead(String(cell));
    if (head === "" || /^(?:序号|编号|no\.?|#)$/i.test(head)) continue;
    if (used.some((column) => column.head === head)) {
      const message = `列名“${head}”重复，只读取第一列。请删除或改名后重新导入。`;
      const problem: ReadingProblem = { field: null, words: head, kind: "contradiction", message };
      problems.push({ line: row.line, column: nameColumn(index), problem });
    } else used.push({ index, head, unit });
  }
  return { used, problems };
}

/** `营收（万元）`: 1200 is 1200万元; what has a unit of its own keeps it. */
function withUnit(cell: TableRow["cells"][number] | undefined, unit: string): string | number | boolean {
  if (cell === undefined) return "";
  const bare =
    typeof cell === "number" ||
    (typeof cell === "string" &&
      /^(?:约|近)?-?[\d,]+(?:\.\d+)?(?:\s*[-–—~～至到]\s*[\d,]+(?:\.\d+)?)?$/.test(cell));
  return bare && unit !== "" ? `${cell}${unit}` : cell;
}

/** The template's own line, when nobody has deleted it. */
function isExample(cells: TableRow["cells"]): boolean {
  return cells.some((cell) => typeof cell === "string" && /^[（(【[]?示例/.test(cell));
}

function tooLarge(fileName: string, size: number): AppError {
  return new AppError({
    code: "unusable-input",
    message: `list of ${size} bytes`,
    safeMessage: `“${fileName}”有${(size / 1024 / 1024).toFixed(1)} MB，超过 ${MAX_FILE_BYTES / 1024 / 1024} MB 上限。请删去图片和无关的工作表，或分成几个文件导入。`,
  });
}

export function tooManyRows(fileName: string): AppError {
  return new AppError({
    code: "unusable-input",
    message: `more than ${MAX_ROWS} rows`,
    safeMessage: `“${fileName}”超过${MAX_ROWS}行上限，未导入。请分成几个文件，每个不超过${MAX_ROWS}行。`,
  });
}

function headless(fileName: string): AppError {
  return new AppError({
    code: "unusable-input",
    message: `no row of heads in ${fileName}`,
    safeMessage: `“${fileName}”里没有找到列名（如“企业名称”“统一社会信用代码”“职工人数”）。请把列名放在第一行，或下载模板填写后重新上传。`,
  });
}
