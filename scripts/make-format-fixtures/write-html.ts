import { escapeHtml, tableHtml } from "./print-html.ts";
import { SITES } from "./sites.ts";
import { type FormOptions, finalText, type Source, type SourceBlock } from "./source.ts";
import { encodeGb18030 } from "./write-text.ts";

/** A page as a family of government sites publishes it, with everything that stands around the text. */
export function writeHtml(source: Source, options: FormOptions): Buffer {
  const site = SITES[String(options["site"])];
  if (!site) throw new Error(`${source.name}: no site ${options["site"]}`);
  const html = site(
    source,
    source.blocks.map((block) => contentHtml(source, block, String(options["site"]))),
  );
  return options["encoding"] === "gb18030" ? encodeGb18030(html) : Buffer.from(html);
}

/** One block as the site's editor leaves it; the title stands in the page's own place. */
function contentHtml(source: Source, block: SourceBlock, site: string): string {
  if (block.style === "T") return tableHtml(source, block.section, "td");
  if (block.section === "标题" && !source.blocks.some(({ section }) => section === "通知标题")) return "";
  if (block.section === "通知标题") return "";
  const text = escapeHtml(finalText(block.text));
  const isRight = block.section.endsWith("落款");
  const isCentred = /标题$|题注$|发文字号$/.test(block.section);
  if (site === "ucap-breaks") return `　　${block.style === "H" ? `<strong>${text}</strong>` : text}<br/>\n`;
  if (site === "word") return pastedHtml(block, text);
  if (site === "modern") return block.style === "H" ? `<h3>${text}</h3>\n` : `<p>${text}</p>\n`;
  const align = isRight ? "right" : isCentred ? "center" : "justify";
  const inner =
    block.style === "H" ? `<strong><span style="font-family:黑体">${text}</span></strong>` : spanned(text);
  return `<p style="text-align:${align};${align === "justify" ? "text-indent:2em;" : ""}line-height:2em">${inner}</p>\n`;
}

/** What is left of a text pasted from Word. */
function spanned(text: string): string {
  const half = Math.floor(text.length / 2);
  const cut = /[&;]/.test(text) ? text.length : half;
  return `<span style="font-family:仿宋;font-size:21px">${text.slice(0, cut)}</span><span lang="EN-US" style="font-size:21px">${text.slice(cut)}</span>`;
}

/** Saved by Word as a web page: its own elements, indentation by no-break blanks, words that are not shown. */
function pastedHtml(block: SourceBlock, text: string): string {
  const indent = /主送$|标题$/.test(block.section) ? "" : "&nbsp;&nbsp;&nbsp; ";
  const hidden = block.style === "P" ? '<span style="display:none;mso-hide:all">隐藏的批注</span>' : "";
  return `<p class=MsoNormal style='mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>${indent}<font face="仿宋"><span>${text}</span></font></span>${hidden}<span lang=EN-US style='font-size:16.0pt'><o:p></o:p></span></p>\n`;
}
