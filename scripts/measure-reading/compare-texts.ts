/** Hits, what was expected and what was found: sums of them over documents give F1 over all. */
export interface Tally {
  hits: number;
  expected: number;
  found: number;
}

export function f1(tally: Tally): number {
  const total = tally.expected + tally.found;
  return total === 0 ? 1 : (2 * tally.hits) / total;
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { hits, expected, found }) => ({
      hits: sum.hits + hits,
      expected: sum.expected + expected,
      found: sum.found + found,
    }),
    { hits: 0, expected: 0, found: 0 },
  );
}

/** Blanks are ignored, and so are full-width forms of digits and of marks that both exist. */
export function normalize(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "");
}

export interface Pairing {
  tally: Tally;
  /** Index of what was expected → index of what was found. */
  pairs: Map<number, number>;
  missing: string[];
  extra: string[];
}

/** Pairs equal texts one to one; below `likeness` 1 also the most alike of the rest (recognised text). */
export function pairTexts(expected: readonly string[], found: readonly string[], likeness: number): Pairing {
  const wanted = expected.map(normalize);
  const there = found.map(normalize);
  const free = new Set(there.keys());
  const pairs = new Map<number, number>();
  for (const [index, text] of wanted.entries()) {
    const hit = [...free].find((candidate) => there[candidate] === text);
    if (hit === undefined) continue;
    pairs.set(index, hit);
    free.delete(hit);
  }
  if (likeness < 1) pairAlike({ wanted, there, free, pairs, likeness });
  return {
    tally: { hits: pairs.size, expected: expected.length, found: found.length },
    pairs,
    missing: expected.filter((_, index) => !pairs.has(index)),
    extra: [...free].map((index) => found[index] ?? ""),
  };
}

interface AlikeSearch {
  wanted: readonly string[];
  there: readonly string[];
  free: Set<number>;
  pairs: Map<number, number>;
  likeness: number;
}

function pairAlike({ wanted, there, free, pairs, likeness }: AlikeSearch): void {
  for (const [index, text] of wanted.entries()) {
    if (pairs.has(index)) continue;
    let best = { at: -1, accuracy: likeness };
    for (const at of free) {
      const accuracy = characterAccuracy(text, there[at] ?? "");
      if (accuracy >= best.accuracy) best = { at, accuracy };
    }
    if (best.at < 0) continue;
    pairs.set(index, best.at);
    free.delete(best.at);
  }
}

/** 1 − edit distance over the length of what is there, at least 0. Both are normalised. */
export function characterAccuracy(expected: string, found: string): number {
  if (expected.length === 0) return found.length === 0 ? 1 : 0;
  if (Math.abs(expected.length - found.length) > expected.length) return 0;
  return Math.max(0, 1 - editDistance(expected, found) / expected.length);
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let y = 1; y <= a.length; y++) {
    const next = [y];
    for (let x = 1; x <= b.length; x++) {
      const swap = (row[x - 1] ?? 0) + (a[y - 1] === b[x - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[x] ?? 0) + 1, (next[x - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
