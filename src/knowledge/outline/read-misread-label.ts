import { type Label, readLabel } from "./read-label.ts";

const CN = "[一二三四五六七八九十]";
/** What recognition makes of numbering, and what was printed. Replacements are as long as what they replace. */
const MISREADINGS: readonly [RegExp, string][] = [
  [/^[—\-－ー](?=[、，,.．])/, "一"],
  [/^[=＝](?=[、，,.．])/, "二"],
  [/^([（(])[—\-－ー](?=[)）])/, "$1一"],
  [/^([（(])[=＝](?=[)）])/, "$1二"],
  [new RegExp(`^[（([【〔{]([ ]?(?:${CN}{1,3}|[0-9]{1,2})[ ]?)[)）\\]】〕}>》」]`), "（$1）"],
  [new RegExp(`^(${CN}{1,3}[ ]?)[，,。．·：;；](?=[ ]?[\u4e00-\u9fff“《])`), "$1、"],
  [/^[lI|丨](?=[.．、。,，])/, "1"],
  [/^([0-9]{1,2})[。,，·•](?=[ ]?[\u4e00-\u9fff“《])/, "$1."],
  [/^(第[ ]?)[—\-－ー](?=[ ]?[章节条])/, "$1一"],
  [/^(第[ ]?)[lI|](?=[ ]?[章节条])/, "$11"],
];

/** The numbering of a recognised paragraph whose marks were misread: 一，总体要求; （—）; l.申报; 1。申报. */
export function readMisreadLabel(text: string): Label | undefined {
  let head = text.slice(0, 40);
  for (const [misread, printed] of MISREADINGS) head = head.replace(misread, printed);
  return head === text.slice(0, 40) ? undefined : readLabel(head + text.slice(40));
}
