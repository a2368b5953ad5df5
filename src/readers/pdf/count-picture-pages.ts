import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

const FEW_CHARACTERS = 10;

/** Pages without text, up to one more than `limit`. Cheap: nothing is drawn and no picture is decoded. */
export async function countPicturePages(document: PDFDocumentProxy, limit: number): Promise<number> {
  let count = 0;
  for (let number = 1; number <= document.numPages && count <= limit; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent().catch(() => ({ items: [] }));
    const characters = items.reduce((sum, item) => sum + ("str" in item ? item.str.trim().length : 0), 0);
    if (characters < FEW_CHARACTERS) count += 1;
    page.cleanup();
  }
  return count;
}
