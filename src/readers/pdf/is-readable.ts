import { MOST_COMMON_CHARACTERS } from "../text/most-common-characters.ts";

/** Private use, replacement and unassigned characters: glyphs that the file gives no meaning. */
const MEANINGLESS = /[\ue000-\uf8ff\ufffd\ufffe\uffff\u{f0000}-\u{10ffff}]|\p{Cn}/gu;
/** Marks and letters that official text uses; bullets of symbol fonts are private use and are counted above. */
const EXPECTED =
  /[\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u2070-\u209f\u20ac\u2100-\u214f\u2150-\u22ff\u2460-\u27bf\u3000-\u303f\u3105-\u312f\u3200-\u33ff\uff00-\uffef\p{Script=Han}]/gu;
const HAN = /\p{Script=Han}/gu;

/**
 * Whether text from a PDF is words, not the shapes of a font without a map to Unicode. Few characters are trusted as
 * long as they are characters at all.
 */
export function isReadable(text: string): boolean {
  const compact = text.replace(/\s/g, "");
  if (compact === "") return false;
  const length = [...compact].length;
  const count = (pattern: RegExp) => compact.match(pattern)?.length ?? 0;
  if (count(MEANINGLESS) > 0.15 * length) return false;
  if (count(EXPECTED) < 0.7 * length) return false;
  const han = compact.match(HAN) ?? [];
  if (han.length >= 60)
    return han.filter((one) => MOST_COMMON_CHARACTERS.has(one)).length > 0.15 * han.length;
  // Dots of a contents page and lines to fill in say nothing either way.
  const words = (compact.match(/[\p{L}\p{N}]/gu) ?? []).join("");
  return words.length < 60 || han.length >= 0.2 * words.length || looksLatin(words);
}

/** Shifted or substituted letters have few vowels, and marks among them. */
function looksLatin(compact: string): boolean {
  const letters = compact.match(/[a-z]/gi) ?? [];
  const digits = compact.match(/[0-9]/g) ?? [];
  if (digits.length > 0.4 * compact.length) return true;
  if (letters.length + digits.length < 0.6 * compact.length) return false;
  const vowels = compact.match(/[aeiou]/gi) ?? [];
  return vowels.length > 0.2 * letters.length;
}
