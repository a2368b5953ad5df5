import type { Span } from "./normalize-text.ts";

/** Strings that must be copied to the letter. After normalisation: half-width, no blanks around Chinese. */
const IDENTIFIERS: readonly RegExp[] = [
  /[A-Za-z][A-Za-z\d+.-]*:\/\/[^\s，。；、！？()\u4e00-\u9fff]+/g,
  /[A-Za-z\d._%+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/g,
  /(?:www\.)?[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*\.(?:com|cn|net|org|gov|edu|top|vip|io)(?:\.cn)?(?:\/[^\s，。；、！？()\u4e00-\u9fff]*)?/g,
  /[\u4e00-\u9fff]{0,8}[〔[【(](?:19|20)\d{2}[〕\]】)]第?\d+号/g,
  /(?<!\d)(?:0\d{2,3}[- ]?\d{7,8}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[48]00[- ]?\d{3}[- ]?\d{4})(?:转\d+)?(?!\d)/g,
  /(?<=(?:热线|电话|拨打|致电|号码|号为|QQ|微信|传真|邮编)[^，。；]{0,6})\d{3,}(?:-\d+)*/g,
  // A credit code, a serial number, or any digit string that counts nothing.
  /(?<![\dA-Za-z])(?=[\dA-Z]*\d)[\dA-Z]{15,18}(?![\dA-Za-z])/g,
  /(?<![\d.,])\d{5,}(?![\d.,]|[余多]?[百千万亿家个人名项条元年月日天户米亩%份件次])/g,
  // Rooms and house numbers.
  /\d+(?:号楼|号院|弄|室|幢|单元|楼层?|号(?![召码]))/g,
];

/** All identifiers of a text; they are no figures. */
export function findIdentifiers(text: string): Span[] {
  const found: Span[] = [];
  for (const pattern of IDENTIFIERS) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      if (match[0] !== "" && !found.some((one) => span.start < one.end && span.end > one.start))
        found.push(span);
    }
  }
  return found;
}
