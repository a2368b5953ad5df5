import { packZip, type ZipEntry } from "./pack-zip.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface SheetParts {
  name: string;
  /** Inside s:sheetData, or all of it in `xml`. */
  rows: string;
  /** Before and after s:sheetData. */
  before?: string;
  after?: string;
  state?: string;
}

export interface WorkbookParts {
  sheets: readonly SheetParts[];
  strings?: readonly string[];
  /** Inside s:styleSheet. */
  styles?: string;
  properties?: string;
  more?: readonly ZipEntry[];
}

/** An Excel file from the XML of its parts. */
export function writeXlsx(parts: WorkbookParts): Uint8Array {
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const wrap = (root: string, content: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="${MAIN}" xmlns:r="${OFFICE}">${content}</${root}>`;
  const sheets = parts.sheets.map(({ name, state }, index) => {
    const shown = state === undefined ? "" : ` state="${state}"`;
    return `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"${shown}/>`;
  });
  const strings = (parts.strings ?? []).map(
    (item) => `<si>${item.startsWith("<") ? item : `<t>${item}</t>`}</si>`,
  );
  return packZip([
    {
      name: "_rels/.rels",
      content: `<Relationships xmlns="${RELATIONS}">${relation("w", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    },
    {
      name: "xl/workbook.xml",
      content: wrap("workbook", `${parts.properties ?? ""}<sheets>${sheets.join("")}</sheets>`),
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships xmlns="${RELATIONS}">${parts.sheets.map((_, index) => relation(`s${index}`, "worksheet", `worksheets/sheet${index + 1}.xml`)).join("")}</Relationships>`,
    },
    { name: "xl/sharedStrings.xml", content: wrap("sst", strings.join("")) },
    { name: "xl/styles.xml", content: wrap("styleSheet", parts.styles ?? "") },
    ...parts.sheets.map(({ rows, before, after }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: wrap("worksheet", `${before ?? ""}<sheetData>${rows}</sheetData>${after ?? ""}`),
    })),
    ...(parts.more ?? []),
  ]);
}

/** A row of texts and numbers; `{ value, style }` for a styled number; null for no cell. */
export type CellValue = string | number | null | { value: number | string; style: number; formula?: string };

export function sheetRow(index: number, cells: readonly CellValue[], attributes = ""): string {
  const written = cells.map((cell, column) => {
    if (cell === null) return "";
    const at = `r="${String.fromCharCode(65 + column)}${index}"`;
    if (typeof cell === "string") return `<c ${at} t="inlineStr"><is><t>${cell}</t></is></c>`;
    if (typeof cell === "number") return `<c ${at}><v>${cell}</v></c>`;
    const formula = cell.formula === undefined ? "" : `<f>${cell.formula}</f>`;
    const type = typeof cell.value === "string" ? ' t="str"' : "";
    return `<c ${at} s="${cell.style}"${type}>${formula}<v>${cell.value}</v></c>`;
  });
  return `<row r="${index}" ${attributes}>${written.join("")}</row>`;
}
