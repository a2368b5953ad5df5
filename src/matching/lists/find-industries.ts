import type { ProfileLexicon } from "../../enterprises/index.ts";

export interface FoundIndustry {
  id: string;
  /** As said. */
  words: string;
  start: number;
  end: number;
}

/** Industries that a text names, longest words first, without overlaps; in order of appearance. Pure. */
export function findIndustries(text: string, lexicon: ProfileLexicon): FoundIndustry[] {
  const plain = text.toLowerCase();
  const known = [...lexicon.industries.values()]
    .flatMap(({ id, name, words }) => [name, ...words].map((said) => ({ id, said: said.toLowerCase() })))
    .filter(({ said }) => said.length > 1)
    .sort((one, other) => other.said.length - one.said.length);
  const found: FoundIndustry[] = [];
  for (const { id, said } of known) {
    for (let start = plain.indexOf(said); start >= 0; start = plain.indexOf(said, start + 1)) {
      const end = start + said.length;
      if (found.some((one) => one.start < end && start < one.end) || isPartOfWord(plain, start, end))
        continue;
      found.push({ id, words: text.slice(start, end), start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** `ai` is not in `main`. */
function isPartOfWord(text: string, start: number, end: number): boolean {
  const letter = /[a-z0-9]/;
  const joins = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && letter.test(one) && letter.test(other);
  return joins(text[start - 1], text[start]) || joins(text[end - 1], text[end]);
}

/** How an entry's industries stand to those that are wanted; undefined: not at all. Lower is closer. */
export function relateIndustry(
  own: readonly string[],
  wanted: readonly string[],
  lexicon: ProfileLexicon,
): number | undefined {
  const lineage = (id: string): string[] => {
    const line = [id];
    for (let at = lexicon.industries.get(id)?.parent ?? null; at !== null && !line.includes(at); ) {
      line.push(at);
      at = lexicon.industries.get(at)?.parent ?? null;
    }
    return line;
  };
  let closest: number | undefined;
  for (const one of own)
    for (const other of wanted) {
      const below = lineage(one).indexOf(other);
      const above = lineage(other).indexOf(one);
      const distance = below >= 0 ? below : above >= 0 ? 10 + above : undefined;
      if (distance !== undefined && (closest === undefined || distance < closest)) closest = distance;
    }
  return closest;
}
