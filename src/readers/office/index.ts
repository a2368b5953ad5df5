import type { FormatReader } from "../types.ts";
import { unusable } from "../unusable.ts";

export { readDocx } from "./docx/read-docx.ts";

const notYet: FormatReader = async () => {
  throw unusable("no reader", "暂不支持这种格式，请另存为 docx 后重新上传。");
};
export const readDoc = notYet;
export const readXlsx = notYet;
export const readCsv = notYet;
