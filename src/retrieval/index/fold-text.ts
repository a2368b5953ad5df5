import type { TextCutter } from "./tokenizer.ts";

const utf16 = new TextDecoder("utf-16le", { ignoreBOM: true });

const UNKNOWN = 0;
const NOT_SINGLE = 1;

export interface TextFolder {
  /** A cheap stand-in for normalisation: every code unit by itself. */
  fold(text: string): string;
  /** The normalised text, or an empty string when folding gives the same. */
  normalizedUnlessFolded(text: string, normalized: string): string;
}

/**
 * Most clauses are normalised by mapping each character alone. For those the index need not hold a second copy: it keeps
 * the map, learnt from the normaliser itself, and stores the normalised form only of the others.
 */
export function createTextFolder(cutter: TextCutter): TextFolder {
  const map = new Uint16Array(0x10000);

  function learn(code: number): number {
    const folded = cutter.normalize(`a${String.fromCharCode(code)}a`).text;
    const mapped =
      folded.length === 3 && folded.startsWith("a") && folded.endsWith("a") ? folded.charCodeAt(1) : 0;
    map[code] = Math.max(mapped, NOT_SINGLE);
    return map[code] as number;
  }

  function fold(text: string): string {
    const units = new Uint16Array(text.length);
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      const known = map[code] as number;
      units[index] = known === UNKNOWN ? learn(code) : known;
    }
    return utf16.decode(units);
  }

  return {
    fold,
    normalizedUnlessFolded: (text, normalized) => (fold(text) === normalized ? "" : normalized),
  };
}
