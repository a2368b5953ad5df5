import { diffArrays } from "diff";
import type { MarkedRun } from "../types.ts";
import { splitWords } from "./split-words.ts";

/** Beyond so many changed words two texts are shown one after the other. */
const MAX_CHANGED_WORDS = 1_500;
/** Unchanged text so short between two changes is read as part of them. */
const MAX_ISLAND = 2;

/** The words of both, the changed ones marked: without `added` the old text, without `removed` the new one. */
export function markWords(before: string, after: string): MarkedRun[] {
  if (before === after) return after === "" ? [] : [{ text: after }];
  const changes = diffArrays(splitWords(before), splitWords(after), { maxEditLength: MAX_CHANGED_WORDS });
  if (!changes) return withoutEmpty([removed(before), added(after)]);
  const runs = changes.map(({ value, added: isNew, removed: isOld }): MarkedRun => {
    const text = value.join("");
    return isNew ? added(text) : isOld ? removed(text) : { text };
  });
  return joinNeighbours(runs);
}

/** A text that has no counterpart. */
export function markWhole(text: string, mark: NonNullable<MarkedRun["mark"]>): MarkedRun[] {
  return withoutEmpty([{ text, mark }]);
}

/** One removed and one added run for each changed place; blanks, particles and marks between two changes join them. */
function joinNeighbours(runs: readonly MarkedRun[]): MarkedRun[] {
  const joined: MarkedRun[] = [];
  let hunk = { before: "", after: "" };
  const flush = () => {
    joined.push(...withoutEmpty([removed(hunk.before), added(hunk.after)]));
    hunk = { before: "", after: "" };
  };
  for (const [index, run] of runs.entries()) {
    if (run.mark === "removed") hunk.before += run.text;
    else if (run.mark === "added") hunk.after += run.text;
    else if (isIsland(run, runs[index + 1], hunk)) {
      hunk.before += run.text;
      hunk.after += run.text;
    } else {
      flush();
      joined.push(run);
    }
  }
  flush();
  return joined;
}

function isIsland(
  run: MarkedRun,
  next: MarkedRun | undefined,
  hunk: { before: string; after: string },
): boolean {
  const isBetween = next?.mark !== undefined && hunk.before !== "" && hunk.after !== "";
  return isBetween && run.text.length <= MAX_ISLAND && !/[\d。；]/.test(run.text);
}

function withoutEmpty(runs: readonly MarkedRun[]): MarkedRun[] {
  return runs.filter(({ text }) => text !== "");
}

function removed(text: string): MarkedRun {
  return { text, mark: "removed" };
}

function added(text: string): MarkedRun {
  return { text, mark: "added" };
}
