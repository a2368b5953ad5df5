import { pinyin } from "pinyin-pro";

interface Syllable {
  /** Without tone, ü as v; the character itself when it has no reading. */
  plain: string;
  blurred: string;
}

const syllables = new Map<string, Syllable>();
const IDEOGRAPHS = /^[\u4e00-\u9fff]+$/;

function readSyllable(character: string): Syllable {
  let syllable = syllables.get(character);
  if (!syllable) {
    const plain = pinyin(character, { toneType: "none", v: true });
    syllable = { plain, blurred: blurPinyin(plain) };
    syllables.set(character, syllable);
  }
  return syllable;
}

/** The commonest reading of an ideograph, without tone, ü as v. */
export function readCharacter(character: string): string {
  return readSyllable(character).plain;
}

/** `blurPinyin` of the joined readings of a word, put together from cached syllables. */
export function soundOf(word: string): string {
  let sound = "";
  let endsInN = false;
  for (const character of word) {
    const { plain, blurred } = readSyllable(character);
    // Joined, n and g of two syllables (dan·gao) read like ng.
    sound += endsInN && blurred.startsWith("g") ? blurred.slice(1) : blurred;
    endsInN = plain.endsWith("n");
  }
  return sound;
}

/** `blurPinyin` of the reading in context, which knows 重庆 as chongqing. Slower than `soundOf`. */
export function soundInContext(word: string): string {
  return blurPinyin(pinyin(word, { toneType: "none", v: true, type: "array" }).join(""));
}

/** Joined pinyin with the sounds made equal that typing confuses: zh/z, ch/c, sh/s, ng/n, l/n. */
export function blurPinyin(joined: string): string {
  return joined
    .replace(/([zcs])h/g, "$1")
    .replaceAll("ng", "n")
    .replaceAll("l", "n")
    .replaceAll("ü", "v");
}

export function isIdeographs(text: string): boolean {
  return IDEOGRAPHS.test(text);
}
