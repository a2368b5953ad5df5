import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DetectedFormat } from "../../src/readers/index.ts";
import { p, writeDocx } from "../../tests/support/write-docx.ts";
import { writePdf } from "../../tests/support/write-pdf.ts";
import { sheetRow, writeXlsx } from "../../tests/support/write-xlsx.ts";
import { generateDocuments } from "../bench-ingest/generate-documents.ts";
import { photographPdf, scanPdf } from "../make-format-fixtures/scan-pages.ts";

/** One file of a format, of generated text. */
export interface Sample {
  /** As on the command line; `scan` is a PDF of pictures. */
  name: string;
  format: DetectedFormat;
  fileName: string;
  bytes: Uint8Array;
  /** Printed pages; where the format has none, what the text would fill in the form of official documents. */
  pages: number;
}

/** 22 lines of 28 characters, as GB/T 9704 sets a page. */
const PAGE_CHARACTERS = 22 * 28;
const LINE = 28;
const LINES = 22;

export const SAMPLE_NAMES = "txt,md,html,docx,doc,xlsx,csv,pdf,scan,image".split(",");

export function generateLines(characters: number, seed: number): string[] {
  const lines: string[] = [];
  let length = 0;
  for (const { text } of generateDocuments(1 + Math.ceil(characters / 3000), seed)) {
    for (const line of text.trim().split("\n")) {
      if (length >= characters) return lines;
      lines.push(line);
      length += line.length;
    }
  }
  return lines;
}

/** Undefined: no such format. */
export async function makeSample(name: string, pages: number, seed: number): Promise<Sample | undefined> {
  const lines = generateLines(pages * PAGE_CHARACTERS, seed);
  const text = lines.join("\n");
  const own = (
    format: DetectedFormat,
    bytes: Uint8Array,
    printed = text.length / PAGE_CHARACTERS,
  ): Sample => ({
    ...{ name, format, bytes, pages: printed },
    fileName: `生成文件.${name === "scan" ? "pdf" : name === "image" ? "jpg" : name}`,
  });
  const encode = (content: string) => new TextEncoder().encode(content);
  switch (name) {
    case "txt":
      return own("txt", encode(text));
    case "md":
      return own("md", encode(lines.map((line) => `${line}\n`).join("\n")));
    case "html":
      return own("html", encode(writePage(lines)));
    case "docx":
      return own("docx", writeDocx({ body: lines.map((line) => p(line)).join("") }));
    case "doc":
      return own("doc", await readFixture("measures-articles.doc"), await countFixturePages());
    case "xlsx":
      return own(
        "xlsx",
        writeXlsx({ sheets: [{ name: "清单", rows: toRows(lines).map(toSheetRow).join("") }] }),
      );
    case "csv":
      return own("csv", encode(toRows(lines).map(toCsvLine).join("\n")));
    case "pdf":
      return own("pdf", await print(lines, pages), pages);
    case "scan": {
      const few = Math.min(pages, 3);
      return own("pdf", await scanGenerated(few, seed), few);
    }
    case "image":
      return own("image", await photographPdf(Buffer.from(await print(lines, 1))), 1);
    default:
      return undefined;
  }
}

export async function scanGenerated(pages: number, seed: number): Promise<Uint8Array> {
  const printed = await print(generateLines(pages * PAGE_CHARACTERS * 1.2, seed), pages);
  return new Uint8Array(await scanPdf(Buffer.from(printed), "skewed"));
}

/** Nothing at hand writes a Word file of the old kind of this size: the fixture is read again and again. */
async function countFixturePages(): Promise<number> {
  return (await readFixture("measures-articles.txt")).toString("utf8").length / PAGE_CHARACTERS;
}

function readFixture(fileName: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, "../../tests/fixtures/formats", fileName));
}

function writePage(lines: readonly string[]): string {
  const body = lines.map((line) => `<p style="text-indent:2em"><span>${line}</span></p>`).join("\n");
  return `<!doctype html><html><head><meta charset="utf-8"><title>生成文件</title></head><body><div class="nav"><a href="/">首页</a></div><div class="content"><h1>生成文件</h1>${body}</div></body></html>`;
}

/** A list of measures: number, matter, text, amount. */
function toRows(lines: readonly string[]): string[][] {
  const rows = lines.map((line, index) => [`${index + 1}`, line.slice(0, 8), line, `${(index % 40) * 25}`]);
  return [["序号", "事项", "内容", "金额（万元）"], ...rows];
}

function toSheetRow(cells: readonly string[], index: number): string {
  return sheetRow(index + 1, cells);
}

function toCsvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");
}

/** Exactly so many pages, lines cut at any character. */
function print(lines: readonly string[], pages: number): Promise<Uint8Array> {
  const printed = lines.flatMap((line) => line.match(new RegExp(`.{1,${LINE}}`, "g")) ?? []);
  return writePdf((document) => {
    for (let page = 0; page < pages; page += 1) {
      document.addPage();
      document.fontSize(16);
      for (const [row, line] of printed.slice(page * LINES, (page + 1) * LINES).entries())
        document.text(line, 80, 100 + row * 28.9, { lineBreak: false });
    }
  });
}
