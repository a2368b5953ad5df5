import { Converter } from "opencc-js/t2cn";

const convert = Converter({ from: "t", to: "cn" });
const folded = new Map<string, string>();

/**
 * Half-width, simplified and lower case, unit by unit: `foldText(text).length === text.length`, so that offsets of the folded
 * text are offsets of the text. The full-width comma stays, it never stands inside of a number.
 */
export function foldText(text: string): string {
  let result = "";
  for (const unit of text) result += unit.length === 1 ? foldUnit(unit) : unit;
  return result.includes("，") ? foldThousands(result, text) : result;
}

/** ３，２００: a full-width comma among full-width digits is one of thousands. */
function foldThousands(result: string, text: string): string {
  let folded = result;
  for (const { index } of text.matchAll(/(?<=[０-９])，(?=[０-９]{3}(?![０-９]))/gu)) {
    folded = `${folded.slice(0, index)},${folded.slice(index + 1)}`;
  }
  return folded;
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
  if (code === 0x3000 || code === 0xa0 || unit === "\t") return " ";
  if (unit === "，") return unit;
  const half = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : unit;
  const lower = half.toLowerCase();
  if (code < 0x2e80) return lower.length === 1 ? lower : unit;
  const simple = convert(lower);
  return simple.length === 1 ? simple : lower.length === 1 ? lower : unit;
}
