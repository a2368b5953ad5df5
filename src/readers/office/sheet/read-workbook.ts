import { unusable } from "../../unusable.ts";
import { childrenNamed, findChild, findPath, textOf } from "../xml/query-xml.ts";
import { type Relation, readRelations, readTree } from "../xml/read-relations.ts";
import { readXmlUnits, type XmlElement } from "../xml/read-xml.ts";
import type { Archive } from "../zip/open-archive.ts";
import { findFormat } from "./format-value.ts";

export interface CellLook {
  format: string;
  bold: boolean;
  shaded: boolean;
}

export interface Sheet {
  name: string;
  part: string;
  hidden: boolean;
}

/** What the sheets of a workbook have in common. */
export interface Workbook {
  sheets: Sheet[];
  from1904: boolean;
  strings: string[];
  looks: CellLook[];
  relations: Relation[];
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = await readRelations(archive, "");
  const named = root.find(({ type, external }) => type === "officeDocument" && !external);
  const part = named && archive.has(named.target) ? named.target : "xl/workbook.xml";
  if (part.startsWith("word/")) {
    throw unusable("a Word document", "这是 Word 文档，扩展名不符。请把扩展名改为 .docx 后再提交。");
  }
  const workbook = /\.xml$/i.test(part) ? await readTree(archive, part) : undefined;
  if (!workbook) {
    throw unusable(
      "no workbook part",
      "压缩包里没有工作簿（xl/workbook.xml），不是 Excel 表格或已损坏。请用 Excel 或 WPS 打开，另存为 xlsx 后再提交。",
    );
  }
  const relations = await readRelations(archive, part);
  const targetOf = (type: string): string | undefined =>
    relations.find((relation) => relation.type === type && !relation.external)?.target;
  const from1904 = /^(?:1|true)$/.test(findChild(workbook, "s:workbookPr")?.attributes.get("date1904") ?? "");
  return {
    sheets: listSheets(workbook, relations),
    from1904,
    strings: await readStrings(archive, targetOf("sharedStrings") ?? "xl/sharedStrings.xml"),
    looks: readLooks(await readTree(archive, targetOf("styles") ?? "xl/styles.xml")),
    relations,
  };
}

function listSheets(workbook: XmlElement, relations: readonly Relation[]): Sheet[] {
  return childrenNamed(findChild(workbook, "s:sheets"), "s:sheet").flatMap(({ attributes }) => {
    const relation = relations.find(({ id }) => id === attributes.get("r:id"));
    if (!relation || relation.external || relation.type !== "worksheet") return [];
    const hidden = /^(?:hidden|veryHidden)$/.test(attributes.get("state") ?? "");
    return [{ name: attributes.get("name") ?? "", part: relation.target, hidden }];
  });
}

async function readStrings(archive: Archive, part: string): Promise<string[]> {
  const strings: string[] = [];
  const chunks = await archive.open(part);
  if (!chunks) return strings;
  await readXmlUnits(chunks, part, {
    isUnit: (name, parent) => name === "s:si" && parent === "s:sst",
    onUnit: (item) => strings.push(readRichText(item)),
  });
  return strings;
}

/** Plain or in runs; the reading aids of East Asian text are left out. */
export function readRichText(item: XmlElement | undefined): string {
  if (!item) return "";
  return item.children
    .map((child) => {
      if (typeof child === "string") return "";
      if (child.name === "s:t") return textOf(child);
      return child.name === "s:r" ? textOf(findChild(child, "s:t")) : "";
    })
    .join("");
}

function readLooks(root: XmlElement | undefined): CellLook[] {
  const custom = new Map<number, string>();
  for (const { attributes } of childrenNamed(findChild(root, "s:numFmts"), "s:numFmt")) {
    custom.set(Number(attributes.get("numFmtId")), attributes.get("formatCode") ?? "General");
  }
  const bold = childrenNamed(findChild(root, "s:fonts"), "s:font").map((font) => {
    const mark = findChild(font, "s:b");
    return mark !== undefined && !/^(?:0|false)$/.test(mark.attributes.get("val") ?? "");
  });
  const shaded = childrenNamed(findChild(root, "s:fills"), "s:fill").map((fill) => {
    const pattern = findPath(fill, "s:patternFill")?.attributes.get("patternType") ?? "none";
    return pattern !== "none" && pattern !== "gray125";
  });
  return childrenNamed(findChild(root, "s:cellXfs"), "s:xf").map(({ attributes }) => ({
    format: findFormat(Number(attributes.get("numFmtId") ?? 0), custom),
    bold: bold[Number(attributes.get("fontId"))] ?? false,
    shaded: shaded[Number(attributes.get("fillId"))] ?? false,
  }));
}
