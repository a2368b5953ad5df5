import { join, resolve } from "node:path";
import { type Canvas, createCanvas, GlobalFonts } from "@napi-rs/canvas";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_READ_LIMITS } from "../../src/readers/index.ts";
import {
  LOW_CONFIDENCE,
  type RecognizedPage,
  readImage,
  recognizePage,
  renderPdfPage,
} from "../../src/readers/ocr/index.ts";
import type { PageImage } from "../../src/readers/types.ts";

const FONT = "Sample Sans";
const LINES = [
  "一、对首次认定的高新技术企业，给予10万元奖励。",
  "（二）申报单位应当在本区依法登记注册（含分支机构）；",
  "临科规〔2025〕3号，有效期至2026年12月31日。",
];

beforeAll(() => {
  const fonts = resolve(import.meta.dirname, "../../node_modules/@embedpdf/fonts-sc/fonts");
  GlobalFonts.registerFromPath(join(fonts, "NotoSansHans-Regular.otf"), FONT);
});

function drawLines(lines: readonly string[], size: number, { width = 900, top = 90 } = {}): Canvas {
  const canvas = createCanvas(width, top + lines.length * size * 2);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.font = `${size}px "${FONT}"`;
  for (const [index, line] of lines.entries()) context.fillText(line, 60, top + index * size * 2);
  return canvas;
}

function toPage(canvas: Canvas, dpi = 150): PageImage {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return { page: 3, width: canvas.width, height: canvas.height, data, dpi };
}

function textOf({ runs }: Pick<RecognizedPage, "runs">): string[] {
  return runs.toSorted((left, right) => left.y - right.y).map(({ text }) => text);
}

/** Blurred and speckled, by a fixed sequence of chances. */
function spoil(canvas: Canvas, share: number): Canvas {
  const context = canvas.getContext("2d");
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  let seed = 11;
  const chance = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  for (let y = 0; y < canvas.height; y += 1) {
    // The upper half stays as it is; below, it gets worse and worse.
    const spoiled = Math.max(0, (y / canvas.height) * 2 - 1) * share;
    for (let x = 0; x < canvas.width; x += 1) {
      if (chance() < spoiled)
        picture.data.fill(
          chance() < 0.5 ? 0 : 255,
          (y * canvas.width + x) * 4,
          (y * canvas.width + x) * 4 + 3,
        );
    }
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}

describe("recognised pages", () => {
  it("reads lines as printed, in points, with confidence", async () => {
    const page = await recognizePage(toPage(drawLines(LINES, 30)));
    expect(textOf(page)).toEqual(LINES);
    expect(page).toMatchObject({ page: 3, origin: "ocr", width: (900 * 72) / 150 });
    expect(page.characters).toBe(LINES.join("").length);
    expect(page.meanConfidence).toBeGreaterThan(0.95);
    for (const { fontSize } of page.runs) expect(Math.abs(fontSize - (30 * 72) / 150)).toBeLessThan(3);
    expect(Math.abs(Math.min(...page.runs.map(({ x }) => x)) - (60 * 72) / 150)).toBeLessThan(4);
  });

  it("finds nothing on an empty page", async () => {
    const page = await recognizePage(toPage(drawLines([], 30, { top: 300 })));
    expect(page).toMatchObject({ runs: [], rules: [], characters: 0, meanConfidence: 1, lowConfidence: [] });
  });

  it("is less sure of lines that it reads wrong", async () => {
    const lines = Array.from({ length: 6 }, (_, index) => LINES[index % 3] as string);
    const page = await recognizePage(toPage(spoil(drawLines(lines, 22, { width: 720 }), 0.5)));
    const isRight = (text: string) => lines.some((line) => line.includes(text));
    const right = page.runs.filter(({ text }) => isRight(text));
    const wrong = page.runs.filter(({ text }) => !isRight(text));
    const mean = (runs: RecognizedPage["runs"]) =>
      runs.reduce((sum, { confidence = 0 }) => sum + confidence, 0) / runs.length;
    expect(right.length).toBeGreaterThan(0);
    expect(wrong.length).toBeGreaterThan(1);
    expect(mean(right) - mean(wrong)).toBeGreaterThan(0.05);
    expect(page.lowConfidence.length).toBeGreaterThan(0);
    expect(page.lowConfidence.every(({ confidence }) => confidence < LOW_CONFIDENCE)).toBe(true);
  });
});

describe("pictures", () => {
  const read = (bytes: Uint8Array) => readImage(bytes, { fileName: "照片.png", limits: DEFAULT_READ_LIMITS });

  it("reads one that lies on its head and askew", async () => {
    const upright = drawLines(LINES, 30, { top: 120 });
    const turned = createCanvas(upright.width, upright.height);
    const context = turned.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, turned.width, turned.height);
    context.translate(turned.width / 2, turned.height / 2);
    context.rotate(Math.PI + 0.04);
    context.drawImage(upright, -turned.width / 2, -turned.height / 2);
    const document = await read(turned.toBuffer("image/png"));
    expect(document).toMatchObject({ format: "image", pages: 1, ocr: { pages: 1 } });
    const text = document.blocks.map((block) => block.text).join("");
    expect(text).toContain("对首次认定的高新技术企业，给予10万元奖励。");
    expect(text).toContain("临科规〔2025〕3号");
  });

  it("refuses a bomb before it decodes it", async () => {
    const bomb = Buffer.alloc(64);
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(bomb);
    bomb.writeUInt32BE(100_000, 16);
    bomb.writeUInt32BE(100_000, 20);
    await expect(read(bomb)).rejects.toMatchObject({
      code: "unusable-input",
      safeMessage: expect.stringContaining("缩小"),
    });
  });

  it("refuses what does not decode and what shows no text", async () => {
    const broken = drawLines(LINES, 30).toBuffer("image/png").subarray(0, 20);
    await expect(read(broken)).rejects.toMatchObject({ safeMessage: expect.stringContaining("已损坏") });
    const empty = drawLines([], 30, { top: 200 }).toBuffer("image/png");
    await expect(read(empty)).rejects.toMatchObject({ safeMessage: expect.stringContaining("没有") });
  });
});

it("draws a page of a PDF upright, on white, with no more pixels than asked", async () => {
  const { default: PdfDocument } = await import("pdfkit");
  const file = new PdfDocument({ size: [300, 200] });
  const chunks: Buffer[] = [];
  file.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => file.on("end", resolve));
  file.rect(30, 20, 60, 40).fill("#000");
  file.end();
  await ended;
  const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const task = getDocument({ data: new Uint8Array(Buffer.concat(chunks)) });
  const picture = await renderPdfPage(await task.promise, 1, 144);
  await task.destroy();
  expect(picture).toMatchObject({ page: 1, width: 600, height: 400, dpi: 144 });
  expect(picture.data[(80 * 600 + 120) * 4]).toBe(0);
  expect(picture.data[0]).toBe(255);
});
