export interface WordHit<Tag> {
  word: string;
  start: number;
  end: number;
  tag: Tag;
}

export type WordMatcher<Tag> = (folded: string) => WordHit<Tag>[];

const LATIN = /[a-z0-9]/;

/**
 * Finds words in folded text. A hit that lies inside of a longer one is dropped: “知识产权质押” leaves no “知识产权”. Latin
 * words count as whole words only.
 */
export function createWordMatcher<Tag>(
  entries: readonly (readonly [word: string, tag: Tag])[],
): WordMatcher<Tag> {
  const byFirst = new Map<string, (readonly [string, Tag])[]>();
  for (const entry of entries) {
    const first = entry[0].charAt(0);
    const list = byFirst.get(first);
    if (list) list.push(entry);
    else byFirst.set(first, [entry]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b[0].length - a[0].length);
  return (folded) => {
    const hits: WordHit<Tag>[] = [];
    for (let start = 0; start < folded.length; start += 1) {
      for (const [word, tag] of byFirst.get(folded.charAt(start)) ?? []) {
        if (!folded.startsWith(word, start) || !standsAlone(folded, start, word)) continue;
        hits.push({ word, start, end: start + word.length, tag });
      }
    }
    return dropCovered(hits);
  };
}

function standsAlone(folded: string, start: number, word: string): boolean {
  const end = start + word.length;
  if (LATIN.test(word.charAt(0)) && start > 0 && LATIN.test(folded.charAt(start - 1))) return false;
  return !(LATIN.test(word.charAt(word.length - 1)) && LATIN.test(folded.charAt(end)));
}

/** Hits come in order of their start, longer ones first: one is covered when an earlier one reaches as far and is longer. */
function dropCovered<Tag>(hits: readonly WordHit<Tag>[]): WordHit<Tag>[] {
  const kept: WordHit<Tag>[] = [];
  let reach: WordHit<Tag> | undefined;
  for (const hit of hits) {
    const isCovered =
      reach !== undefined && hit.end <= reach.end && hit.end - hit.start < reach.end - reach.start;
    if (isCovered) continue;
    kept.push(hit);
    if (reach === undefined || hit.end > reach.end) reach = hit;
  }
  return kept;
}
