import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { ReportModel, ReportPart } from "./report-types.ts";

const FONT = { ascii: "Calibri", eastAsia: "SimSun", hAnsi: "Calibri" };
/** Text width of A4 with margins of 1 inch, in twentieths of a point. */
const LINE_WIDTH = 9026;
const A4 = { width: 11906, height: 16838 };

/** A4 with page numbers; tables repeat their head. */
export async function writeReportDocx({ title, footer, parts }: ReportModel): Promise<Uint8Array> {
  const document = new Document({
    title,
    styles: { default: { document: { run: { font: FONT, size: 21 } } } },
    sections: [
      {
        properties: { page: { size: A4 } },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                children: [
                  new TextRun({ text: `${footer}　`, size: 18 }),
                  new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES], size: 18 }),
                ],
              }),
            ],
          }),
        },
        children: parts.flatMap(toElements),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function toElements(part: ReportPart): (Paragraph | Table)[] {
  switch (part.type) {
    case "title":
      return [
        new Paragraph({
          heading: HeadingLevel.TITLE,
          alignment: AlignmentType.CENTER,
          spacing: { after: 240 },
          children: [new TextRun({ text: part.text, bold: true, size: 32 })],
        }),
      ];
    case "heading":
      return [
        new Paragraph({
          heading: part.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
          spacing: { before: 240, after: 120 },
          children: [new TextRun({ text: part.text, bold: true, size: part.level === 1 ? 28 : 24 })],
        }),
      ];
    case "paragraph":
      return [
        new Paragraph({
          spacing: { after: 100 },
          children: [
            new TextRun({
              text: part.text,
              bold: part.tone === "strong",
              ...(part.tone === "note" && { color: "595959" }),
            }),
          ],
        }),
      ];
    case "list":
      return part.items.map(
        (item) =>
          new Paragraph({ bullet: { level: 0 }, spacing: { after: 60 }, children: [new TextRun(item)] }),
      );
    case "table":
      return [toTable(part), new Paragraph({ children: [] })];
  }
}

function toTable({ head, rows, widths }: Extract<ReportPart, { type: "table" }>): Table {
  const columnWidths = widths.map((share) => Math.round(share * LINE_WIDTH));
  const toRow = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: cells.map(
        (cell, index) =>
          new TableCell({
            width: { size: columnWidths[index] ?? 0, type: WidthType.DXA },
            ...(isHead && { shading: { fill: "E8EEF7" } }),
            children: cell
              .split("\n")
              .map((text) => new Paragraph({ children: [new TextRun({ text, bold: isHead, size: 19 })] })),
          }),
      ),
    });
  return new Table({
    width: { size: LINE_WIDTH, type: WidthType.DXA },
    columnWidths,
    rows: [toRow(head, true), ...rows.map((row) => toRow(row, false))],
  });
}
