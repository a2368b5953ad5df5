import { layoutPages } from "../pages/index.ts";
import type { FormatReader } from "../types.ts";
import { unusable } from "../unusable.ts";
import { decodePicture } from "./decode-picture.ts";
import { flattenPhotograph } from "./flatten-photograph.ts";
import { isCutShort } from "./is-cut-short.ts";
import { recognizePage } from "./recognize-page.ts";

/** Below it, a person should compare all of the text with the picture. */
const BLURRED = 0.85;
const MOST_REPORTED = 200;

/** One picture, scanned or photographed, read as page 1. */
export const readImage: FormatReader = async (bytes, { onProgress }) => {
  const page = await recognizePage(flattenPhotograph(await decodePicture(bytes)));
  if (page.characters === 0) {
    throw unusable(
      "a picture without text",
      "没有在这张图片里认出文字。请确认拍到了文件正文，光线充足、画面清晰，再重新拍照或扫描上传。",
    );
  }
  const { lowConfidence, characters, meanConfidence, ...content } = page;
  const { blocks, warnings } = await layoutPages([content]);
  onProgress?.({ page: 1, pages: 1 });
  return {
    format: "image",
    blocks,
    paragraphs: "whole",
    pages: 1,
    fields: {},
    attachments: [],
    warnings: [
      ...(isCutShort(bytes) ? ["图片文件不完整，后面的内容可能缺失。请重新下载或拍摄后再提交。"] : []),
      ...(meanConfidence < BLURRED ? ["图片较模糊，识别结果可能有较多错误，请对照原图逐行核对。"] : []),
      ...warnings,
    ],
    ocr: {
      pages: 1,
      characters,
      meanConfidence,
      lowConfidence: lowConfidence
        .toSorted((left, right) => left.confidence - right.confidence)
        .slice(0, MOST_REPORTED),
    },
  };
};
