import { blurPinyin, isIdeographs, soundInContext, soundOf } from "./pinyin.ts";

/** Words by their sound, to mend what was typed by ear or in Latin letters. */
export interface SoundIndex {
  /** Words that sound nearly like these ideographs. */
  soundingLike(ideographs: string): readonly string[];
  /** Words whose pinyin is nearly this: fengxian → 奉贤. */
  spelt(letters: string): readonly string[];
  /** Several words' pinyin in one run of letters, as few as possible: fengxianrencai → fengxian, rencai. */
  split(letters: string): readonly string[] | undefined;
}

const LONGEST_WORD = 8;
const LONGEST_SPELLING = 40;
const SHORTEST_SPELLING = 3;
const LONGEST_GROUP = 40;
const NONE: readonly string[] = [];

/**
 * `preferred` words (those of the lexicon) come first and are read in context; the rest character by character, which is
 * some 1 µs a word.
 */
export function createSoundIndex(preferred: Iterable<string>, words: Iterable<string>): SoundIndex {
  // Words of one sound are joined by blanks: most sounds have one word, and an array each would cost more than the rest.
  const bySound = new Map<string, string>();
  const add = (word: string, sound: string) => {
    const group = bySound.get(sound);
    if (group === undefined) bySound.set(sound, word);
    else if (group.length < LONGEST_GROUP && !` ${group} `.includes(` ${word} `))
      bySound.set(sound, `${group} ${word}`);
  };
  for (const word of preferred) {
    if (!isMendable(word)) continue;
    add(word, soundInContext(word));
    add(word, soundOf(word));
  }
  for (const word of words) if (isMendable(word)) add(word, soundOf(word));
  const wordsOf = (sound: string) => bySound.get(sound)?.split(" ") ?? NONE;
  const spelt = (letters: string) => wordsOf(blurPinyin(letters));
  return {
    spelt,
    soundingLike: (ideographs) => wordsOf(soundOf(ideographs)),
    split: (letters) => (letters.length > LONGEST_SPELLING ? undefined : splitSpelling(letters, spelt)),
  };
}

function isMendable(word: string): boolean {
  return word.length >= 2 && word.length <= LONGEST_WORD && isIdeographs(word);
}

/** The fewest parts that each spell a word; undefined when there are none. */
function splitSpelling(
  letters: string,
  spelt: (part: string) => readonly string[],
): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= letters.length; end += 1) {
    let shortest: readonly string[] | undefined;
    for (let start = 0; start <= end - SHORTEST_SPELLING; start += 1) {
      const before = best[start];
      if (!before || (shortest && before.length + 1 >= shortest.length)) continue;
      const part = letters.slice(start, end);
      if (spelt(part).length > 0) shortest = [...before, part];
    }
    best[end] = shortest;
  }
  return best[letters.length];
}
