import { type FormOptions, finalText, type Source, type SourceBlock, spansOf } from "./source.ts";

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function tableHtml(source: Source, key: string, cellTag: "td" | "th" = "th"): string {
  const table = source.tables[key];
  if (!table) return "";
  const spans = spansOf(table);
  const row = (y: number) => {
    const tag = y < table.header ? cellTag : "td";
    const cells = spans.filter((span) => span.y === y);
    return `<tr>${cells
      .map(({ text, columns, rows }) => {
        const merged = `${columns > 1 ? ` colspan="${columns}"` : ""}${rows > 1 ? ` rowspan="${rows}"` : ""}`;
        return `<${tag}${merged}>${escapeHtml(text)}</${tag}>`;
      })
      .join("")}</tr>`;
  };
  const lines = table.cells.map((_, y) => row(y));
  return `<table><thead>${lines.slice(0, table.header).join("\n")}</thead><tbody>${lines.slice(table.header).join("\n")}</tbody></table>`;
}

/** Lines of a page as GB/T 9704 prints them: 16 pt, 28.95 pt apart, two blanks before a paragraph. */
export function printHtml(source: Source, options: FormOptions): string {
  const blocks = source.blocks.filter(({ revision }) => revision !== "-");
  const lines = blocks.map((block) => blockHtml(source, block));
  if (options["contents"] === true) {
    const first = blocks.findIndex(({ section }) => section === "导语");
    lines.splice(first, 0, contentsHtml(blocks));
  }
  const columns =
    options["columns"] === 2
      ? "width: 154mm; columns: 2; column-gap: 24pt; font-size: 13pt; line-height: 24pt;"
      : "";
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
    body { font: 16pt/28.95pt sans-serif; margin: 0; text-align: justify; }
    p, h1, h2 { margin: 0; font-weight: normal; font-size: 1em; }
    .title { text-align: center; font-size: ${columns ? "17pt" : "22pt"}; line-height: 1.5; font-weight: bold; padding: 12pt 0; }
    .centre { text-align: center; }
    .item { text-indent: 2em; }
    .heading { text-indent: 2em; font-weight: bold; }
    .listed { padding-left: 5em; }
    .right { text-align: right; padding-right: 2em; }
    .letterhead { text-align: center; color: #d00; font-size: 40pt; line-height: 1.6; font-weight: bold; letter-spacing: 4pt; }
    .rule { border-top: 2pt solid #d00; margin-top: 4pt; padding-top: 10pt; }
    .record { border-top: 0.7pt solid #000; font-size: 14pt; padding: 0 1em; }
    .attachment { break-before: page; font-weight: bold; }
    .contents { break-before: page; break-after: page; }
    .contents div { display: flex; } .contents i { flex: 1; overflow: hidden; white-space: nowrap; font-style: normal; }
    table { border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 16pt; text-align: left; }
    td, th { border: 0.7pt solid #000; padding: 3pt 5pt; font-weight: normal; } th { font-weight: bold; text-align: center; }
    tr { break-inside: avoid; }
    ${options["repeatHeader"] === true ? "" : "thead { display: table-row-group; }"}
    .flow { ${columns} }
    ${options["ruled"] === false ? "td, th { border: 0; vertical-align: top; padding: 4pt 8pt; }" : ""}
    .watermark { position: fixed; top: 40%; left: 5%; transform: rotate(-30deg); font-size: 60pt; color: #ddd; z-index: -1; }
    .notes { position: fixed; bottom: 0; font-size: 9pt; line-height: 14pt; border-top: 0.5pt solid #000; width: 100%; }
    sup { font-size: 9pt; line-height: 1; }
  </style>${overlay(source, options)}<div class="flow">${lines.join("\n")}</div></html>`;
}

/** What lies over or under the text: a watermark, notes at the foot (for documents of one page). */
function overlay(source: Source, options: FormOptions): string {
  const { watermark } = options;
  const mark = typeof watermark === "string" ? `<div class="watermark">${watermark}</div>` : "";
  if (options["notes"] !== true) return mark;
  const notes = source.footnotes.map(
    (note, index) => `<div><sup>${index + 1}</sup> ${escapeHtml(note)}</div>`,
  );
  return `${mark}<div class="notes">${notes.join("")}</div>`;
}

function blockHtml(source: Source, { style, section, text: marked }: SourceBlock): string {
  const noted = marked.replace(/\[\^(\d+)\]/g, "\u0001$1\u0002");
  const text = escapeHtml(finalText(noted)).replace(/\u0001(\d+)\u0002/g, "<sup>$1</sup>");
  if (style === "T") return tableHtml(source, section);
  const kind = classOf(style, section);
  const space = style === "F" && /落款$|附件说明$/.test(section) ? ' style="margin-top:28pt"' : "";
  return `<p class="${kind}"${space}>${text}</p>`;
}

function classOf(style: SourceBlock["style"], section: string): string {
  if (style === "L") return "letterhead";
  if (style === "A") return "attachment";
  if (section.endsWith("标题")) return "title";
  if (/题注$|发文机关$|^日期$/.test(section)) return "centre";
  if (/发文字号$/.test(section)) return "centre";
  if (/落款$/.test(section)) return "right";
  if (section === "版记") return "record";
  if (/主送$/.test(section)) return "plain";
  if (style === "J" && section.endsWith("附件说明")) return "listed";
  return style === "H" ? "heading" : "item";
}

function contentsHtml(blocks: readonly SourceBlock[]): string {
  const entries = blocks
    .filter(({ style }) => style === "H")
    .map(
      ({ text }, index) =>
        `<div><span>${escapeHtml(text)}</span><i>${"…".repeat(60)}</i><span>${1 + Math.floor(index / 5)}</span></div>`,
    );
  return `<div class="contents"><p class="centre">目　　录</p>${entries.join("")}</div>`;
}
