import { foldText } from "./fold-text.ts";
import { overlaps, type Span } from "./span.ts";

/** Something with words to find: an industry, a need, an option. */
export interface Findable {
  id: string;
  words: readonly string[];
  patterns?: readonly RegExp[];
  not?: readonly RegExp[];
}

export interface TermMention extends Span {
  id: string;
}

export interface TermFinder {
  /** In reading order; a mention inside of a longer one is left out. Offsets of the folded text. */
  find(folded: string): TermMention[];
}

const LATIN = /[a-z\d]/;

/** Words by their first character; patterns run once over the text. */
export function createTermFinder(terms: readonly Findable[]): TermFinder {
  const words = new Map<string, { word: string; ids: string[] }[]>();
  for (const { id, words: own } of terms) for (const word of own) addWord(words, foldText(word), id);
  for (const list of words.values()) list.sort((a, b) => b.word.length - a.word.length);
  const patterned = terms.filter(({ patterns }) => patterns && patterns.length > 0);
  const barred = new Map(terms.flatMap(({ id, not }) => (not && not.length > 0 ? [[id, not] as const] : [])));
  return {
    find: (folded) => {
      const mentions = [...findWords(folded, words), ...findPatterns(folded, patterned)];
      const allowed = mentions.filter((mention) => !isBarred(folded, mention, barred.get(mention.id)));
      return keepLongest(allowed);
    },
  };
}

function addWord(words: Map<string, { word: string; ids: string[] }[]>, word: string, id: string): void {
  const list = words.get(word.charAt(0)) ?? [];
  const known = list.find((one) => one.word === word);
  if (known) {
    if (!known.ids.includes(id)) known.ids.push(id);
  } else list.push({ word, ids: [id] });
  words.set(word.charAt(0), list);
}

function* findWords(
  text: string,
  words: ReadonlyMap<string, readonly { word: string; ids: string[] }[]>,
): Generator<TermMention> {
  for (let start = 0; start < text.length; start += 1) {
    const candidate = words
      .get(text.charAt(start))
      ?.find(({ word }) => text.startsWith(word, start) && standsAlone(text, start, word));
    if (!candidate) continue;
    for (const id of candidate.ids) yield { id, start, end: start + candidate.word.length };
  }
}

/** Latin words end where letters end: “ai” is no part of “email”. */
function standsAlone(text: string, start: number, word: string): boolean {
  const end = start + word.length;
  const opens = !LATIN.test(word.charAt(0)) || !LATIN.test(text[start - 1] ?? "");
  return opens && (!LATIN.test(word.charAt(word.length - 1)) || !LATIN.test(text[end] ?? ""));
}

function findPatterns(text: string, terms: readonly Findable[]): TermMention[] {
  return terms.flatMap(({ id, patterns = [] }) =>
    patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)]
        .filter((match) => match[0] !== "")
        .map((match) => ({ id, start: match.index, end: match.index + match[0].length })),
    ),
  );
}

function isBarred(text: string, mention: Span, not: readonly RegExp[] | undefined): boolean {
  if (!not) return false;
  const from = Math.max(0, mention.start - 24);
  const window = text.slice(from, mention.end + 24);
  const own = { start: mention.start - from, end: mention.end - from };
  return not.some((pattern) =>
    [...window.matchAll(pattern)].some((match) =>
      overlaps({ start: match.index, end: match.index + match[0].length }, own),
    ),
  );
}

/** 芯片封装设备 covers 芯片. Of equal spans all stay. */
function keepLongest(mentions: readonly TermMention[]): TermMention[] {
  const byStart = [...mentions].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: TermMention[] = [];
  let widest: TermMention | undefined;
  for (const mention of byStart) {
    const isInside =
      widest !== undefined &&
      mention.end <= widest.end &&
      mention.end - mention.start < widest.end - widest.start;
    if (isInside) continue;
    kept.push(mention);
    if (!widest || mention.end > widest.end) widest = mention;
  }
  return kept;
}
