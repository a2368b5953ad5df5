import { execFileSync } from "node:child_process";
import { type FormOptions, finalText, readableRows, type Source, type SourceBlock } from "./source.ts";

const CENTRED = /(?:标题|题注|发文字号|发文机关|日期)$/;

/** As an office saves a letter as plain text: two full-width blanks before a paragraph, cells set apart by tabs. */
export function writeText(source: Source, options: FormOptions): Buffer {
  const lines: string[] = [];
  for (const block of source.blocks.filter(({ revision }) => revision !== "-")) {
    if (block.style === "T") {
      const table = source.tables[block.section];
      if (table) lines.push(...readableRows(table).map((row) => row.join("\t")));
      continue;
    }
    lines.push(...textLines(block, options));
  }
  let text = `${lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd()}\n`;
  if (options["width"] === "full") text = widenDigits(text);
  if (options["spacing"] === "ocr") text = spaceOut(text);
  return options["encoding"] === "gb18030" ? encodeGb18030(text) : Buffer.from(text);
}

function textLines({ style, section, text: marked }: SourceBlock, options: FormOptions): string[] {
  const text = finalText(marked);
  if (style === "A") return ["", "", text];
  if (section.endsWith("标题") && style === "F") return ["", `${text}`];
  if (style === "J" && section.endsWith("标题")) return [text];
  if (CENTRED.test(section)) return [text, ""];
  if (/落款$/.test(section)) return [...(style === "F" ? ["", ""] : []), `${" ".repeat(28)}${text}`];
  if (/附件说明$/.test(section)) return style === "F" ? ["", `　　${text}`] : [`　　　　　${text}`];
  if (/主送$/.test(section)) return ["", text];
  return options["spacing"] === "ocr" ? [text] : [`　　${text}`];
}

/** Digits outside of numbers of items and of documents, as some input methods leave them. */
function widenDigits(text: string): string {
  return text.replace(/(?<=[共目区])\d+(?=项)/g, (digits) =>
    [...digits].map((digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join(""),
  );
}

/** What a recogniser of pictures hands over: lines as wide as the page, blanks between characters, numbers of pages. */
function spaceOut(text: string): string {
  const printed = text.split("\n").flatMap((line) => line.match(/.{1,26}/gu) ?? []);
  const spaced = printed.map((line, index) =>
    index % 3 === 1 ? [...line].join(" ") : line.replace(/([，。、；：])/g, " $1 ").trimEnd(),
  );
  spaced.splice(12, 0, "- 1 -");
  return `${spaced.join("\n")}\n`;
}

/** Node decodes GB18030 but does not encode it; the C library does. */
export function encodeGb18030(text: string): Buffer {
  return execFileSync("iconv", ["-f", "utf-8", "-t", "gb18030"], { input: text });
}

export function writeMarkdown(source: Source): Buffer {
  const lines: string[] = [];
  for (const { style, section, text } of source.blocks) {
    const table = source.tables[section];
    if (style === "T" && table) {
      const [first = [], ...rest] = readableRows(table);
      lines.push(`| ${first.join(" | ")} |`, `|${" --- |".repeat(first.length)}`);
      lines.push(...rest.map((row) => `| ${row.join(" | ")} |`), "");
    } else if (section === "标题") lines.push(`# ${text}`, "");
    else if (style === "H") lines.push(`## ${text}`, "");
    else if (style === "N") lines.push(text.replace(/^(第.+?条)\s*/, "**$1** "), "");
    else lines.push(text, "");
  }
  return Buffer.from(lines.join("\n"));
}

export function writeCsv(source: Source, options: FormOptions): Buffer {
  const table = Object.values(source.tables)[0];
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = (table?.cells ?? []).map((row) => row.map(quote).join(",")).join("\r\n");
  return options["encoding"] === "gb18030" ? encodeGb18030(`${text}\r\n`) : Buffer.from(`${text}\r\n`);
}
