import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Page numbers that a person should know about. */
export interface PageNotes {
  /** Read from the recognised text that a scan brought with it. */
  hidden: number[];
  /** Text without a usable map to characters, recognised from the picture instead. */
  unreadable: number[];
  blank: number[];
  failed: number[];
  /** Little text and a picture that could not be recognised. */
  unrecognized: number[];
}

export function writePageWarnings(notes: PageNotes): string[] {
  const warnings: string[] = [];
  if (notes.hidden.length > 0) {
    warnings.push(
      `${listPages(notes.hidden)}是扫描件，采用了文件自带的识别文字，没有另行识别，请对照原件核对。`,
    );
  }
  if (notes.unreadable.length > 0) {
    warnings.push(`${listPages(notes.unreadable)}的文字编码不可用，已按图片识别，请对照原件核对。`);
  }
  if (notes.failed.length > 0) {
    warnings.push(`${listPages(notes.failed)}已损坏，未能读取。请检查原文件后重新上传。`);
  }
  if (notes.unrecognized.length > 0) {
    warnings.push(`${listPages(notes.unrecognized)}含有图片，图片中的文字未能识别，请对照原件核对。`);
  }
  if (notes.blank.length > 0) warnings.push(`${listPages(notes.blank)}没有文字。`);
  return warnings;
}

/** 第3页; 第3—5、8页; long lists are cut. */
function listPages(pages: readonly number[]): string {
  const spans: [number, number][] = [];
  for (const page of pages) {
    const last = spans.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else spans.push([page, page]);
  }
  const named = spans.slice(0, 8).map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`));
  return `第${named.join("、")}${spans.length > 8 ? " 等" : ""}页`;
}

/** What lies beside the pages: embedded files by name, and scripts, which are never run. */
export async function nameParts(
  document: PDFDocumentProxy,
): Promise<{ attachments: { name: string }[]; warnings: string[] }> {
  const embedded: unknown = await document.getAttachments().catch(() => null);
  const entries: unknown[] =
    embedded instanceof Map ? [...embedded.entries()] : Object.entries(embedded ?? {});
  const attachments = entries.map((entry) => ({ name: readName(entry) })).filter(({ name }) => name !== "");
  const warnings: string[] = [];
  if (attachments.length > 0)
    warnings.push(`文件内嵌了 ${attachments.length} 个附件，附件内容没有读取，如需收录请另行上传。`);
  if (await document.hasJSActions().catch(() => false)) warnings.push("文件带有脚本，脚本没有运行。");
  return { attachments, warnings };
}

/** Without folders: the name is shown and may become a file's name. */
function readName(entry: unknown): string {
  const [key, value]: unknown[] = Array.isArray(entry) ? entry : [];
  const filename =
    typeof value === "object" && value !== null && "filename" in value ? value.filename : undefined;
  const name = typeof filename === "string" && filename !== "" ? filename : String(key ?? "");
  return (name.split(/[\\/]/).at(-1) ?? "").trim().slice(0, 200);
}
