import { type Logger, silentLogger } from "../../shared/index.ts";
import { cleanFileName } from "../clean-file-name.ts";
import { type DetectedFormat, detectFormat } from "../detect-format.ts";
import { DEFAULT_READ_LIMITS, refuseLargeFile } from "../limits.ts";
import type { DocumentReader, ReadDocument, ReadLimits, ReadRequest } from "../types.ts";
import { unusable } from "../unusable.ts";
import { createProcessPool } from "./create-process-pool.ts";
import { FORMAT_READERS } from "./format-readers.ts";
import type { ReadOrder } from "./messages.ts";

export interface DocumentReaderOptions {
  /** Over `DEFAULT_READ_LIMITS`; a request may set its own, except that the processes are sized by these. */
  limits?: Partial<ReadLimits>;
  /** Default: silent. */
  logger?: Logger;
  /** Documents that are read at the same time, each in a process of its own. Default 1; further ones wait. */
  concurrency?: number;
  /** How long a process without work is kept. Default 30 s. */
  idleMilliseconds?: number;
}

const READING_PROCESS = new URL("./reading-process.ts", import.meta.url);

/** A process is started with the first document that needs one, and does not keep the caller alive. */
export function createDocumentReader(options: DocumentReaderOptions = {}): DocumentReader {
  return createDocumentReaderWith(READING_PROCESS, options);
}

/** With another program as the reading process, which calls `serveReading`: for tests. */
export function createDocumentReaderWith(entry: URL, options: DocumentReaderOptions): DocumentReader {
  const defaults = { ...DEFAULT_READ_LIMITS, ...options.limits };
  const pool = createProcessPool({
    entry,
    limits: defaults,
    logger: options.logger ?? silentLogger,
    concurrency: options.concurrency ?? 1,
    idleMilliseconds: options.idleMilliseconds ?? 30_000,
  });
  return {
    async read(request: ReadRequest) {
      const limits = { ...defaults, ...request.limits };
      refuseLargeFile(request.bytes.length, limits);
      const fileName = cleanFileName(request.fileName);
      const { format, warnings } = await detectFormat(request.bytes, fileName);
      const order: ReadOrder = {
        format,
        bytes: request.bytes,
        fileName,
        ...(request.url === undefined ? {} : { url: request.url }),
        limits,
      };
      const document = isReadHere(format, request.bytes)
        ? await readHere(order)
        : await pool.read(order, request.onProgress);
      refuseNothing(document);
      return { ...document, warnings: [...warnings, ...document.warnings] };
    },
    close: () => pool.close(),
  };
}

function refuseNothing({ blocks, text, format }: ReadDocument): void {
  if (blocks.length > 0 || (text ?? "").trim() !== "") return;
  throw unusable(
    `a ${format} without text`,
    "文件里没有读到文字。若是扫描件或照片，请换一份清晰、端正的再提交；若正文在图片里，请直接提交图片。",
  );
}

const MAX_CSV_HERE = 1024 * 1024;

function isReadHere(format: DetectedFormat, bytes: Uint8Array): boolean {
  return format === "txt" || format === "md" || (format === "csv" && bytes.length <= MAX_CSV_HERE);
}

async function readHere({ format, bytes, ...context }: ReadOrder): Promise<ReadDocument> {
  const read = await FORMAT_READERS[format]();
  return read(bytes, context);
}
