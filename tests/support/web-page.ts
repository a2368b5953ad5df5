import { readHtml } from "../../src/readers/html/index.ts";
import { DEFAULT_READ_LIMITS, type ReadDocument } from "../../src/readers/index.ts";

export const TITLE = "云川市科技局关于印发《云川市科技创新券管理办法》的通知";
export const PROSE = "为了促进科技创新，根据有关法律，结合本市实际，制定本办法。";
/** Three paragraphs, and what is read of them. */
export const BODY = `<p>各区科技局：</p><p>　　第一条 ${PROSE}</p><p>　　第二条 创新券用于购买研发服务，不得转让、买卖。</p>`;
export const BODY_TEXTS = [
  "各区科技局：",
  `第一条 ${PROSE}`,
  "第二条 创新券用于购买研发服务，不得转让、买卖。",
];

export function readPage(source: string | Uint8Array, url?: string): Promise<ReadDocument> {
  const bytes = typeof source === "string" ? Buffer.from(source) : source;
  const context = { fileName: "a.html", limits: DEFAULT_READ_LIMITS };
  return readHtml(bytes, url === undefined ? context : { ...context, url });
}

export function writePage(body: string, head = ""): string {
  return `<!DOCTYPE html><html><head><title>${TITLE}_云川市人民政府</title>${head}</head><body>${body}</body></html>`;
}

/** The three paragraphs in a container, and more. */
export function writeArticle(more: string): string {
  return writePage(`<div class="TRS_Editor">${BODY}${more}</div>`);
}

export function textsOf({ blocks }: ReadDocument): string[] {
  return blocks.map(({ text }) => text);
}
