import { isIdeographs, readCharacter } from "./pinyin.ts";
import type { Piece } from "./segment.ts";

/** A stretch of the question and the known words that it was probably meant to be. */
export interface Mend {
  start: number;
  end: number;
  words: readonly string[];
}

export interface MendingKnowledge {
  soundingLike(ideographs: string): readonly string[];
  /** In how many clauses a word occurs. */
  frequency(word: string): number;
  /** A single character, or a word that the index hardly knows. */
  isSuspect(piece: Piece): boolean;
  /** Frequency up to which a word of the index is suspected of being a typo itself. */
  rareUpTo: number;
  /** A word of the domain, which may replace a regular word of the language (人材 → 人才). */
  isDomainWord(word: string): boolean;
  isWord(text: string): boolean;
}

const LONGEST_WINDOW = 6;
const MOST_WINDOWS = 600;
const MOST_WORDS = 3;
/** How much more frequent than a rare known word its replacement must be. */
const RARITY_RATIO = 100;

/** Same- and near-sounding repairs of Chinese typing errors (奉闲 → 奉贤, 浮化器 → 孵化器), longest first, without overlaps. */
export function mendIdeographs(pieces: readonly Piece[], knowledge: MendingKnowledge): Mend[] {
  const mends: Mend[] = [];
  let budget = MOST_WINDOWS;
  for (const region of listRegions(pieces)) {
    const marked = markPieces(region, knowledge);
    if (!marked.suspects.includes(true)) continue;
    const text = region.map((piece) => piece.text).join("");
    const offset = region[0]?.start ?? 0;
    for (let length = Math.min(LONGEST_WINDOW, text.length); length >= 2; length -= 1) {
      for (let start = 0; start + length <= text.length; start += 1) {
        if (!isWindow(marked, start, start + length)) continue;
        if (mends.some((one) => one.start < offset + start + length && offset + start < one.end)) continue;
        budget -= 1;
        if (budget < 0) return mends;
        const words = mendWindow(text.slice(start, start + length), marked.suspects, start, knowledge);
        if (words.length > 0) mends.push({ start: offset + start, end: offset + start + length, words });
      }
    }
  }
  return mends;
}

/** Runs of ideographs with nothing dropped between them. */
function listRegions(pieces: readonly Piece[]): Piece[][] {
  const regions: Piece[][] = [];
  let open: Piece[] | undefined;
  for (const piece of pieces) {
    if (!isIdeographs(piece.text)) {
      open = undefined;
    } else if (open && open.at(-1)?.end === piece.start) {
      open.push(piece);
    } else {
      open = [piece];
      regions.push(open);
    }
  }
  return regions;
}

/** Where a piece begins that may hold a typo. */
const SUSPECT = 0;
/** Where a piece begins that is taken as right. */
const RIGHT = 1;
/** Within a piece: no window begins or ends there. */
const INSIDE = 2;

function markPieces(
  region: readonly Piece[],
  knowledge: MendingKnowledge,
): { marks: number[]; suspects: boolean[] } {
  const marks: number[] = [];
  const suspects: boolean[] = [];
  for (const piece of region) {
    const suspect = knowledge.isSuspect(piece);
    for (let index = 0; index < piece.text.length; index += 1) {
      marks.push(index > 0 ? INSIDE : suspect ? SUSPECT : RIGHT);
      suspects.push(suspect);
    }
  }
  return { marks, suspects };
}

/** Holds whole pieces, at least one of them suspect. */
function isWindow({ marks, suspects }: ReturnType<typeof markPieces>, start: number, end: number): boolean {
  if (marks[start] === INSIDE || marks[end] === INSIDE) return false;
  for (let index = start; index < end; index += 1) if (suspects[index]) return true;
  return false;
}

function mendWindow(
  typed: string,
  suspects: readonly boolean[],
  start: number,
  knowledge: MendingKnowledge,
): string[] {
  const typedFrequency = knowledge.frequency(typed);
  if (typedFrequency > knowledge.rareUpTo) return [];
  const isSuspect = (index: number) => suspects[start + index] === true;
  const words = knowledge.soundingLike(typed).filter((word) => {
    if (word === typed || knowledge.frequency(word) < typedFrequency * RARITY_RATIO) return false;
    return agrees(word, typed, isSuspect);
  });
  const allowed = words.length > 0 && knowledge.isWord(typed) ? words.filter(knowledge.isDomainWord) : words;
  return allowed.slice(0, MOST_WORDS);
}

/** Only suspect characters differ, enough others agree, and two characters must sound exactly alike. */
function agrees(word: string, typed: string, isSuspect: (index: number) => boolean): boolean {
  if (word.length !== typed.length) return false;
  let shared = 0;
  for (let index = 0; index < typed.length; index += 1) {
    const [meant, written] = [word.charAt(index), typed.charAt(index)];
    if (meant === written) shared += 1;
    else if (!isSuspect(index)) return false;
    else if (typed.length === 2 && readCharacter(meant) !== readCharacter(written)) return false;
  }
  return shared >= (typed.length >= 4 ? 2 : 1);
}
