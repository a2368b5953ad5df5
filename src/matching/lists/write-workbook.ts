import { fromShanghaiDay } from "../../shared/index.ts";
import type { SheetContent } from "./list-types.ts";

const SOURCE_COLUMNS = ["依据文件", "文件状态", "章节", "原文"];
const WIDTHS: Readonly<Record<string, number>> = {
  序号: 6,
  名称: 36,
  原文: 70,
  依据文件: 40,
  定位: 30,
  来源: 30,
};

/** A workbook must carry a day of its making; it is not the machine's clock that says it. */
const UNKNOWN_DAY = "2000-01-01";

/** One sheet a list: what is known of each entry, and the clause that names it. Notes stand below. */
export async function writeWorkbook(lists: readonly SheetContent[]): Promise<Uint8Array> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  const at = fromShanghaiDay(lists[0]?.asOf ?? UNKNOWN_DAY);
  workbook.created = at;
  workbook.modified = at;
  const names = new Set<string>();
  for (const list of lists) {
    const sheet = workbook.addWorksheet(nameSheet(list.title, names), {
      views: [{ state: "frozen", ySplit: 1 }],
    });
    const labels = [...new Set(list.entries.flatMap(({ details }) => details.map(({ label }) => label)))];
    const headers = ["序号", "名称", ...labels, ...SOURCE_COLUMNS];
    sheet.columns = headers.map((header) => ({ header, width: WIDTHS[header] ?? 18 }));
    sheet.getRow(1).font = { bold: true };
    list.entries.forEach((entry, index) => {
      sheet.addRow(toRow(entry, index, labels)).alignment = { wrapText: true, vertical: "top" };
    });
    if (list.entries.length > 0)
      sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: headers.length } };
    for (const note of list.notes) sheet.addRow([null, note]);
    const asOf = list.asOf === undefined ? "" : `截至 ${list.asOf}。`;
    sheet.addRow([null, `${asOf}条目及原文出自所列文件，文件未载明的不填。`]);
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function toRow(
  { name, details, source }: SheetContent["entries"][number],
  index: number,
  labels: readonly string[],
): (string | number)[] {
  const values = new Map(details.map(({ label, value }) => [label, value]));
  const cited = source ? [source.title, source.status, source.section, source.quote] : ["", "", "", ""];
  return [index + 1, name, ...labels.map((label) => values.get(label) ?? ""), ...cited];
}

/** Excel takes 31 characters and no brackets; a name twice is refused. */
function nameSheet(title: string, taken: Set<string>): string {
  const plain = title.replace(/[\\/*?:[\]]/g, " ").slice(0, 28);
  let name = plain;
  for (let count = 2; taken.has(name); count += 1) name = `${plain}${count}`;
  taken.add(name);
  return name;
}
