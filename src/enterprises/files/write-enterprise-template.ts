import type { FieldId, ProfileField, ProfileLexicon } from "../types.ts";

/** What an administrator's list usually holds; every other field may be added as a column of its own. */
const COLUMNS: readonly { field: FieldId; unit?: string; example: string }[] = [
  { field: "name", example: "示例：虚构样例科技有限公司（请删除本行）" },
  { field: "credit-code", example: "91310120MA1J000145" },
  { field: "industry-words", example: "新能源汽车热管理零部件" },
  { field: "industries", example: "汽车零部件" },
  { field: "stage", example: "成长期" },
  { field: "founded-on", example: "2018-05" },
  { field: "district", example: "上海市奉贤区" },
  { field: "headcount", unit: "人", example: "320" },
  { field: "rd-headcount", unit: "人", example: "60" },
  { field: "revenue", unit: "万元", example: "42000" },
  { field: "rd-expense", unit: "万元", example: "2100–2300" },
  { field: "qualifications", example: "高新技术企业" },
  { field: "needs", example: "股权融资、生产厂房" },
];

/** An xlsx with heads that `readEnterpriseFile` understands, hints, and one example that is plainly invented. */
export async function writeEnterpriseTemplate(lexicon: Pick<ProfileLexicon, "fields">): Promise<Uint8Array> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet("企业清单", { views: [{ state: "frozen", ySplit: 1 }] });
  const guide = workbook.addWorksheet("填写说明");
  guide.addRow(["列名", "怎么填", "可填的内容"]);
  const columns = COLUMNS.flatMap(({ field, ...rest }) => {
    const known = lexicon.fields.get(field);
    return known ? [{ known, ...rest }] : [];
  });
  const heads = columns.map(({ known, unit }) =>
    unit === undefined ? known.label : `${known.label}（${unit}）`,
  );
  sheet.addRow(heads).font = { bold: true };
  sheet.addRow(columns.map(({ example }) => example)).font = { italic: true, color: { argb: "FF7F7F7F" } };
  for (const [index, { known }] of columns.entries()) {
    const column = sheet.getColumn(index + 1);
    column.width = Math.max(16, (heads[index] ?? "").length * 2 + 4);
    // Text, or spreadsheets turn long codes into powers of ten.
    column.numFmt = "@";
    guide.addRow([
      heads[index],
      writeHint(known),
      (known.options ?? []).map(({ label }) => label).join("、"),
    ]);
  }
  guide.addRow([]);
  guide.addRow([
    "说明",
    "每行一家企业，企业名称和统一社会信用代码至少填一项；不清楚的留空。示例为虚构，导入时不计。",
  ]);
  guide.getRow(1).font = { bold: true };
  guide.columns = [{ width: 24 }, { width: 60 }, { width: 60 }];
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function writeHint({ kind, ask, vocabulary }: ProfileField): string {
  if (kind === "number") return `${ask}可写数或区间，如 300、280–320、约300。`;
  if (kind === "date") return `${ask}如 2018、2018-05、2018-05-20。`;
  if (kind === "terms")
    return `${ask}多项用顿号分开${vocabulary === "qualifications" ? "，可注明证书号和有效期" : ""}。`;
  return ask;
}
