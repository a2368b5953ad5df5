import type { IndustryTerm } from "../../enterprises/index.ts";
import type { Direction } from "../types.ts";
import type { IndexedProgram } from "./index-programs.ts";
import { INDUSTRY_POINTS, type IndustryLevel } from "./weights.ts";

export interface IndustryFit {
  level: IndustryLevel;
  /** The enterprise's industry and the program's, by name; null where there is none to name. */
  own: string | null;
  theirs: string | null;
}

/** How the enterprise's industries stand to any program; made once a match. */
export interface IndustryRelation {
  fit(program: IndexedProgram): IndustryFit;
  /** Belongs, or may belong, to a direction. */
  inDirections: boolean;
}

export interface IndustryTree {
  terms: ReadonlyMap<string, IndustryTerm>;
  below: ReadonlyMap<string, readonly string[]>;
  directions: ReadonlyMap<string, Direction>;
}

const ANY: IndustryFit = { level: "any", own: null, theirs: null };
const UNKNOWN: IndustryFit = { level: "unknown", own: null, theirs: null };

export function growTree(
  terms: ReadonlyMap<string, IndustryTerm>,
  directions: ReadonlyMap<string, Direction>,
): IndustryTree {
  const below = new Map<string, string[]>();
  for (const { id, parent } of terms.values()) {
    if (parent === null) continue;
    const siblings = below.get(parent);
    if (siblings) siblings.push(id);
    else below.set(parent, [id]);
  }
  return { terms, below, directions };
}

export function relateIndustries(own: readonly string[], tree: IndustryTree): IndustryRelation {
  const byTerm = new Map<string, IndustryFit>();
  for (const id of own) addTerm(id, tree, byTerm);
  const byDirection = new Map<string, IndustryFit>();
  for (const direction of tree.directions.values()) {
    const fit = fitDirection(direction, own, tree);
    if (fit) byDirection.set(direction.id, fit);
  }
  const unrelated: IndustryFit = { level: "unrelated", own: nameOf(own[0], tree), theirs: null };
  return {
    inDirections: [...byDirection.values()].some(({ level }) => level !== "doubtful"),
    fit({ program, industries, directions }) {
      if (program.industries.length === 0) return ANY;
      if (own.length === 0) return UNKNOWN;
      let best: IndustryFit | undefined;
      for (const id of industries) best = better(best, byTerm.get(id));
      for (const id of directions) best = better(best, byDirection.get(id));
      return best ?? unrelated;
    },
  };
}

/** What of the tree an enterprise's industry touches: itself, the branches above it, and what lies below it. */
function addTerm(id: string, tree: IndustryTree, byTerm: Map<string, IndustryFit>): void {
  const own = nameOf(id, tree);
  const put = (at: string, level: IndustryLevel) => {
    const fit = better(byTerm.get(at), { level, own, theirs: nameOf(at, tree) });
    if (fit) byTerm.set(at, fit);
  };
  put(id, isRootOfMany(id, tree) ? "direction" : "exact");
  for (const above of climb(id, tree).slice(1))
    put(above, tree.terms.get(above)?.parent == null ? "direction" : "branch");
  const open = [...(tree.below.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    put(next, "wider");
    open.push(...(tree.below.get(next) ?? []));
  }
}

/** “生命健康” names a direction rather than an industry. */
function isRootOfMany(id: string, tree: IndustryTree): boolean {
  return tree.terms.get(id)?.parent === null && tree.below.has(id);
}

/**
 * A direction holds what lies at or below its industries, unless something nearer is among those that the text leaves open;
 * what is said more widely than the direction may belong to it. To name a part of a direction is to name the industry.
 */
function fitDirection(
  direction: Direction,
  own: readonly string[],
  tree: IndustryTree,
): IndustryFit | undefined {
  const inner = new Set(direction.industries);
  const open = new Set(direction.unclear ?? []);
  let best: IndustryFit | undefined;
  for (const id of own) {
    const level = placeInDirection(id, direction, inner, open, tree);
    if (level) best = better(best, { level, own: nameOf(id, tree), theirs: direction.name });
  }
  return best;
}

function placeInDirection(
  own: string,
  { parent, industries }: Direction,
  inner: ReadonlySet<string>,
  open: ReadonlySet<string>,
  tree: IndustryTree,
): IndustryLevel | undefined {
  for (const id of climb(own, tree)) {
    if (open.has(id)) return "doubtful";
    if (!inner.has(id)) continue;
    if (parent === undefined || isRootOfMany(own, tree)) return "direction";
    return id === own ? "exact" : "branch";
  }
  const isAbove = industries.some((id) => climb(id, tree).includes(own));
  if (!isAbove) return undefined;
  return parent === undefined ? "direction" : "wider";
}

/** An industry and what lies above it, nearest first. */
function climb(id: string, { terms }: IndustryTree): string[] {
  const path = [id];
  for (let above = terms.get(id)?.parent ?? null; above !== null && path.length < 10; ) {
    path.push(above);
    above = terms.get(above)?.parent ?? null;
  }
  return path;
}

function better(one: IndustryFit | undefined, other: IndustryFit | undefined): IndustryFit | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return INDUSTRY_POINTS[other.level] > INDUSTRY_POINTS[one.level] ? other : one;
}

function nameOf(id: string | undefined, { terms }: IndustryTree): string | null {
  return id === undefined ? null : (terms.get(id)?.name ?? id);
}
