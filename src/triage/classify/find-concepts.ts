import type { NamedFeature } from "./extract-features.ts";
import { createWordMatcher } from "./match-words.ts";

/** What a text speaks of, as features: words that mean the same are one. */
export type FindConcepts = (folded: string) => NamedFeature[];

/** Every further word of a concept makes it somewhat surer. */
const FURTHER_WORD = 0.4;
const MOST = 2;

export function createConceptFinder(concepts: Readonly<Record<string, readonly string[]>>): FindConcepts {
  const find = createWordMatcher(
    Object.entries(concepts).flatMap(([name, words]) =>
      words.map((word) => [word, nameConcept(name)] as const),
    ),
  );
  return (folded) => {
    const found = new Map<string, Set<string>>();
    for (const { tag, word } of find(folded)) found.set(tag, (found.get(tag) ?? new Set()).add(word));
    return [...found].map(
      ([name, words]) => [name, Math.min(1 + FURTHER_WORD * (words.size - 1), MOST)] as const,
    );
  };
}

/** As a feature's name. */
export function nameConcept(name: string): string {
  return `k:${name}`;
}
