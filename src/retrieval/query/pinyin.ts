import { pinyin } from "pinyin-pro";

const readings = new Map<string, string>();
const IDEOGRAPHS = /^[\u4e00-\u9fff]+$/;

/** The commonest reading of an ideograph, without tone, ü as v; the character itself when it has none. */
export function readCharacter(character: string): string {
  let reading = readings.get(character);
  if (reading === undefined) {
    reading = pinyin(character, { toneType: "none", v: true });
    readings.set(character, reading);
  }
  return reading;
}

/** The readings of a word, character by character. */
export function readWord(word: string): string {
  let joined = "";
  for (const character of word) joined += readCharacter(character);
  return joined;
}

/** The reading in context, which knows 重庆 as chongqing. Slower than `readWord`. */
export function readInContext(word: string): string {
  return pinyin(word, { toneType: "none", v: true, type: "array" }).join("");
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
