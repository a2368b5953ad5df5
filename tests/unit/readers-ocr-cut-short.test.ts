import { expect, it } from "vitest";
import { isCutShort } from "../../src/readers/ocr/is-cut-short.ts";

const PREVIEW = [0xff, 0xda, 1, 2, 0xff, 0xd9];
const JPEG = [0xff, 0xd8, ...PREVIEW, 0xff, 0xda, 3, 4, 5];
const PNG = [0x89, 0x50, 0x4e, 0x47, 1, 2];

it.each([
  ["a JPEG with its end mark", [...JPEG, 0xff, 0xd9], false],
  ["with bytes behind it", [...JPEG, 0xff, 0xd9, 0, 0, 7], false],
  ["a JPEG whose preview alone is whole", JPEG, true],
  ["a PNG with its last chunk", [...PNG, ...Buffer.from("IEND"), 0], false],
  ["a PNG without", PNG, true],
  ["another picture", [0x42, 0x4d, 1, 2, 3], false],
])("%s", (_, bytes, cut) => {
  expect(isCutShort(Uint8Array.from(bytes))).toBe(cut);
});
