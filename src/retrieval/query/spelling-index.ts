/** Latin words within one typing error: a letter left out, added, changed, or two exchanged. */
export interface SpellingIndex {
  near(typed: string): readonly string[];
}

const SHORTEST_WORD = 5;
const LONGEST_WORD = 24;
const LATIN = /^[a-z]+$/;
const NONE: readonly string[] = [];

/** Every word is filed under itself and under itself with any one letter left out; an error is found by the same forms. */
export function createSpellingIndex(words: Iterable<string>): SpellingIndex {
  const byForm = new Map<string, string[]>();
  for (const word of words) {
    if (!isMendable(word)) continue;
    for (const form of listForms(word)) {
      const group = byForm.get(form);
      if (!group) byForm.set(form, [word]);
      else if (!group.includes(word)) group.push(word);
    }
  }
  return {
    near(typed) {
      if (!isMendable(typed)) return NONE;
      const found = new Set(listForms(typed).flatMap((form) => byForm.get(form) ?? NONE));
      return [...found].filter((word) => word !== typed && isOneErrorAway(word, typed));
    },
  };
}

function isMendable(word: string): boolean {
  return word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD && LATIN.test(word);
}

function listForms(word: string): string[] {
  const forms = [word];
  for (let index = 0; index < word.length; index += 1)
    forms.push(word.slice(0, index) + word.slice(index + 1));
  return forms;
}

/** Compares what remains between the common beginning and the common end. */
function isOneErrorAway(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let head = 0;
  while (head < shorter && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  const left = one.slice(head, one.length - tail);
  const right = other.slice(head, other.length - tail);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
