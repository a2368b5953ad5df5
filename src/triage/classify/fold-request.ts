import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });
const folded = new Map<string, string>();

/** Longer texts are read from both ends: what matters stands first, what is urgent often last. */
const HEAD = 1600;
const TAIL = 400;

export function shortenRequest(text: string): string {
  return text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;
}

/**
 * Half-width, simplified and lower case, unit by unit: `foldRequest(text).length === text.length`, so that offsets of the
 * folded text are offsets of the text and the asker's own words can be shown.
 */
export function foldRequest(text: string): string {
  let result = "";
  for (let index = 0; index < text.length; index += 1) result += foldUnit(text.charAt(index));
  return result;
}

function foldUnit(unit: string): string {
  const known = folded.get(unit);
  if (known !== undefined) return known;
  const made = makeFolded(unit);
  folded.set(unit, made);
  return made;
}

function makeFolded(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code <= 0x20 || code === 0x3000 || code === 0xa0 || code === 0x200b || code === 0xfeff) return " ";
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : unit;
  const lower = half.toLowerCase();
  if (code < 0x2e80 || code >= 0xd800) return lower.length === 1 ? lower : unit;
  const simple = convert(lower);
  return simple.length === 1 ? simple : unit;
}

/** English when Latin words carry the text; a Chinese sentence with English terms in it stays Chinese. */
export function detectLanguage(text: string): "zh" | "en" {
  const chinese = (text.match(/\p{Script=Han}/gu) ?? []).length;
  const words = (text.match(/[a-z]{2,}/gi) ?? []).length;
  return words >= 1 && chinese * 2 < words ? "en" : "zh";
}
