import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import PDFDocument from "pdfkit";
import type { ReportModel, ReportPart } from "./report-types.ts";

const MARGIN = 56;
const CELL_PADDING = 4;
const INK = "#1f2329";
const GREY = "#595959";
const LINE = "#b7c0cd";

type Pdf = InstanceType<typeof PDFDocument>;

/** A4 with an embedded subset of a Chinese font, page numbers, rows that stay in one piece where they can. */
export async function writeReportPdf({ title, footer, parts }: ReportModel): Promise<Uint8Array> {
  const fonts = join(dirname(fileURLToPath(import.meta.resolve("@embedpdf/fonts-sc"))), "../fonts");
  const pdf = new PDFDocument({ size: "A4", margin: MARGIN, bufferPages: true, info: { Title: title } });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.on("end", resolve);
    pdf.on("error", reject);
  });
  pdf.registerFont("regular", join(fonts, "NotoSansHans-Regular.otf"));
  pdf.registerFont("bold", join(fonts, "NotoSansHans-Bold.otf"));
  for (const part of parts) writePart(pdf, part);
  numberPages(pdf, footer);
  pdf.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function writePart(pdf: Pdf, part: ReportPart): void {
  pdf.fillColor(INK);
  switch (part.type) {
    case "title":
      pdf.font("bold").fontSize(17).text(part.text, { align: "center" }).moveDown(0.8);
      return;
    case "heading": {
      const size = part.level === 1 ? 13.5 : 11.5;
      keepTogether(pdf, size * 4);
      pdf.moveDown(0.5).font("bold").fontSize(size).text(part.text).moveDown(0.3);
      return;
    }
    case "paragraph":
      pdf
        .font(part.tone === "strong" ? "bold" : "regular")
        .fontSize(10)
        .fillColor(part.tone === "note" ? GREY : INK)
        .text(part.text, { lineGap: 2 })
        .moveDown(0.3);
      return;
    case "list":
      pdf.font("regular").fontSize(10);
      for (const item of part.items) pdf.text(`· ${item}`, { lineGap: 2, indent: 0 }).moveDown(0.15);
      pdf.moveDown(0.2);
      return;
    case "table":
      writeTable(pdf, part);
  }
}

function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - MARGIN) pdf.addPage();
}

function writeTable(pdf: Pdf, { head, rows, widths }: Extract<ReportPart, { type: "table" }>): void {
  const line = pdf.page.width - 2 * MARGIN;
  const columns = widths.map((share) => share * line);
  const bottom = () => pdf.page.height - MARGIN;
  const headHeight = measureRow(pdf, head, columns, "bold");
  const firstHeight = rows[0] ? measureRow(pdf, rows[0], columns, "regular") : 0;
  if (pdf.y + headHeight + firstHeight > bottom()) pdf.addPage();
  drawRow(pdf, head, columns, "bold");
  for (const row of rows) {
    const height = measureRow(pdf, row, columns, "regular");
    if (pdf.y + height > bottom() && headHeight + height < bottom() - MARGIN) {
      pdf.addPage();
      drawRow(pdf, head, columns, "bold");
    }
    drawRow(pdf, row, columns, "regular");
  }
  pdf.x = MARGIN;
  pdf.moveDown(0.6);
}

function measureRow(pdf: Pdf, cells: readonly string[], columns: readonly number[], font: string): number {
  pdf.font(font).fontSize(9);
  const heights = cells.map((cell, index) =>
    pdf.heightOfString(cell === "" ? " " : cell, {
      width: (columns[index] ?? 0) - 2 * CELL_PADDING,
      lineGap: 1,
    }),
  );
  return Math.max(...heights) + 2 * CELL_PADDING;
}

function drawRow(pdf: Pdf, cells: readonly string[], columns: readonly number[], font: string): void {
  const height = measureRow(pdf, cells, columns, font);
  const top = pdf.y;
  let left = MARGIN;
  for (const [index, cell] of cells.entries()) {
    const width = columns[index] ?? 0;
    if (font === "bold") pdf.rect(left, top, width, height).fill("#e8eef7");
    pdf.rect(left, top, width, height).lineWidth(0.5).stroke(LINE);
    pdf
      .fillColor(INK)
      .font(font)
      .fontSize(9)
      .text(cell, left + CELL_PADDING, top + CELL_PADDING, {
        width: width - 2 * CELL_PADDING,
        height: height - CELL_PADDING,
        lineGap: 1,
      });
    left += width;
  }
  pdf.x = MARGIN;
  pdf.y = top + height;
}

function numberPages(pdf: Pdf, footer: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    // Written below the margin, which would otherwise open a new page.
    pdf.page.margins.bottom = 0;
    pdf
      .font("regular")
      .fontSize(8.5)
      .fillColor(GREY)
      .text(`${footer}　${page - start + 1} / ${count}`, MARGIN, pdf.page.height - 36, {
        width: pdf.page.width - 2 * MARGIN,
        align: "center",
        lineBreak: false,
      });
  }
}
