import { unifyNumerals } from "./numerals.ts";
import { toSimplified } from "./traditional.ts";

const INVISIBLE = /[\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}]+/gu;
const BLANKS = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/gu;
const ALIKE: readonly (readonly [characters: string, written: string])[] = [
  ["‐‑‒–—―−─━", "-"],
  ["“”„‟«»「」『』〝〞", '"'],
  ["‘’‚‛´`′", "'"],
  ["〔【", "["],
  ["〕】", "]"],
  ["•・∙‧", "·"],
  ["～〜", "~"],
  ["　", " "],
];
const WRITTEN = new Map(
  ALIKE.flatMap(([characters, written]) => [...characters].map((one) => [one, written])),
);
const VARIANT = new RegExp(`[${[...WRITTEN.keys()].join("")}]`, "gu");

/**
 * The spelling in which index and questions meet: half-width, lower case, simplified characters, unified dashes, quotes,
 * brackets and numerals, without invisible characters. Lengths may change: a position in it is no position in the source.
 */
export function normalizeText(text: string): string {
  const folded = text
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(VARIANT, (found) => WRITTEN.get(found) ?? found)
    .replace(BLANKS, " ")
    .toLowerCase();
  return unifyNumerals(toSimplified(folded)).trim();
}
