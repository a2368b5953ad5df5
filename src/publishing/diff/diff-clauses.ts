import type { ClauseChange } from "../types.ts";
import { alignClauses } from "./align-clauses.ts";
import type { ClausePair, ComparedClause } from "./diff-types.ts";
import { longestOrdered } from "./longest-ordered.ts";
import { markWhole, markWords } from "./mark-words.ts";
import { stripLabel } from "./measure-likeness.ts";

export interface ClauseDiff {
  /** In the order of the new text; what was removed stands after the clause that it followed. */
  changes: ClauseChange[];
  unchanged: number;
}

export function diffClauses(before: readonly ComparedClause[], after: readonly ComparedClause[]): ClauseDiff {
  const pairs = alignClauses(before, after);
  const ordered = longestOrdered(pairs);
  const oldOf = new Map(pairs.map((pair) => [pair.after, pair]));
  const removed = groupRemoved(before, pairs);
  const changes: ClauseChange[] = [...(removed.get(-1) ?? [])];
  let unchanged = 0;
  for (const [index, clause] of after.entries()) {
    const pair = oldOf.get(index);
    const old = pair && before[pair.before];
    const change = old
      ? describePair(old, clause, pair !== undefined && ordered.has(pair.after))
      : addition(clause);
    if (change) changes.push(change);
    else unchanged += 1;
    if (pair) changes.push(...(removed.get(pair.before) ?? []));
  }
  return { changes, unchanged };
}

function addition({ section, text }: ComparedClause): ClauseChange {
  return { kind: "added", section, runs: markWhole(text, "added") };
}

/** Undefined: nothing that a reader would call a change. */
function describePair(
  old: ComparedClause,
  clause: ComparedClause,
  isInOrder: boolean,
): ClauseChange | undefined {
  const { section } = clause;
  const previous = old.section === section ? {} : { previousSection: old.section };
  const runs = markWords(old.text, clause.text);
  if (stripLabel(old.text) !== stripLabel(clause.text))
    return { kind: "changed", section, ...previous, runs };
  const stays = isInOrder && old.text === clause.text && parentOf(old.section) === parentOf(section);
  return stays ? undefined : { kind: "moved", section, ...previous, runs };
}

/** A paragraph that was put in front shifts the count of those behind it; that alone is no move. */
function parentOf(section: string): string {
  return section.replace(/¶\d+$/, "");
}

/** Removed clauses by the last clause before them that is still there; -1: none. */
function groupRemoved(
  before: readonly ComparedClause[],
  pairs: readonly ClausePair[],
): Map<number, ClauseChange[]> {
  const kept = new Set(pairs.map((pair) => pair.before));
  const groups = new Map<number, ClauseChange[]>();
  let last = -1;
  for (const [index, { section, text }] of before.entries()) {
    if (kept.has(index)) {
      last = index;
      continue;
    }
    const change: ClauseChange = { kind: "removed", section, runs: markWhole(text, "removed") };
    const group = groups.get(last);
    if (group) group.push(change);
    else groups.set(last, [change]);
  }
  return groups;
}
