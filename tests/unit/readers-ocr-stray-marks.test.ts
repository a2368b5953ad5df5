import { expect, it } from "vitest";
import { dropStrayMarks } from "../../src/readers/ocr/drop-stray-marks.ts";
import { run } from "../support/print-page.ts";

const LINE = "对符合条件的技术改造项目给予支持";
const texts = (...runs: Parameters<typeof dropStrayMarks>[0]) => dropStrayMarks(runs).map(({ text }) => text);

it("leaves out a stroke of a stamp between two lines", () => {
  expect(texts(run(LINE, 79, 100), run("7", 200, 112, { size: 13 }), run(LINE, 79, 124))).toEqual([
    LINE,
    LINE,
  ]);
});

it("keeps a line of one figure, a figure beside a line, and the last character of a paragraph", () => {
  expect(texts(run(LINE, 79, 100), run("7", 200, 125), run(LINE, 79, 150))).toEqual([LINE, "7", LINE]);
  expect(texts(run(LINE, 79, 100), run("7", 400, 104), run(LINE, 79, 124))).toEqual([LINE, "7", LINE]);
  expect(texts(run(LINE, 70, 100), run("日", 79, 112), run(LINE, 70, 124))).toEqual([LINE, "日", LINE]);
});
