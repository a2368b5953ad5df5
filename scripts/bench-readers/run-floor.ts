import { load } from "cheerio";
import { parse } from "csv-parse/sync";
import { SaxesParser } from "saxes";
import { fromBuffer } from "yauzl";
import { loadOcrEngine } from "../../src/readers/ocr/ocr-engine.ts";
import type { Sample } from "./make-samples.ts";

/** What a format costs at the least, with the same libraries and nothing of ours around them. */
export interface Floor {
  label: string;
  run(bytes: Uint8Array): Promise<unknown>;
}

export function floorOf({ name }: Sample): Floor | undefined {
  switch (name) {
    case "txt":
    case "md":
      return { label: "仅解码 UTF-8", run: async (bytes) => new TextDecoder().decode(bytes) };
    case "html":
      return { label: "仅 parse5", run: async (bytes) => load(Buffer.from(bytes).toString("utf8")) };
    case "docx":
      return { label: "仅解压和 XML 解析", run: (bytes) => parsePart(bytes, "word/document.xml") };
    case "xlsx":
      return { label: "仅解压和 XML 解析", run: (bytes) => parsePart(bytes, "xl/worksheets/") };
    case "csv":
      return { label: "仅 csv-parse", run: async (bytes) => parse(Buffer.from(bytes)) };
    case "pdf":
      return { label: "仅 pdf.js 取文字", run: extractText };
    default:
      return undefined;
  }
}

function parsePart(bytes: Uint8Array, part: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (failure, zip) => {
      if (failure) return reject(failure);
      zip.on("end", () => resolve());
      zip.on("entry", (entry) => {
        if (!entry.fileName.startsWith(part)) return zip.readEntry();
        zip.openReadStream(entry, (broken, stream) => {
          if (broken) return reject(broken);
          const parser = new SaxesParser({ xmlns: true });
          parser.on("opentag", () => undefined);
          parser.on("text", () => undefined);
          stream.setEncoding("utf8");
          stream.on("data", (chunk: string) => parser.write(chunk));
          stream.on("end", () => {
            parser.close();
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    });
  });
}

async function extractText(bytes: Uint8Array): Promise<void> {
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument({ data: bytes.slice(), verbosity: 0, maxImageSize: 0, useSystemFonts: false });
  const document = await task.promise;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    await page.getTextContent();
    page.cleanup();
  }
  await task.destroy();
}

/** Counts the wall time inside the models, from now on, in this process. */
export async function watchInference(): Promise<() => number> {
  const engine = await loadOcrEngine();
  let seconds = 0;
  const timed =
    <Input extends unknown[], Output>(run: (...input: Input) => Promise<Output>) =>
    async (...input: Input): Promise<Output> => {
      const startedAt = performance.now();
      try {
        return await run(...input);
      } finally {
        seconds += (performance.now() - startedAt) / 1000;
      }
    };
  engine.detect = timed(engine.detect);
  engine.recognize = timed(engine.recognize);
  engine.classify = timed(engine.classify);
  return () => seconds;
}
