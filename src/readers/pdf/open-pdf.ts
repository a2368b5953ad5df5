import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { unusable } from "../unusable.ts";

/** `text`: pictures are not decoded, which costs most of the time of a page. `pictures`: pages can be rendered. */
export type PdfPurpose = "text" | "pictures";

const require = createRequire(import.meta.url);

/**
 * Everything that the library may need lies in its package: nothing is fetched, no script of the document runs.
 * In Node it works in this thread. Throws AppError `unusable-input` for locked and broken files. A file that only forbids
 * changing or printing opens.
 */
export async function openPdf(bytes: Uint8Array, purpose: PdfPurpose): Promise<PDFDocumentProxy> {
  const library = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const home = dirname(require.resolve("pdfjs-dist/package.json"));
  const folder = (name: string) => join(home, name) + sep;
  const task = library.getDocument({
    // The library takes the buffer away from whoever gives it.
    data: bytes.slice(),
    cMapUrl: folder("cmaps"),
    cMapPacked: true,
    standardFontDataUrl: folder("standard_fonts"),
    wasmUrl: folder("wasm"),
    iccUrl: folder("iccs"),
    useSystemFonts: false,
    enableXfa: false,
    verbosity: library.VerbosityLevel.ERRORS,
    ...(purpose === "text" && { maxImageSize: 0, fontExtraProperties: true }),
  });
  try {
    return await task.promise;
  } catch (thrown) {
    await task.destroy().catch(() => undefined);
    throw explain(thrown);
  }
}

function explain(thrown: unknown): Error {
  const name = thrown instanceof Error ? thrown.name : "";
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (name === "PasswordException") {
    return unusable(
      `password: ${message}`,
      "这份 PDF 设有打开密码，无法读取。请先用密码打开，另存（或“打印为 PDF”）为不加密的文件后再上传。",
      thrown,
    );
  }
  return unusable(
    `${name}: ${message}`,
    "这份 PDF 已损坏或不完整，无法打开。请在阅读器中确认能正常显示，重新导出或重新下载后再上传。",
    thrown,
  );
}
