import type { ClausePair, ComparedClause } from "./diff-types.ts";
import { measureLikeness, sketchText, stripLabel, type TextSketch } from "./measure-likeness.ts";

/** Like enough to be the same clause in other words. */
const MIN_LIKENESS = 0.5;
const MIN_LIKENESS_IN_SECTION = 0.3;
const SECTION_BONUS = 0.15;
const NEIGHBOUR_BONUS = 0.1;
/** Pairs of characters that stand in more clauses than this tell nothing. */
const MAX_POSTINGS = 24;
const CANDIDATES = 8;

/**
 * Which old clause became which new one; each is used once. First the same text in the same section, then the same text
 * elsewhere, then likeness, where the same section and neighbours that are pairs already count in favour.
 */
export function alignClauses(
  before: readonly ComparedClause[],
  after: readonly ComparedClause[],
): ClausePair[] {
  const pairing = createPairing(before.length, after.length);
  pairBy(before, after, pairing, ({ section, text }) => `${section}\n${text}`);
  pairBy(before, after, pairing, ({ text }) => text);
  pairBy(before, after, pairing, ({ text }) => (stripLabel(text).length < 4 ? undefined : stripLabel(text)));
  pairFrontMatter(before, after, pairing);
  pairAlike(before, after, pairing);
  return [...pairing.oldOf.entries()]
    .flatMap(([index, old]) => (old === undefined ? [] : [{ before: old, after: index }]))
    .sort((left, right) => left.after - right.after);
}

interface Pairing {
  newOf: (number | undefined)[];
  oldOf: (number | undefined)[];
}

function createPairing(before: number, after: number): Pairing {
  return {
    newOf: new Array<number | undefined>(before).fill(undefined),
    oldOf: new Array<number | undefined>(after).fill(undefined),
  };
}

function join(pairing: Pairing, before: number, after: number): void {
  pairing.newOf[before] = after;
  pairing.oldOf[after] = before;
}

/** Equal keys become pairs in reading order. */
function pairBy(
  before: readonly ComparedClause[],
  after: readonly ComparedClause[],
  pairing: Pairing,
  keyOf: (clause: ComparedClause) => string | undefined,
): void {
  const waiting = new Map<string, number[]>();
  for (const [index, clause] of before.entries()) {
    const key = pairing.newOf[index] === undefined ? keyOf(clause) : undefined;
    if (key === undefined) continue;
    const list = waiting.get(key);
    if (list) list.push(index);
    else waiting.set(key, [index]);
  }
  for (const list of waiting.values()) list.reverse();
  for (const [index, clause] of after.entries()) {
    const key = pairing.oldOf[index] === undefined ? keyOf(clause) : undefined;
    const old = key === undefined ? undefined : waiting.get(key)?.pop();
    if (old !== undefined) join(pairing, old, index);
  }
}

/** Title, number, dates and the like are what they are by their place, however much they differ. */
function pairFrontMatter(
  before: readonly ComparedClause[],
  after: readonly ComparedClause[],
  pairing: Pairing,
): void {
  pairBy(before, after, pairing, ({ section, level }) =>
    level === 0 && !/[¶\d]/.test(section) ? section : undefined,
  );
}

interface Candidate {
  before: number;
  after: number;
  score: number;
}

function pairAlike(
  before: readonly ComparedClause[],
  after: readonly ComparedClause[],
  pairing: Pairing,
): void {
  const old = unpaired(before, pairing.newOf);
  const fresh = unpaired(after, pairing.oldOf);
  if (old.length === 0 || fresh.length === 0) return;
  const sketches = new Map(old.map(({ index, clause }) => [index, sketchText(clause.text)]));
  const postings = indexPairs(sketches);
  const sections = new Map(old.map(({ index, clause }) => [clause.section, index]));
  const candidates: Candidate[] = [];
  for (const { index, clause } of fresh) {
    const sketch = sketchText(clause.text);
    const inSection = sections.get(clause.section);
    for (const position of findCandidates(sketch, postings, inSection)) {
      const likeness = measureLikeness(sketch, sketches.get(position) ?? sketchText(""));
      const isSection = position === inSection;
      if (likeness < (isSection ? MIN_LIKENESS_IN_SECTION : MIN_LIKENESS)) continue;
      const near = isBesidePair(position, index, pairing) ? NEIGHBOUR_BONUS : 0;
      candidates.push({
        before: position,
        after: index,
        score: likeness + (isSection ? SECTION_BONUS : 0) + near,
      });
    }
  }
  candidates.sort((left, right) => right.score - left.score || left.after - right.after);
  for (const candidate of candidates) {
    if (pairing.newOf[candidate.before] !== undefined || pairing.oldOf[candidate.after] !== undefined)
      continue;
    join(pairing, candidate.before, candidate.after);
  }
}

function unpaired(clauses: readonly ComparedClause[], partners: readonly (number | undefined)[]) {
  return clauses.flatMap((clause, index) => (partners[index] === undefined ? [{ index, clause }] : []));
}

function indexPairs(sketches: ReadonlyMap<number, TextSketch>): Map<number, number[]> {
  const postings = new Map<number, number[]>();
  for (const [index, { pairs }] of sketches) {
    for (const pair of pairs.keys()) {
      const list = postings.get(pair);
      if (list) list.push(index);
      else postings.set(pair, [index]);
    }
  }
  return postings;
}

/** The old clauses that share the most telling pairs, and the one that stood in the same section. */
function findCandidates(
  sketch: TextSketch,
  postings: ReadonlyMap<number, number[]>,
  inSection: number | undefined,
): number[] {
  const counts = new Map<number, number>();
  for (const pair of sketch.pairs.keys()) {
    const list = postings.get(pair);
    if (!list || list.length > MAX_POSTINGS) continue;
    for (const index of list) counts.set(index, (counts.get(index) ?? 0) + 1 / list.length);
  }
  const best = [...counts]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, CANDIDATES)
    .map(([index]) => index);
  return inSection === undefined || best.includes(inSection) ? best : [inSection, ...best];
}

function isBesidePair(before: number, after: number, { newOf }: Pairing): boolean {
  return newOf[before - 1] === after - 1 || newOf[before + 1] === after + 1;
}
