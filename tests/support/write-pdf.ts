import { join, resolve } from "node:path";
import PDFDocument from "pdfkit";

const FONTS = resolve(import.meta.dirname, "../../node_modules/@embedpdf/fonts-sc/fonts");

type Draw = (document: PDFKit.PDFDocument) => void;

/** A PDF by pdfkit with embedded subsets of a Chinese font, which it calls `plain` and `bold`. */
export async function writePdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const document = new PDFDocument({ size: "A4", margin: 0, autoFirstPage: false, ...options });
  document.registerFont("plain", join(FONTS, "NotoSansHans-Regular.otf"));
  document.registerFont("bold", join(FONTS, "NotoSansHans-Bold.otf"));
  const parts: Buffer[] = [];
  document.on("data", (part: Buffer) => parts.push(part));
  const done = new Promise<void>((finish) => document.on("end", finish));
  document.font("plain");
  draw(document);
  document.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

/** A PDF by hand: `objects` are numbered from 1, the first is the catalogue. Readers rebuild the missing index. */
export function rawPdf(objects: readonly string[], trailer = ""): Uint8Array {
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("");
  return new Uint8Array(
    Buffer.from(`%PDF-1.7\n${body}trailer\n<< /Root 1 0 R ${trailer} >>\n%%EOF\n`, "latin1"),
  );
}

export function stream(content: string, entries = ""): string {
  return `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;
}

/** One page with one content stream and one font. */
export function rawPage(
  content: string,
  font: string,
  more: { page?: string; catalogue?: string; objects?: string[] } = {},
): Uint8Array {
  return rawPdf([
    `<< /Type /Catalog /Pages 2 0 R ${more.catalogue ?? ""} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> ${more.page ?? ""} >>`,
    stream(content),
    font,
    ...(more.objects ?? []),
  ]);
}

export const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
