import { readNumeral, toHalfWidthDigits } from "./read-numeral.ts";

/** Kinds of numbering (and headings without any, told by their style), from the outermost that official documents use to the innermost. */
export const LABEL_STYLES = [
  "heading",
  "part",
  "chapter",
  "section",
  "article",
  "cn",
  "topic",
  "subtopic",
  "cn-paren",
  "question",
  "decimal",
  "ar",
  "ar-paren",
  "ar-half",
  "circled",
  "letter",
] as const;
export type LabelStyle = (typeof LABEL_STYLES)[number];

/** Numbering at the start of a paragraph. */
export interface Label {
  style: LabelStyle;
  value: number;
  /** The piece of section notation: 一, （二）, 3、, 第三章, 第12条. Blanks dropped, brackets and digits unified. */
  mark: string;
  /** As it stands in a heading: 一、, （二）, 第三章. */
  printed: string;
  /** Offset of the words after the label and its blanks. */
  end: number;
  /** Blanks, brackets or nothing follow: the label stands apart from the words. */
  apart: boolean;
  /** 1 or 1. over 1.1, 1.2 …: the outermost level of decimals, not an item of a list. */
  heads?: true;
}

const CN = "[〇零○一二三四五六七八九十百]";
const CN_NUMBER = `${CN}(?:[ \\u3000]?${CN}){0,5}`;
const ARABIC = "[0-9０-９](?:[ ]?[0-9０-９]){0,3}";
const STRUCTURE = new RegExp(
  `^第[ \\u3000]{0,2}(${CN_NUMBER}|${ARABIC})[ \\u3000]{0,2}(编|部分|篇|章|节|条)(之${CN}{1,2})?`,
);
const CN_COMMA = new RegExp(`^(${CN_NUMBER})[ \\u3000]{0,2}[、.．]`);
const CN_PAREN = new RegExp(`^[（(][ \\u3000]{0,2}(${CN_NUMBER})[ \\u3000]{0,2}[)）][、.．]?`);
const CN_HALF = new RegExp(`^(${CN}{1,3})[)）][、.．]?`);
const AR = /^([0-9０-９]{1,3})[ \u3000]?(?:(、)|[.．](?![0-9０-９]))/;
const AR_YEAR = /^([0-9]{1,2})(、)?[.．](?=(?:19|20)[0-9]{2}[ ]?年)/;
const DECIMAL = /^([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[.、．]?(?![0-9.．])/;
const AR_PAREN = /^[（(][ \u3000]?([0-9０-９]{1,3})[ \u3000]?[)）][、.．]?/;
const AR_HALF = /^([0-9０-９]{1,2})[ \u3000]?[)）][、.．]?/;
/** 附录A of a standard; its A.1 are no items of a list of letters. */
const ANNEX = /^附录[ \u3000]?([A-Z])(?=$|[ \u3000（(])/;
const LETTER =
  /^(?![A-Z][.．][0-9]{1,2}(?:[.．][0-9]|[ \u3000]))(?:([a-zA-Z])[.．、)）]|[（(]([a-zA-Z])[)）])(?![a-zA-Z.])/;

const STRUCTURE_STYLES: Record<string, LabelStyle> = {
  编: "part",
  部分: "part",
  篇: "part",
  章: "chapter",
  节: "section",
  条: "article",
};

/** Single characters that hold number and bracket: ①, ⑴, ⒈, ㈠, ❶. */
const ENCLOSED: readonly { first: number; last: number; style: LabelStyle; base: number }[] = [
  { first: 0x2460, last: 0x2473, style: "circled", base: 1 },
  { first: 0x3251, last: 0x325f, style: "circled", base: 21 },
  { first: 0x2776, last: 0x277f, style: "circled", base: 1 },
  { first: 0x2474, last: 0x2487, style: "ar-paren", base: 1 },
  { first: 0x2488, last: 0x249b, style: "ar", base: 1 },
  { first: 0x3220, last: 0x3229, style: "cn-paren", base: 1 },
];

/** The numbering that a paragraph starts with, if it looks like one on its own. Sequence is judged by `admitLabels`. */
export function readLabel(text: string): Label | undefined {
  const head = text.slice(0, 40);
  const label =
    readStructure(head) ?? readTopic(head) ?? readChinese(head) ?? readArabic(head) ?? readEnclosed(head);
  return label && !isReference(label, text) ? label : undefined;
}

function finish(
  head: string,
  parts: { style: LabelStyle; value: number | undefined; mark: string; printed: string; length: number },
): Label | undefined {
  const { style, value, mark, printed, length } = parts;
  if (value === undefined || value === 0) return undefined;
  const rest = head.slice(length);
  const blanks = rest.length - rest.trimStart().length;
  const apart = blanks > 0 || rest === "" || /^[【（(［[]/.test(rest);
  return { style, value, mark, printed, end: length + blanks, apart };
}

function readStructure(head: string): Label | undefined {
  const annex = ANNEX.exec(head);
  if (annex) {
    const mark = `附录${annex[1]}`;
    const value = (annex[1] ?? "").charCodeAt(0) - 64;
    return finish(head, { style: "part", value, mark, printed: mark, length: annex[0].length });
  }
  const match = STRUCTURE.exec(head);
  if (!match) return undefined;
  const [whole, number = "", unit = "", suffix = ""] = match;
  const mark = `第${compactNumber(number)}${unit}${suffix}`;
  const style = STRUCTURE_STYLES[unit];
  if (!style) return undefined;
  const base = readNumeral(number);
  const value = base !== undefined && suffix !== "" ? base + (readNumeral(suffix.slice(1)) ?? 0) / 100 : base;
  return finish(head, { style, value, mark, printed: mark, length: whole.length });
}

const TOPIC = new RegExp(
  `^(专题|专项|板块|任务|类别|方向|课题|子专题|子方向|子任务)[ \\u3000]?(${CN_NUMBER}|[0-9０-９]{1,2})(?:[ \\u3000]{0,2}[：:、.．]|[ \\u3000]+|$)`,
);
const SUBTOPICS: ReadonlySet<string> = new Set(["方向", "课题", "子专题", "子方向", "子任务"]);

/** 专题一、…, 方向1：…: how calls for projects are divided. */
function readTopic(head: string): Label | undefined {
  const match = TOPIC.exec(head);
  if (!match) return undefined;
  const [whole, word = "", number = ""] = match;
  const mark = word + compactNumber(number);
  const style = SUBTOPICS.has(word) ? "subtopic" : "topic";
  const printed = mark + (/[：:、.．]/.exec(whole)?.[0] ?? " ");
  return finish(head, { style, value: readNumeral(number), mark, printed, length: whole.length });
}

function readChinese(head: string): Label | undefined {
  const comma = CN_COMMA.exec(head);
  if (comma) {
    const mark = compactNumber(comma[1] ?? "");
    return finish(head, {
      style: "cn",
      value: readNumeral(mark),
      mark,
      printed: `${mark}、`,
      length: comma[0].length,
    });
  }
  const paren = CN_PAREN.exec(head) ?? CN_HALF.exec(head);
  if (!paren) return undefined;
  const number = compactNumber(paren[1] ?? "");
  const mark = `（${number}）`;
  return finish(head, {
    style: "cn-paren",
    value: readNumeral(number),
    mark,
    printed: mark,
    length: paren[0].length,
  });
}

function readArabic(head: string): Label | undefined {
  const plain = AR.exec(head) ?? AR_YEAR.exec(head);
  if (plain) {
    const number = toHalfWidthDigits(plain[1] ?? "");
    const mark = `${Number(number)}${plain[2] ? "、" : "."}`;
    return finish(head, { style: "ar", value: Number(number), mark, printed: mark, length: plain[0].length });
  }
  const decimal = DECIMAL.exec(head);
  if (decimal) return readDecimal(head, decimal);
  const paren = AR_PAREN.exec(head);
  if (paren) {
    const value = Number(toHalfWidthDigits(paren[1] ?? ""));
    const mark = `（${value}）`;
    return finish(head, { style: "ar-paren", value, mark, printed: mark, length: paren[0].length });
  }
  const half = AR_HALF.exec(head);
  if (half) {
    const value = Number(toHalfWidthDigits(half[1] ?? ""));
    const mark = `${value}）`;
    return finish(head, { style: "ar-half", value, mark, printed: mark, length: half[0].length });
  }
  return undefined;
}

const UNIT_AFTER_NUMBER =
  /^[ ]?(?:[%％‰℃°×+~～—-]|[亿万千百]|[元倍版米吨家个年月日秒克升]|人(?![员才力事防]|工智)|分(?![级类工析布包支])|度(?!假)|公里|公斤|平方|立方|以上|以下)/;

function readDecimal(head: string, match: RegExpExecArray): Label | undefined {
  const levels = (match[1] ?? "").split(/[.．]/).length;
  if (levels === 2 && UNIT_AFTER_NUMBER.test(head.slice(match[0].length))) return undefined;
  const mark = (match[1] ?? "").replace(/．/g, ".");
  const value = Number(mark.split(".").at(-1));
  return finish(head, { style: "decimal", value, mark, printed: mark, length: match[0].length });
}

function readEnclosed(head: string): Label | undefined {
  const code = head.codePointAt(0) ?? 0;
  const range = ENCLOSED.find(({ first, last }) => code >= first && code <= last);
  if (range) {
    const value = code - range.first + range.base;
    const mark = markOf(range.style, value, head.charAt(0));
    const length = /^.[、.．]?/.exec(head)?.[0].length ?? 1;
    return finish(head, { style: range.style, value, mark, printed: mark, length });
  }
  const letter = LETTER.exec(head);
  if (!letter) return undefined;
  const name = (letter[1] ?? letter[2] ?? "").toLowerCase();
  const mark = letter[0].replace("．", ".").replace("(", "（").replace(")", "）");
  return finish(head, {
    style: "letter",
    value: name.charCodeAt(0) - 96,
    mark,
    printed: mark,
    length: letter[0].length,
  });
}

function markOf(style: LabelStyle, value: number, character: string): string {
  if (style === "ar-paren") return `（${value}）`;
  if (style === "ar") return `${value}.`;
  if (style === "cn-paren") return `（${"一二三四五六七八九十".charAt(value - 1)}）`;
  return character;
}

function compactNumber(printed: string): string {
  return toHalfWidthDigits(printed)
    .replace(/[ \u3000]/g, "")
    .replace(/○/g, "〇");
}

/** After 第X条 and the like: the words of a reference to it, not of the article itself. */
const REFERENCE_WORDS =
  /^(?:所称|所列|所述|所指|所规定|之规定|规定|的|之|、|，|；|。|）|》|”|至第|到第|[至到—-]|款|项|第[一二三四五六七八九十\d]+[款项]|和第|或第?[一二三四五六七八九十\d]|或者第|及第|以及第|与第|及其|以及|中)/;
/** 一、二等奖; （一）至（三）项; 1、2号楼: several numbers in a row stand in a sentence. */
const ENUMERATION: Partial<Record<LabelStyle, RegExp>> = {
  cn: /^[〇一二三四五六七八九十]{1,3}(?:[、等类级期线楼号]|是)/,
  "cn-paren": /^(?:[、至到和或及，—-][ ]?[（(]|[（(][一二三四五六七八九十]|[款项目](?!目))/,
  ar: /^[0-9]{1,3}[、号楼年月日]/,
  "ar-paren": /^(?:[、至到和或及，—-][ ]?[（(]|[款项])/,
};

function isReference(label: Label, text: string): boolean {
  const rest = text.slice(label.end, label.end + 12);
  if (label.style === "article" || label.style === "chapter" || label.style === "section") {
    return !label.apart && REFERENCE_WORDS.test(rest);
  }
  if (label.style === "part") return !label.apart && /^(?:[的，。、；]|规定)/.test(rest);
  return ENUMERATION[label.style]?.test(rest) ?? false;
}
