const HAN = "\\p{Script=Han}〇";
const FULL = "，。；：！？、（）《》〈〉〔〕【】“”‘’";
const NEAR_HAN = `[${HAN}${FULL}]`;
const DIGIT = "一二三四五六七八九";

/** ASCII mark → the one that Chinese text is printed with. */
const WIDE: Readonly<Record<string, string>> = {
  ",": "，",
  ";": "；",
  ":": "：",
  "!": "！",
  "?": "？",
  "(": "（",
  ")": "）",
};

const REPAIRS: readonly (readonly [RegExp, string | ((...parts: string[]) => string)])[] = [
  // Letters and digits are printed half width.
  [/[０-９Ａ-Ｚａ-ｚ]/gu, (wide = "") => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)],
  [/(?<=\d)．(?=\d|$)/gu, "."],
  // The slanted comma and the full stop of thin print are taken for a stroke, a degree sign or a dot.
  [/丶/gu, "、"],
  [new RegExp(`(?<=[${HAN}）》”〕])\\s?[°˚º](?=$|[${HAN}${FULL}])`, "gu"), "。"],
  [new RegExp(`(?<=[${HAN}）》”])[·•]$`, "gu"), "。"],
  // Blanks stay between Latin words and numbers only.
  [/\s+/gu, " "],
  [/(?<![A-Za-z0-9,.;:!?)%]) | (?![A-Za-z0-9(])/gu, ""],
  [/\s*@\s*/gu, "@"],
  [/(?<=@[\w.-]*)\s?\.\s?(?=\w)/gu, "."],
  [/(?<=\d)：(?=\d)/gu, ":"],
  // A document number: 〔2025〕 is taken for 【2025】 or [2025].
  [/[【〔[［「『]\s?((?:19|20)\d\d)\s?[】〕\]］」』)）]\s?(?=第?\d{1,4}\s?号)/gu, "〔$1〕"],
  [/[(（]\s?((?:19|20)\d\d)\s?[】〕\]］」』]\s?(?=第?\d{1,4}\s?号)/gu, "〔$1〕"],
  // The dash: two in a row, between years, and where a line breaks before or after it.
  [/(?:[－—–―─ー]\s?){2,}/gu, "——"],
  [/(?<=\d)\s?[－–―─ー一]\s?(?=\d{4}年)/gu, "—"],
  [/^一(?=\d{4}年)/u, "—"],
  [new RegExp(`[－–―─](?=${NEAR_HAN})|(?<=${NEAR_HAN})[－–―─]|^[－–―─](?=\\d)|(?<=\\d)[－–―─]$`, "gu"), "—"],
  [new RegExp(`(?<=[年月日${HAN}])~(?=\\d|${NEAR_HAN})`, "gu"), "～"],
  // 二〇二五年: the circle is taken for a zero or a letter.
  [
    new RegExp(`(?<![${DIGIT}〇○十百千万])[${DIGIT}][${DIGIT}〇○O0oΟ]{3}(?=年)`, "gu"),
    (year = "") => year.replace(/[○O0oΟ]/gu, "〇"),
  ],
  [new RegExp(`(?<=${NEAR_HAN})[,;:!?](?!\\d+[.,]?\\d*[)\\]]?$)`, "gu"), (mark = "") => WIDE[mark] ?? mark],
  [new RegExp(`[,;:!?](?=${NEAR_HAN})`, "gu"), (mark = "") => WIDE[mark] ?? mark],
  [new RegExp(`(?<=[${HAN}）》”])\\.(?=$|${NEAR_HAN})`, "gu"), "。"],
  [
    new RegExp(`\\((?=${NEAR_HAN})|(?<=${NEAR_HAN})[()]|\\)(?=${NEAR_HAN})`, "gu"),
    (mark = "") => WIDE[mark] ?? mark,
  ],
];

/**
 * A recognised line as a Chinese document prints it: marks between Chinese characters full width, no blanks there. Numbers,
 * dates, addresses of the web and words of Latin letters stay as read.
 */
export function repairPunctuation(text: string): string {
  let repaired = text.trim();
  if (!new RegExp(`[${HAN}]`, "u").test(repaired)) return repaired;
  for (const [pattern, replacement] of REPAIRS) repaired = repaired.replace(pattern, replacement as string);
  return pairQuotes(pairBrackets(repaired));
}

/** A bracket takes its partner's width. */
function pairBrackets(text: string): string {
  return text
    .replace(/（([^（）()]*)\)/gu, "（$1）")
    .replace(/\(([^（）()]*)）/gu, "（$1）")
    .replace(new RegExp(`\\(([^（）()]*[${HAN}][^（）()]*)\\)`, "gu"), "（$1）")
    .replace(new RegExp(`^\\((\\d{1,2})\\)(?=${NEAR_HAN})`, "u"), "（$1）");
}

/** Straight quotes are turned in pairs, and a second opening one closes. */
function pairQuotes(text: string): string {
  let open = false;
  return text.replace(/["“”＂]/gu, (mark) => {
    const closes = open || mark === "”";
    open = !closes;
    return closes ? "”" : "“";
  });
}
