import type { Browser } from "playwright-core";
import { printHtml } from "./print-html.ts";
import type { FormOptions, Source } from "./source.ts";

/** A PDF with text, printed by Chromium: numbers of pages at the foot, a running head where the source has one. */
export async function printPdf(browser: Browser, source: Source, options: FormOptions): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    await page.setContent(printHtml(source, options), { waitUntil: "load" });
    const small = "font-size:10px;width:100%;text-align:center;font-family:sans-serif";
    const head = options["runningHead"];
    const bytes = await page.pdf({
      format: "A4",
      landscape: options["landscape"] === true,
      displayHeaderFooter: true,
      headerTemplate: `<div style="${small}">${typeof head === "string" ? head : ""}</div>`,
      footerTemplate: `<div style="${small};font-size:14px">— <span class="pageNumber"></span> —</div>`,
      margin: { top: "33mm", bottom: "30mm", left: "28mm", right: "26mm" },
      printBackground: true,
    });
    return fixDates(bytes);
  } finally {
    await page.close();
  }
}

/** The day of making, of the same length so that no offset moves. */
function fixDates(bytes: Buffer): Buffer {
  const text = bytes.toString("latin1").replace(/\(D:\d{14}(?=[+-Z])/g, "(D:20260101000000");
  return Buffer.from(text, "latin1");
}
