import { innerTitleOf } from "../layout/inner-title.ts";
import { bareTitleOf } from "../layout/read-front.ts";
import { toHalfWidthDigits } from "../outline/read-numeral.ts";

const EDITION =
  /(?:[（(〔【](?:试行|暂行|修订|修正|[^（()）]{0,8}修订[^（()）]{0,4}|20\d\d年?(?:版|本|修订版|修正版)?|[一二三四五六七八九十\d]{1,3}[.。]0版?|[Vv]\d.*?)[)）〕】])+$/;

/**
 * What two editions of one document have in common: the inner title without stage notes, 试行, the year of an edition,
 * blanks and punctuation. Years that make another document stay: a planning period, the year of a call (2025年度).
 */
export function makeTitleKey(title: string): string {
  let bare = bareTitleOf(innerTitleOf(title) ?? title);
  for (let round = 0; round < 3; round += 1) {
    bare = bareTitleOf(bare.replace(EDITION, ""))
      .replace(/(?:\.(?:docx?|pdf|txt|md|wps|html?))$/i, "")
      .replace(/[-_—]?(?:征求意见稿|送审稿|修订稿|定稿|终稿|正式稿|扫描件|盖章版|最终版)$/, "");
  }
  return toHalfWidthDigits(bare)
    .normalize("NFKC")
    .replace(/(?<=\d年?)一(?=\d)/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/^(?:关于印发|关于发布)/, "")
    .toLowerCase();
}
