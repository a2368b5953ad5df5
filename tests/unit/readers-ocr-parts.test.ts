import { describe, expect, it } from "vitest";
import { type Box, enclosePoints } from "../../src/readers/ocr/box.ts";
import { completeBoxes } from "../../src/readers/ocr/complete-boxes.ts";
import { decodeLine } from "../../src/readers/ocr/decode-line.ts";
import { estimateSkew, liesOnSide } from "../../src/readers/ocr/estimate-skew.ts";
import { findBoxes } from "../../src/readers/ocr/find-boxes.ts";
import { findPaper } from "../../src/readers/ocr/find-paper.ts";
import { findInk, findRules } from "../../src/readers/ocr/find-rules.ts";
import { removeRed } from "../../src/readers/ocr/look-again.ts";
import { type Plane, rotateRaster, turnRaster } from "../../src/readers/ocr/raster.ts";
import { cutLongLine } from "../../src/readers/ocr/recognize-line.ts";
import { limitScale } from "../../src/readers/ocr/render-pdf-page.ts";
import { splitTallBox } from "../../src/readers/ocr/split-tall-box.ts";

function drawPlane(
  width: number,
  height: number,
  level: number,
  marks: readonly number[][],
  mark: number,
): Plane {
  const data = new Uint8Array(width * height).fill(level);
  for (const [left = 0, top = 0, right = 0, bottom = 0] of marks)
    for (let y = top; y < bottom; y += 1) data.fill(mark, y * width + left, y * width + right);
  return { width, height, data };
}

function lineAt(degrees: number, width: number, y = 0): Box {
  return { x: 500, y, width, height: 20, angle: (degrees * Math.PI) / 180 };
}

describe("boxes", () => {
  it("encloses a turned rectangle tightly", () => {
    const angle = 0.1;
    const corners = [
      [-50, -5],
      [50, -5],
      [50, 5],
      [-50, 5],
    ].map(([x = 0, y = 0]) => ({
      x: 200 + x * Math.cos(angle) - y * Math.sin(angle),
      y: 100 + x * Math.sin(angle) + y * Math.cos(angle),
    }));
    const box = enclosePoints(corners);
    expect(box.width).toBeCloseTo(100, 6);
    expect(box.height).toBeCloseTo(10, 6);
    expect(box.angle).toBeCloseTo(angle, 6);
    expect([box.x, box.y]).toEqual([expect.closeTo(200, 6), expect.closeTo(100, 6)]);
  });

  it("finds regions of the map that are likely enough, grown by the detector's margin", () => {
    const map = new Float32Array(200 * 100);
    for (let y = 20; y < 30; y += 1) map.fill(0.9, y * 200 + 20, y * 200 + 120);
    for (let y = 60; y < 70; y += 1) map.fill(0.4, y * 200 + 20, y * 200 + 120);
    const [box, ...others] = findBoxes({ data: map, width: 200, height: 100 });
    expect(others).toEqual([]);
    expect(box).toMatchObject({ x: 70, y: 25, angle: 0 });
    expect(box?.height).toBeGreaterThan(20);
    expect(box?.height).toBeLessThan(30);
  });

  it("grows a line over its last mark and finds a digit that has no box", () => {
    const ink = drawPlane(
      600,
      400,
      0,
      [
        [410, 105, 414, 109],
        [410, 115, 414, 119],
        [100, 250, 112, 272],
      ],
      1,
    );
    const line = { x: 250, y: 110, width: 310, height: 36, angle: 0 };
    const { found, missed } = completeBoxes(ink, [line], [], 200);
    expect((found[0]?.x ?? 0) + (found[0]?.width ?? 0) / 2).toBeGreaterThan(413);
    expect(missed).toHaveLength(1);
    expect(missed[0]).toMatchObject({ x: 106, y: 261 });
  });

  it("grows a line over both parts of its number", () => {
    const ink = drawPlane(
      600,
      200,
      0,
      [
        [30, 108, 52, 111],
        [62, 116, 68, 122],
      ],
      1,
    );
    const { found } = completeBoxes(ink, [{ x: 250, y: 110, width: 340, height: 36, angle: 0 }], [], 200);
    expect((found[0]?.x ?? 0) - (found[0]?.width ?? 0) / 2).toBeLessThan(30);
  });

  it("cuts a tall box between its characters", () => {
    const ink = drawPlane(
      100,
      200,
      0,
      [
        [30, 50, 55, 74],
        [30, 82, 55, 106],
        [30, 114, 55, 138],
      ],
      1,
    );
    const parts = splitTallBox({ x: 42, y: 94, width: 38, height: 104, angle: 0 }, ink);
    expect(parts).toHaveLength(3);
    for (const [index, middle] of [62, 94, 126].entries())
      expect(Math.abs((parts[index]?.y ?? 0) - middle)).toBeLessThan(6);
    expect(splitTallBox(lineAt(0, 200), ink)).toHaveLength(1);
  });
});

describe("upright pages", () => {
  it("takes the direction of the long lines for the skew", () => {
    const lines = [lineAt(1.5, 900), lineAt(1.4, 800), lineAt(1.6, 850), lineAt(-30, 110), lineAt(0, 30)];
    expect(estimateSkew(lines)).toBeCloseTo(1.5, 6);
    expect(estimateSkew(lines.slice(0, 2))).toBe(0);
  });

  it("knows a page on its side, and not from single characters", () => {
    const upright = { x: 0, y: 0, width: 20, height: 500, angle: 0 };
    expect(liesOnSide([upright, upright, lineAt(0, 300)])).toBe(true);
    expect(liesOnSide([{ ...upright, height: 30 }, lineAt(0, 300)])).toBe(false);
  });

  it("turns by quarters and by degrees", () => {
    const data = new Uint8ClampedArray(2 * 3 * 4).fill(255);
    data[0] = 7;
    const picture = { width: 2, height: 3, data };
    expect(turnRaster(picture, 1)).toMatchObject({ width: 3, height: 2 });
    expect(turnRaster(picture, 1).data[2 * 4]).toBe(7);
    expect(turnRaster(picture, 2).data[5 * 4]).toBe(7);
    expect(turnRaster(picture, 3).data[3 * 4]).toBe(7);
    expect([...rotateRaster(picture, 0).data]).toEqual([...data]);
  });
});

describe("lines", () => {
  /** Scores of four classes (blank, 政, 策, space), one row a step. */
  const scores = (rows: readonly number[][]) => Float32Array.from(rows.flat());
  const characters = ["", "政", "策", " "];

  it("joins repeats, drops blanks, keeps a doubled character", () => {
    const read = decodeLine(
      scores([
        [0.1, 0.9, 0, 0],
        [0.4, 0.6, 0, 0],
        [0.99, 0, 0, 0.01],
        [0.1, 0.9, 0, 0],
        [0.2, 0, 0.8, 0],
      ]),
      5,
      characters,
    );
    expect(read.map(({ text }) => text).join("")).toBe("政政策");
    expect(read[0]).toMatchObject({ start: 0, end: 0.4, confidence: expect.closeTo(0.9, 5) });
  });

  it("reads a space that is a close second to nothing", () => {
    const read = decodeLine(
      scores([
        [0, 1, 0, 0],
        [0.8, 0, 0, 0.2],
        [0, 0, 1, 0],
      ]),
      3,
      characters,
    );
    expect(read.map(({ text }) => text).join("")).toBe("政 策");
  });

  it("cuts a long line where it is empty", () => {
    const data = new Uint8ClampedArray(2000 * 48 * 4).fill(0);
    for (let y = 0; y < 48; y += 1) data.fill(255, (y * 2000 + 1010) * 4, (y * 2000 + 1016) * 4);
    const [left, right] = cutLongLine({ width: 2000, height: 48, data });
    expect(left?.to).toBeGreaterThan(1010);
    expect(left?.to).toBeLessThan(1016);
    expect(right).toEqual({ from: left?.to, to: 2000 });
  });

  it("takes a seal's red from black text, and leaves a red headline", () => {
    const data = new Uint8ClampedArray(40 * 10 * 4).fill(255);
    for (let x = 0; x < 10; x += 1) data.set([210, 30, 30], x * 4);
    expect(removeRed({ width: 40, height: 10, data })).toBeUndefined();
    for (let x = 10; x < 20; x += 1) data.set([10, 10, 10], x * 4);
    const cleaned = removeRed({ width: 40, height: 10, data });
    expect([...(cleaned?.data.subarray(0, 3) ?? [])]).toEqual([210, 210, 210]);
    expect(cleaned?.data[10 * 4]).toBe(10);
  });
});

describe("rules and paper", () => {
  it("finds the lines of a table in the shade, and no strokes of characters", () => {
    const page = drawPlane(
      600,
      400,
      150,
      [
        [100, 100, 500, 102],
        [100, 200, 500, 202],
        [100, 100, 102, 202],
        [498, 100, 500, 202],
        [200, 140, 240, 144],
        [250, 130, 254, 170],
      ],
      40,
    );
    const rules = findRules(findInk(page), 200);
    expect(rules.filter(({ y1, y2 }) => y1 === y2)).toHaveLength(2);
    expect(rules.filter(({ x1, x2 }) => x1 === x2)).toHaveLength(2);
  });

  it("finds the corners of a sheet on a table, and none where the page fills the picture", () => {
    const corners = findPaper(drawPlane(800, 1000, 60, [[80, 60, 720, 950]], 220));
    const expected = [
      [80, 60],
      [720, 60],
      [720, 950],
      [80, 950],
    ];
    for (const [index, [x = 0, y = 0]] of expected.entries()) {
      expect(Math.abs((corners?.[index]?.x ?? 0) - x)).toBeLessThan(8);
      expect(Math.abs((corners?.[index]?.y ?? 0) - y)).toBeLessThan(8);
    }
    expect(findPaper(drawPlane(800, 1000, 240, [[100, 100, 700, 140]], 20))).toBeUndefined();
  });

  it("draws huge pages with fewer pixels", () => {
    expect(limitScale(595, 842, 200 / 72)).toBeCloseTo(200 / 72);
    expect(limitScale(14_400, 14_400, 200 / 72) * 14_400).toBeLessThan(5_000);
    expect(limitScale(100, 14_400, 200 / 72) * 14_400).toBeLessThanOrEqual(12_000);
  });
});
