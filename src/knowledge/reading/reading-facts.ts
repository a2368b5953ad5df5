import type { LowConfidence, OcrReport, ReadDocument, SourceFormat } from "../../readers/index.ts";

/** How a document was read, for those who review it. */
export interface ReadingFacts {
  format: SourceFormat;
  fileName: string;
  /** Null when the format has no pages. */
  pages: number | null;
  /** Recognised lines to check against the picture, worst first. */
  lowConfidence: LowConfidence[];
  ocr: Omit<OcrReport, "lowConfidence"> | null;
  attachments: { name: string; url?: string }[];
}

/** What is kept with a version: summaries of all documents are read at once, so it stays small. */
const MAX_LOW_CONFIDENCE = 100;
const MAX_LINE = 80;

export function toReadingFacts(read: ReadDocument, fileName: string): ReadingFacts {
  const { format, pages, ocr, attachments } = read;
  return {
    format,
    fileName,
    pages,
    lowConfidence: (ocr?.lowConfidence ?? [])
      .slice(0, MAX_LOW_CONFIDENCE)
      .map(({ page, text, confidence }) => ({ page, text: text.slice(0, MAX_LINE), confidence })),
    ocr: ocr && { pages: ocr.pages, characters: ocr.characters, meanConfidence: ocr.meanConfidence },
    attachments: attachments.slice(0, MAX_LOW_CONFIDENCE),
  };
}

/** The reader's warnings, and what recognition left doubtful. */
export function warnOfReading({ warnings, ocr }: ReadDocument): string[] {
  if (!ocr || ocr.pages === 0) return [...warnings];
  const doubtful = ocr.lowConfidence.length;
  const mean = Math.round(ocr.meanConfidence * 100);
  const check = doubtful > 0 ? `，其中 ${doubtful} 行把握不大，请对照原件核对` : "，请抽查核对";
  return [...warnings, `有 ${ocr.pages} 页由图片识别得来（平均把握 ${mean}%）${check}。`];
}
