import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });
const known = new Map<string, string>();

/** Half-width, simplified, lower case; unit by unit, so that offsets stay: the result is as long as the text. */
export function foldUnits(text: string): string {
  let folded = "";
  for (const unit of text.split("")) {
    let made = known.get(unit);
    if (made === undefined) {
      made = foldUnit(unit);
      known.set(unit, made);
    }
    folded += made;
  }
  return folded;
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code === 0x3000 || code === 0xa0 || unit === "\t") return " ";
  if (code >= 0x2460 && code <= 0x2468) return String.fromCharCode(code - 0x2460 + 0x31);
  if (code === 0x24ea) return "0";
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : unit;
  const lower = half.toLowerCase();
  if (code < 0x2e80 || code > 0x9fff) return lower.length === 1 ? lower : unit;
  const simple = convert(lower);
  return simple.length === 1 ? simple : unit;
}

const NUMERALS: Readonly<Record<string, string>> = Object.fromEntries(
  ["零〇○", "一幺壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].flatMap((same, digit) =>
    [...same].map((numeral) => [numeral, String(digit)]),
  ),
);
/** 一三八 零零零零 …: read out digit by digit. Shorter runs are counts (一二三产业) or years (二〇二六年). */
const READ_OUT =
  /[\d零〇○一幺壹二贰三叁四肆五伍六陆七柒八捌九玖](?:[ \-.·]?[\d零〇○一幺壹二贰三叁四肆五伍六陆七柒八捌九玖]){6,}/gu;

/** 幺三九，一二三四，五六七八. */
const MOBILE_READ_OUT =
  /[一幺壹][三四五六七八九叁肆伍陆柒捌玖][零〇○一幺二三四五六七八九][,，、][零〇○一幺二三四五六七八九]{4}[,，、][零〇○一幺二三四五六七八九]{4}/gu;

/** Digits read out in Chinese as digits; the length stays. */
export function foldNumerals(folded: string): string {
  const toDigits = (run: string) => run.replace(/\p{Script=Han}|○/gu, (one) => NUMERALS[one] ?? one);
  return folded.replace(READ_OUT, toDigits).replace(MOBILE_READ_OUT, toDigits);
}
