import { toHalfWidthDigits } from "../outline/read-numeral.ts";
import { closeGaps } from "../reading/close-gaps.ts";

const AGENCY = "[一-龥A-Za-z]{1,16}";
const YEAR = "((?:19|20)[0-9]{2})年?";
const BRACKETED = new RegExp(`(${AGENCY})[〔[［【（(﹝〈<]${YEAR}[〕\\]］】）)﹞〉>](?:第)?([0-9]{1,5})号?`);
const BARE = new RegExp(`(${AGENCY})${YEAR}[-—第年]?([0-9]{1,5})号`);

/** The first document number in a text, in any spelling: 沪科规[2025] 2 号, 沪科规（2025）2号, 沪科规2025第2号 → 沪科规〔2025〕2号. */
export function findDocumentNumber(text: string): string | null {
  const compact = closeGaps(toHalfWidthDigits(text)).replace(/ /g, "");
  const match = BRACKETED.exec(compact) ?? BARE.exec(compact);
  return match ? `${match[1]}〔${match[2]}〕${match[3]}号` : null;
}

/** 规 in the agency's mark says 行政规范性文件 (沪府办规, 云科规字); other marks (发, 办, 函, 合) say that it is none. */
export function isNormativeNumber(documentNumber: string | null): boolean | null {
  if (documentNumber === null || !documentNumber.includes("〔")) return null;
  return /规(?:字|发)?〔/.test(documentNumber);
}
