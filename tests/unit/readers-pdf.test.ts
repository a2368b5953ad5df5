import { describe, expect, it } from "vitest";
import {
  DEFAULT_READ_LIMITS,
  type PageImage,
  type ReadDocument,
  type ReadLimits,
} from "../../src/readers/index.ts";
import { createPdfReader, type PdfRecognition, type RecognizedPage } from "../../src/readers/pdf/index.ts";
import { A4, run } from "../support/print-page.ts";
import { HELVETICA, rawPage, rawPdf, writePdf } from "../support/write-pdf.ts";

const LONG =
  "为贯彻落实国家和本市关于推进新型工业化的决策部署，加快建设现代化产业体系，进一步激发企业创新活力，结合本区实际，制定本措施。";
const OTHER = "对符合条件的技术改造项目，按照不超过项目投资额的10%给予支持，单个项目最高不超过2000万元。";

/** Stands in for recognition where it is not the matter: says which page it was shown. */
function recognition(): PdfRecognition & { shown: number[] } {
  const shown: number[] = [];
  return {
    shown,
    renderPage: async (_document, page): Promise<PageImage> => ({
      page,
      width: 10,
      height: 10,
      data: new Uint8ClampedArray(400),
      dpi: 200,
    }),
    recognizePage: async ({ page }): Promise<RecognizedPage> => {
      shown.push(page);
      const text = `这是从图片识别出的第${page}页`;
      return {
        page,
        width: A4.width,
        height: A4.height,
        origin: "ocr",
        runs: [run(text, A4.left, 105, { confidence: 0.8 })],
        rules: [],
        lowConfidence: [{ page, text, confidence: 0.8 }],
        characters: text.length,
        meanConfidence: 0.8,
      };
    },
  };
}

async function read(
  bytes: Uint8Array,
  parts: PdfRecognition = recognition(),
  limits: Partial<ReadLimits> = {},
): Promise<ReadDocument> {
  return createPdfReader(parts)(bytes, {
    fileName: "文件.pdf",
    limits: { ...DEFAULT_READ_LIMITS, ...limits },
  });
}

/** Lines of 28 characters, the first one indented. */
function write(document: PDFKit.PDFDocument, text: string, top: number): number {
  const characters = [...text];
  let line = 0;
  for (let index = 0; index < characters.length; line++) {
    const count = line === 0 ? 26 : 28;
    const x = A4.left + (line === 0 ? 2 * A4.size : 0);
    document
      .fontSize(A4.size)
      .text(characters.slice(index, index + count).join(""), x, top + line * A4.pitch, { lineBreak: false });
    index += count;
  }
  return top + line * A4.pitch;
}

describe("PDFs with text", () => {
  it("read paragraphs, running heads aside, with the page where each begins", async () => {
    const bytes = await writePdf((document) => {
      for (const number of [1, 2, 3]) {
        document.addPage();
        document.fontSize(10).text("某区政策汇编", 250, 40, { lineBreak: false });
        write(document, OTHER, write(document, LONG, 105));
        document.fontSize(14).text(`— ${number} —`, 280, 785, { lineBreak: false });
      }
    });
    const progress: number[] = [];
    const document = await createPdfReader(recognition())(bytes, {
      fileName: "a.pdf",
      limits: DEFAULT_READ_LIMITS,
      onProgress: ({ page, pages }) => progress.push(page, pages),
    });
    expect(document).toMatchObject({
      format: "pdf",
      paragraphs: "whole",
      pages: 3,
      warnings: [],
      attachments: [],
      ocr: null,
    });
    expect(document.blocks.map(({ text, page }) => [text, page])).toEqual(
      [1, 2, 3].flatMap((page) => [
        [LONG, page],
        [OTHER, page],
      ]),
    );
    expect(progress).toEqual([1, 3, 2, 3, 3, 3]);
  });

  it("know bold print and lines of tables, stroked or filled thin", async () => {
    const bytes = await writePdf((document) => {
      document.addPage();
      document.font("bold").fontSize(22).text("若干政策措施", 220, 60, { lineBreak: false });
      document.font("plain");
      write(document, LONG, 105);
      for (const y of [300, 330, 360]) document.rect(79, y, 320, 0.7).fill("black");
      for (const x of [79, 200, 399]) document.moveTo(x, 300).lineTo(x, 360).stroke();
      for (const [text, x, y] of [
        ["类别", 85, 308],
        ["标准", 206, 308],
        ["智能工厂", 85, 338],
        ["500万元", 206, 338],
      ] as const) {
        document.fontSize(11).text(text, x, y, { lineBreak: false });
      }
    });
    const { blocks } = await read(bytes);
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ["heading", "若干政策措施"],
      ["paragraph", LONG],
      ["row", "类别 | 标准"],
      ["row", "智能工厂 | 500万元"],
    ]);
  });

  it("read a page that is turned by its entry, and one whose text is turned", async () => {
    const straight = await writePdf((document) => void write(document.addPage(), LONG, 105));
    const sideways = await writePdf((document) => {
      document.addPage().rotate(90, { origin: [297, 297] });
      write(document, LONG, 105);
    });
    const expected = (await read(straight)).blocks;
    expect(expected.map(({ text }) => text)).toEqual([LONG]);
    expect((await read(sideways)).blocks).toEqual(expected);
    for (const angle of [90, 180, 270]) {
      const turned = Buffer.from(straight)
        .toString("latin1")
        .replace("/Type /Page\n", `/Type /Page\n/Rotate ${angle}\n`);
      expect((await read(new Uint8Array(Buffer.from(turned, "latin1")))).blocks).toEqual(expected);
    }
  });

  it("leave slanted watermarks and doubled print out", async () => {
    const bytes = await writePdf((document) => {
      document.addPage();
      write(document, LONG, 105);
      document
        .save()
        .rotate(45, { origin: [300, 400] })
        .fontSize(60)
        .text("内部资料", 150, 380, { lineBreak: false })
        .restore();
      for (const shift of [0, 0.4])
        document.fontSize(A4.size).text("一、支持对象", 111 + shift, 250, { lineBreak: false });
    });
    expect((await read(bytes)).blocks.map(({ text }) => text)).toEqual([LONG, "一、支持对象"]);
  });

  it("decode fonts that are not embedded by the character maps of the package", async () => {
    // 若干政策 in GBK.
    const content = "BT /F 16 Tf 100 700 Td <C8F4B8C9D5FEB2DF> Tj ET";
    const font =
      "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-H /DescendantFonts [6 0 R] >>";
    const descendant =
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>";
    expect(
      (await read(rawPage(content, font, { objects: [descendant] }))).blocks.map(({ text }) => text),
    ).toEqual(["若干政策"]);
  });

  it("read vertical print from right to left", async () => {
    const content = "BT /F 16 Tf 400 700 Td <C8F4B8C9D5FEB2DF> Tj -40 0 Td <D6B4D0D0> Tj ET";
    const font =
      "<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /GBK-EUC-V /DescendantFonts [6 0 R] >>";
    const descendant =
      "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>";
    const { blocks } = await read(rawPage(content, font, { objects: [descendant] }));
    expect(blocks.map(({ text }) => text)).toEqual(["若干政策执行"]);
  });

  it("name embedded files without their folders and run no script", async () => {
    const bytes = await writePdf((document) => {
      document.file(Buffer.from("x"), { name: "../../申报表.xlsx" });
      write(document.addPage(), LONG, 105);
    });
    const script = rawPage("BT /F 16 Tf 100 700 Td (General rules apply.) Tj ET", HELVETICA, {
      catalogue:
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>",
    });
    expect(await read(bytes)).toMatchObject({
      attachments: [{ name: "申报表.xlsx" }],
      warnings: ["文件内嵌了 1 个附件，附件内容没有读取，如需收录请另行上传。"],
    });
    expect(await read(script)).toMatchObject({
      blocks: [{ text: "General rules apply." }],
      warnings: ["文件带有脚本，脚本没有运行。"],
    });
  });
});

describe("pages without usable text", () => {
  const hidden = "BT 3 Tr /F 12 Tf 72 700 Td (The applicant shall submit the documents in time.) Tj ET";

  it("take the hidden text of a searchable scan and say so", async () => {
    const parts = recognition();
    const document = await read(rawPage(hidden, HELVETICA), parts);
    expect(document.blocks.map(({ text }) => text)).toEqual([
      "The applicant shall submit the documents in time.",
    ]);
    expect(document.warnings.join()).toContain("采用了文件自带的识别文字");
    expect(parts.shown).toEqual([]);
  });

  it("recognise text that was turned into outlines, and a mixed file stays a PDF", async () => {
    const bytes = await writePdf((document) => {
      document.addPage();
      for (let index = 0; index < 200; index++) {
        const [x, y] = [80 + (index % 20) * 20, 100 + Math.floor(index / 20) * 30];
        document
          .moveTo(x, y)
          .bezierCurveTo(x + 5, y + 9, x + 9, y + 3, x + 12, y + 12)
          .fill();
      }
      write(document.addPage(), LONG, 105);
      write(document.addPage(), OTHER, 105);
    });
    const document = await read(bytes);
    expect(document).toMatchObject({ format: "pdf", pages: 3 });
    expect(document.blocks.map(({ text }) => text)).toEqual(["这是从图片识别出的第1页", LONG, OTHER]);
    expect(document.ocr).toMatchObject({ pages: 1, characters: 12 });
    expect(document.ocr?.meanConfidence).toBeCloseTo(0.8);
    expect(document.blocks[0]?.confidence).toBeCloseTo(0.8);
  });

  it("recognise text whose font has no map to characters", async () => {
    const codes = Array.from({ length: 60 }, (_, index) => (0xe000 + index).toString(16)).join("");
    const content = `BT /F 12 Tf 72 700 Td <${codes}> Tj ET`;
    const font =
      "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+X /Encoding /Identity-H /DescendantFonts [6 0 R] >>";
    const descendant =
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+X /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >> >>";
    const document = await read(rawPage(content, font, { objects: [descendant] }));
    expect(document).toMatchObject({ format: "scan", blocks: [{ text: "这是从图片识别出的第1页" }] });
    expect(document.warnings.join()).toContain("文字编码不可用");
  });

  it("say which pages are blank", async () => {
    const parts = recognition();
    const bytes = await writePdf((document) => {
      write(document.addPage(), LONG, 105);
      document.addPage();
    });
    const document = await read(bytes, parts);
    expect(document.warnings).toEqual(["第2页没有文字。"]);
    expect(parts.shown).toEqual([]);
  });

  it("keep the few words of a page when recognition fails", async () => {
    const bytes = await writePdf((document) => {
      document.addPage();
      for (let index = 0; index < 200; index++)
        document
          .moveTo(80, 100)
          .bezierCurveTo(85, 109, 89, 103, 92, 112 + index)
          .stroke();
      document.fontSize(16).text("附件一示意图", 100, 50, { lineBreak: false });
    });
    const failing: PdfRecognition = {
      ...recognition(),
      recognizePage: () => Promise.reject(new Error("no models")),
    };
    const document = await read(bytes, failing);
    expect(document.blocks.map(({ text }) => text)).toEqual(["附件一示意图"]);
    expect(document.warnings.join()).toContain("图片中的文字未能识别");
  });
});

describe("files that are refused", () => {
  const locked = (options: PDFKit.PDFDocumentOptions) =>
    writePdf((document) => void write(document.addPage(), LONG, 105), options);

  it("a password to open is named; one that only forbids changes is not needed", async () => {
    await expect(read(await locked({ userPassword: "geheim", pdfVersion: "1.7" }))).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringContaining("打开密码"),
    });
    const owner = await read(await locked({ ownerPassword: "geheim", pdfVersion: "1.7", permissions: {} }));
    expect(owner.blocks.map(({ text }) => text)).toEqual([LONG]);
  });

  it("broken, empty and foreign bytes", async () => {
    const whole = await locked({});
    for (const bytes of [
      new Uint8Array(),
      whole.slice(0, 200),
      new Uint8Array(Buffer.from("MZ not a pdf")),
    ]) {
      await expect(read(bytes)).rejects.toMatchObject({
        code: "unusable-input",
        safeMessage: expect.stringContaining("已损坏或不完整"),
      });
    }
  });

  it("too many pages, and too many scanned ones before they are recognised", async () => {
    const parts = recognition();
    const scans = await writePdf((document) => {
      for (let page = 0; page < 5; page++) {
        document.addPage();
        for (let index = 0; index < 200; index++)
          document
            .moveTo(80, 100)
            .bezierCurveTo(85, 109, 89, 103, 92, 112 + index)
            .stroke();
      }
    });
    await expect(read(scans, parts, { maxPages: 4 })).rejects.toMatchObject({
      safeMessage: expect.stringContaining("有 5 页"),
    });
    await expect(read(scans, parts, { maxScannedPages: 3 })).rejects.toMatchObject({
      safeMessage: expect.stringContaining("超过 3 页"),
    });
    expect(parts.shown).toEqual([]);
  });

  it("a page that cannot be read does not stop the others", async () => {
    const bytes = rawPdf([
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
      "<< /Length 43 >>\nstream\nBT /F 16 Tf 100 700 Td (General rules) Tj ET\nendstream",
      HELVETICA,
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 99 0 R /Resources 98 0 R >>",
    ]);
    const document = await read(bytes);
    expect(document.blocks.map(({ text, page }) => [text, page])).toEqual([["General rules", 1]]);
    expect(document.warnings).toEqual(["第2页没有文字。"]);
  });
});
