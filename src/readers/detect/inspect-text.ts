import { looksLikeHtml, looksLikeMarkup } from "../text/looks-like-html.ts";
import { refuse } from "./refusals.ts";

export type TextKind = "html" | "md" | "csv" | "txt";

const SCRIPT_NAMES = /^(?:bat|cmd|ps1|vbs|vbe|js|mjs|jse|wsf|hta|sh|bash|py|pl|rb|php|scr|reg)$/;
const HEAD = 4_000;

/** Which kind of text: by its content, the name's ending (lower case, without the dot) decides between what fits both. */
export function inspectText(text: string, extension: string): TextKind {
  const head = text.slice(0, HEAD).replace(/^\ufeff/, "");
  if (/^#!\s?\//.test(head) || SCRIPT_NAMES.test(extension)) return refuse("script");
  if (looksLikeHtml(text) || looksLikeMessage(head)) return "html";
  refuseMarkupOfOthers(head);
  if (extension === "md" || extension === "markdown") return "md";
  if (looksLikeMarkup(text)) return "html";
  if (extension === "csv" || extension === "tsv") return isTable(text) ? "csv" : "txt";
  if (extension === "txt" || extension === "text") return "txt";
  if (isTable(text) && !/[。；]/.test(head)) return "csv";
  return /^#{1,4} \S/m.test(head) ? "md" : "txt";
}

/** A page that a browser saved in one file (MHTML). */
export function looksLikeMessage(head: string): boolean {
  if (!/^MIME-Version:/im.test(head)) return false;
  return /^Content-Type:\s*multipart\/related/im.test(head) || /^Content-Type:\s*text\/html/im.test(head);
}

function refuseMarkupOfOthers(head: string): void {
  if (!/^\s*<(?:\?xml|svg|[a-z]+:)/i.test(head)) return;
  if (/progid="Word\.Document"|<w:wordDocument|<pkg:package/.test(head)) refuse("wordXml");
  if (/progid="Excel\.Sheet"/.test(head)) refuse("xls");
  if (/<svg[\s>]/i.test(head)) refuse("vector");
  if (/^\s*<\?xml/i.test(head)) refuse("xml");
}

const MIN_SHARE = 0.6;
const SAMPLE_LINES = 50;

/** Most lines have the same separator, equally often. */
function isTable(text: string): boolean {
  const lines = text
    .slice(0, 50_000)
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, SAMPLE_LINES);
  return [",", "\t", ";", "|"].some((separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1);
    const most = counts.filter((count) => count > 0 && count === counts[0]).length;
    return lines.length >= 2 && most / lines.length >= MIN_SHARE;
  });
}
