import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../../tests/support/browser.ts";
import { drawPdf } from "./draw-pdf.ts";
import { printPdf } from "./print-pdf.ts";
import { photographPdf, scanPdf } from "./scan-pages.ts";
import type { FormOptions, Source } from "./source.ts";
import { writeDocx } from "./write-docx.ts";
import { writeHtml } from "./write-html.ts";
import { writeCsv, writeMarkdown, writeText } from "./write-text.ts";
import { writeWordXml } from "./write-word-xml.ts";
import { writeXlsx } from "./write-xlsx.ts";

export interface WrittenForm {
  ending: string;
  bytes: Buffer;
}

/** LibreOffice repeats content controls and restarts automatic lists when it saves them as doc. */
const PLAIN_WORD: FormOptions = { numbering: "typed", control: false };

/** One browser for all of them, started when the first PDF is made. */
export function createWriters() {
  let browser: Promise<Browser> | undefined;
  const open = () => {
    browser ??= launchBrowser();
    return browser;
  };
  const pdfOf = async (source: Source, options: FormOptions) =>
    options["engine"] === "pdfkit" ? drawPdf(source) : printPdf(await open(), source, options);
  return {
    async write(source: Source, form: string, options: FormOptions): Promise<WrittenForm | undefined> {
      if (form === "txt") return { ending: "txt", bytes: writeText(source, options) };
      if (form === "md") return { ending: "md", bytes: writeMarkdown(source) };
      if (form === "csv") return { ending: "csv", bytes: writeCsv(source, options) };
      if (form === "xlsx") return { ending: "xlsx", bytes: await writeXlsx(source, options) };
      if (form === "html") return { ending: "html", bytes: writeHtml(source, options) };
      if (form === "docx" && options["maker"] === "word")
        return { ending: "docx", bytes: writeWordXml(source) };
      if (form === "docx") return { ending: "docx", bytes: await writeDocx(source, options) };
      if (form === "doc")
        return convertToDoc(await writeDocx(source, { ...source.forms["docx"], ...PLAIN_WORD }));
      const pdf = await pdfOf(source, { ...source.forms["pdf"], ...options });
      if (form === "pdf") return { ending: "pdf", bytes: pdf };
      if (form === "scan") return { ending: "scan.pdf", bytes: await scanPdf(pdf, String(options["pages"])) };
      if (form === "image") return { ending: "jpg", bytes: await photographPdf(pdf) };
      throw new Error(`${source.name}: no form ${form}`);
    },
    async close(): Promise<void> {
      await (await browser)?.close();
    },
  };
}

/** The old binary format; no library writes it. */
function convertToDoc(docx: Buffer): WrittenForm | undefined {
  const directory = mkdtempSync(join(tmpdir(), "formats-"));
  try {
    const path = join(directory, "source.docx");
    writeFileSync(path, docx);
    const profile = `-env:UserInstallation=file://${directory}/profile`;
    const run = spawnSync("soffice", [
      profile,
      "--headless",
      "--convert-to",
      "doc",
      "--outdir",
      directory,
      path,
    ]);
    if (run.status !== 0) return undefined;
    return { ending: "doc", bytes: readFileSync(join(directory, "source.doc")) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
