import { join } from "node:path";
import PDFDocument from "pdfkit";
import { finalText, type Source, type SourceBlock } from "./source.ts";

const FONTS = join(import.meta.dirname, "../../node_modules/@embedpdf/fonts-sc/fonts");
const MARGINS = { top: 96, bottom: 90, left: 80, right: 74 };

/** A PDF from another maker, without structure: lines are placed one by one, numbers of pages at the outer edge. */
export async function drawPdf(source: Source): Promise<Buffer> {
  const document = new PDFDocument({
    size: "A4",
    margins: MARGINS,
    bufferPages: true,
    info: { CreationDate: new Date() },
  });
  const chunks: Buffer[] = [];
  document.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => document.on("end", () => resolve()));
  document.registerFont("body", join(FONTS, "NotoSansHans-Regular.otf"));
  document.registerFont("bold", join(FONTS, "NotoSansHans-Bold.otf"));
  for (const block of source.blocks) drawBlock(document, block);
  numberPages(document);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawBlock(document: PDFKit.PDFDocument, { style, section, text: marked }: SourceBlock): void {
  const text = finalText(marked);
  const width = document.page.width - MARGINS.left - MARGINS.right;
  document.x = MARGINS.left;
  if (section.endsWith("标题")) {
    document.font("bold").fontSize(20).moveDown(0.4);
    for (const line of cutLines(document, text, width)) document.text(line, { align: "center" });
    document.moveDown(0.6);
    return;
  }
  document.font(style === "H" ? "bold" : "body").fontSize(15);
  if (/题注$|发文字号$|发文机关$|^日期$/.test(section)) {
    document.text(text, { align: "center", lineGap: 8 });
    return;
  }
  if (/落款$/.test(section)) {
    if (style === "F") document.moveDown(1);
    document.text(text, { align: "right", lineGap: 8 });
    if (section === "通知落款" && style === "J") document.addPage();
    return;
  }
  const indented = /主送$/.test(section) ? text : `　　${text}`;
  for (const line of cutLines(document, indented, width)) placeLine(document, line);
}

const LINE_STEP = 28;

function placeLine(document: PDFKit.PDFDocument, line: string): void {
  if (document.y + LINE_STEP > document.page.height - MARGINS.bottom) document.addPage();
  const { y } = document;
  document.text(line, MARGINS.left, y, { lineBreak: false });
  document.y = y + LINE_STEP;
}

/** Chinese lines are cut at any character; a closing mark hangs on the line before. */
function cutLines(document: PDFKit.PDFDocument, text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const character of text) {
    const isFull = document.widthOfString(line + character) > width;
    if (isFull && !/[，。；：、）》”]/.test(character)) {
      lines.push(line);
      line = "";
    }
    line += character;
  }
  return [...lines, line];
}

function numberPages(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let index = start; index < start + count; index++) {
    document.switchToPage(index);
    document.page.margins.bottom = 0;
    document.font("body").fontSize(12);
    const width = document.page.width - 2 * MARGINS.left;
    const align = index % 2 === 1 ? "left" : "right";
    document.text(`- ${index + 1} -`, MARGINS.left, document.page.height - 60, { width, align });
  }
}
