import type { CategoryId } from "../types.ts";
import { createWordMatcher, type WordHit } from "./match-words.ts";
import type { TriageSignals } from "./signals-schema.ts";

export interface CategorySign {
  category: CategoryId;
  weight: number;
}

export interface CategorySigns {
  /** By category: sum of weights, each word once. */
  scores: ReadonlyMap<CategoryId, number>;
  hits: readonly WordHit<CategorySign>[];
}

export type FindCategorySigns = (folded: string) => CategorySigns;

export function createCategorySigns(categories: TriageSignals["categories"]): FindCategorySigns {
  const find = createWordMatcher(
    Object.entries(categories).flatMap(([category, groups]) =>
      groups.flatMap(({ weight, words }) => words.map((word) => [word, { category, weight }] as const)),
    ),
  );
  return (folded) => {
    const hits = find(folded);
    const scores = new Map<CategoryId, number>();
    const seen = new Set<string>();
    for (const { word, tag } of hits) {
      const key = `${tag.category} ${word}`;
      if (seen.has(key)) continue;
      seen.add(key);
      scores.set(tag.category, (scores.get(tag.category) ?? 0) + tag.weight);
    }
    return { scores, hits };
  };
}
