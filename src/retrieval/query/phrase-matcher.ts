/** Where a phrase was found; `end` is exclusive and counts an English plural ending. */
export interface PhraseMatch {
  phrase: string;
  start: number;
  end: number;
}

/** Finds the longest phrases of a fixed list from left to right, without overlaps. */
export interface PhraseMatcher {
  /** `boundaries`: positions where a word of the text begins or ends; no phrase begins or ends elsewhere. */
  match(text: string, boundaries: ReadonlySet<number>): PhraseMatch[];
}

const WORD_CHARACTER = /[a-z0-9]/;

export function createPhraseMatcher(phrases: Iterable<string>): PhraseMatcher {
  const byFirst = new Map<string, string[]>();
  for (const phrase of new Set(phrases)) {
    const first = phrase.charAt(0);
    const group = byFirst.get(first);
    if (group) group.push(phrase);
    else byFirst.set(first, [phrase]);
  }
  for (const group of byFirst.values()) group.sort((one, other) => other.length - one.length);

  return {
    match(text, boundaries) {
      const found: PhraseMatch[] = [];
      for (let position = 0; position < text.length; ) {
        const candidates = byFirst.get(text.charAt(position)) ?? [];
        const match = findAt(text, position, candidates, boundaries);
        if (match) found.push(match);
        position = match ? match.end : position + 1;
      }
      return found;
    },
  };
}

function findAt(
  text: string,
  start: number,
  candidates: readonly string[],
  boundaries: ReadonlySet<number>,
): PhraseMatch | undefined {
  for (const phrase of candidates) {
    if (!text.startsWith(phrase, start)) continue;
    const end = endOf(text, start, phrase);
    if (end === undefined) continue;
    const begins = boundaries.has(start) || WORD_CHARACTER.test(text.charAt(start));
    const ends = boundaries.has(end) || WORD_CHARACTER.test(text.charAt(end - 1));
    if (!begins || !ends) continue;
    return { phrase, start, end };
  }
  return undefined;
}

/** Latin letters must not go on before or after the phrase, but for an English plural. */
function endOf(text: string, start: number, phrase: string): number | undefined {
  if (WORD_CHARACTER.test(phrase.charAt(0)) && WORD_CHARACTER.test(text.charAt(start - 1))) return undefined;
  const end = start + phrase.length;
  if (!WORD_CHARACTER.test(phrase.charAt(phrase.length - 1)) || !WORD_CHARACTER.test(text.charAt(end)))
    return end;
  for (const plural of ["s", "es"]) {
    const after = end + plural.length;
    if (text.startsWith(plural, end) && !WORD_CHARACTER.test(text.charAt(after))) return after;
  }
  return undefined;
}
