import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { layoutPages } from "../pages/index.ts";
import type { FormatReader, PageContent, PageImage, ReadBlock, ReadDocument, ReadLimits } from "../types.ts";
import { unusable } from "../unusable.ts";
import { countPicturePages } from "./count-picture-pages.ts";
import { hasPicture } from "./has-picture.ts";
import { createOcrTotals, type RecognizedPage } from "./ocr-totals.ts";
import { openPdf } from "./open-pdf.ts";
import { readTextPage, type TextPage } from "./read-text-page.ts";
import { isSimplified, toNewForms } from "./unify-variants.ts";
import { nameParts, type PageNotes, writePageWarnings } from "./write-page-warnings.ts";

/** How pages without text are read. */
export interface PdfRecognition {
  renderPage(document: PDFDocumentProxy, pageNumber: number, dpi: number): Promise<PageImage>;
  recognizePage(image: PageImage): Promise<RecognizedPage>;
}

const DPI = 200;
/** A page with fewer characters may be a scan with a stamped header or page number. */
const FEW_CHARACTERS = 80;
/** Fonts and pictures that the library keeps for the whole document are let go after as many pages. */
const CLEANUP_INTERVAL = 40;

/**
 * PDFs with text, scans, and mixtures, page by page: what a page does not say as text is recognised from its picture.
 * Scripts, launch actions, links and annotations of the file are never followed.
 */
export function createPdfReader(recognition: PdfRecognition): FormatReader {
  return async (bytes, { limits, onProgress }) => {
    const document = await openPdf(bytes, "text");
    const source = new PdfSource(bytes, document, recognition, limits, onProgress);
    try {
      checkPages(document.numPages, limits);
      if (document.numPages > limits.maxScannedPages) await checkScannedPages(document, limits);
      const { blocks, warnings } = await layoutPages(source.pages());
      return await describe(document, source, { blocks, warnings });
    } finally {
      await source.close();
      await document.loadingTask.destroy();
    }
  };
}

function checkPages(pages: number, { maxPages }: ReadLimits): void {
  if (pages <= maxPages) return;
  throw unusable(
    `${pages} pages, limit ${maxPages}`,
    `这份 PDF 有 ${pages} 页，超过一次可读取的 ${maxPages} 页。请按章节拆成几份后分别上传。`,
  );
}

function tooManyScans(limit: number): Error {
  return unusable(
    `more than ${limit} scanned pages`,
    `这份 PDF 中需要文字识别的扫描页超过 ${limit} 页。请拆成几份后分别上传，或上传带文字的原始文件。`,
  );
}

/** A long scan is refused before hundreds of pages are recognised for nothing. */
async function checkScannedPages(document: PDFDocumentProxy, { maxScannedPages }: ReadLimits): Promise<void> {
  if ((await countPicturePages(document, maxScannedPages)) > maxScannedPages)
    throw tooManyScans(maxScannedPages);
}

async function describe(
  document: PDFDocumentProxy,
  source: PdfSource,
  { blocks, warnings }: Pick<ReadDocument, "blocks" | "warnings">,
): Promise<ReadDocument> {
  const parts = await nameParts(document);
  const ocr = source.totals.report();
  return {
    format: ocr !== null && ocr.pages > document.numPages / 2 ? "scan" : "pdf",
    blocks: unifyVariants(blocks),
    paragraphs: "whole",
    pages: document.numPages,
    fields: {},
    attachments: parts.attachments,
    warnings: [...writePageWarnings(source.notes), ...parts.warnings, ...warnings],
    ocr,
  };
}

function unifyVariants(blocks: ReadBlock[]): ReadBlock[] {
  if (!isSimplified(blocks.map(({ text }) => text))) return blocks;
  return blocks.map((block) => {
    const header = block.table?.header;
    const text = toNewForms(block.text);
    if (!block.table || !header) return { ...block, text };
    return { ...block, text, table: { ...block.table, header: toNewForms(header) } };
  });
}

/** The pages of one file in order; only one is held at a time. */
class PdfSource {
  readonly totals = createOcrTotals();
  readonly notes: PageNotes = { hidden: [], unreadable: [], blank: [], failed: [], unrecognized: [] };
  readonly #bytes: Uint8Array;
  readonly #document: PDFDocumentProxy;
  readonly #recognition: PdfRecognition;
  readonly #limits: ReadLimits;
  readonly #onProgress: ((progress: { page: number; pages: number }) => void) | undefined;
  #pictures: PDFDocumentProxy | undefined;
  #scanned = 0;

  constructor(
    bytes: Uint8Array,
    document: PDFDocumentProxy,
    recognition: PdfRecognition,
    limits: ReadLimits,
    onProgress: ((progress: { page: number; pages: number }) => void) | undefined,
  ) {
    this.#bytes = bytes;
    this.#document = document;
    this.#recognition = recognition;
    this.#limits = limits;
    this.#onProgress = onProgress;
  }

  async *pages(): AsyncGenerator<PageContent> {
    const pages = this.#document.numPages;
    for (let number = 1; number <= pages; number++) {
      yield await this.#readPage(number);
      this.#onProgress?.({ page: number, pages });
      if (number % CLEANUP_INTERVAL === 0) {
        await this.#document.cleanup();
        await this.#pictures?.cleanup();
      }
    }
  }

  async close(): Promise<void> {
    await this.#pictures?.loadingTask.destroy();
  }

  async #readPage(number: number): Promise<PageContent> {
    const text = await this.#readText(number);
    if (text?.fromHiddenLayer) {
      this.notes.hidden.push(number);
      return text.content;
    }
    if (text?.visible.readable && text.visible.characters >= FEW_CHARACTERS) return text.content;
    const pictures = await this.#openPictures();
    const garbled = text !== undefined && !text.visible.readable && text.visible.characters > 0;
    if (!garbled && !(await hasPicture(pictures, number).catch(() => false))) {
      if (text === undefined) this.notes.failed.push(number);
      else if (text.visible.characters === 0) this.notes.blank.push(number);
      return text?.content ?? emptyPage(number);
    }
    return this.#recognize(pictures, number, text);
  }

  async #readText(number: number): Promise<TextPage | undefined> {
    try {
      const page = await this.#document.getPage(number);
      const text = await readTextPage(page, number);
      page.cleanup();
      return text;
    } catch {
      return undefined;
    }
  }

  async #recognize(
    pictures: PDFDocumentProxy,
    number: number,
    text: TextPage | undefined,
  ): Promise<PageContent> {
    this.#scanned += 1;
    if (this.#scanned > this.#limits.maxScannedPages) throw tooManyScans(this.#limits.maxScannedPages);
    const page = await this.#drawAndRecognize(pictures, number).catch((thrown: unknown) => {
      // What little the page says as text is better than no document.
      if (text?.visible.readable) return undefined;
      throw thrown;
    });
    if (page === undefined) {
      this.notes.unrecognized.push(number);
      return text?.content ?? emptyPage(number);
    }
    if (text?.visible.readable && page.characters <= text.visible.characters * 1.5) return text.content;
    this.totals.add(page);
    if (text && !text.visible.readable && text.visible.characters > 0) this.notes.unreadable.push(number);
    const { width, height, origin, runs, rules } = page;
    return { page: number, width, height, origin, runs, rules };
  }

  async #drawAndRecognize(pictures: PDFDocumentProxy, number: number): Promise<RecognizedPage> {
    const image = await this.#recognition.renderPage(pictures, number, DPI);
    return this.#recognition.recognizePage(image);
  }

  async #openPictures(): Promise<PDFDocumentProxy> {
    this.#pictures ??= await openPdf(this.#bytes, "pictures");
    return this.#pictures;
  }
}

function emptyPage(page: number): PageContent {
  return { page, width: 595, height: 842, origin: "text", runs: [], rules: [] };
}
