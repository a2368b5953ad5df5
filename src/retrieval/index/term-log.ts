import { grow } from "./term-table.ts";

/** Which terms each clause holds, in the order of arrival; sorted by term at the end. */
export function createTermLog() {
  let termOf: Uint32Array = new Uint32Array(1 << 14);
  let weightOf: Uint8Array = new Uint8Array(1 << 14);
  let lastEntry: Uint32Array = new Uint32Array(1 << 12);
  const clauseStarts: number[] = [];
  let length = 0;

  return {
    startClause() {
      clauseStarts.push(length);
    },
    add(term: number, weight: number) {
      if (term >= lastEntry.length) lastEntry = grow(lastEntry, Math.max(term + 1, lastEntry.length * 2));
      const entry = (lastEntry[term] as number) - 1;
      if (entry >= (clauseStarts[clauseStarts.length - 1] as number)) {
        weightOf[entry] = Math.min(255, (weightOf[entry] as number) + weight);
        return;
      }
      if (length === termOf.length) {
        termOf = grow(termOf, length * 2);
        weightOf = grow(weightOf, length * 2);
      }
      termOf[length] = term;
      weightOf[length] = Math.min(255, weight);
      length += 1;
      lastEntry[term] = length;
    },
    /** Postings by term, clauses numbered by their place in `order`. */
    finish(order: Uint32Array, terms: number, groupOf: (clause: number) => number) {
      const clauseFrequency = new Uint32Array(terms);
      for (let entry = 0; entry < length; entry += 1) (clauseFrequency[termOf[entry] as number] as number)++;
      const postingStarts = new Uint32Array(terms + 1);
      for (let term = 0; term < terms; term += 1) {
        postingStarts[term + 1] = (postingStarts[term] as number) + (clauseFrequency[term] as number);
      }
      const next = postingStarts.slice(0, terms);
      const groupFrequency = new Uint32Array(terms);
      const lastGroup = new Uint32Array(terms);
      const postingClauses = new Uint16Array(length);
      const postingWeights = new Uint8Array(length);
      order.forEach((clause, position) => {
        const end = clauseStarts[clause + 1] ?? length;
        const group = groupOf(clause) + 1;
        for (let entry = clauseStarts[clause] as number; entry < end; entry += 1) {
          const term = termOf[entry] as number;
          const target = (next[term] as number)++;
          postingClauses[target] = position;
          postingWeights[target] = weightOf[entry] as number;
          if (lastGroup[term] !== group) {
            lastGroup[term] = group;
            (groupFrequency[term] as number)++;
          }
        }
      });
      return { clauseFrequency, groupFrequency, postingStarts, postingClauses, postingWeights };
    },
  };
}
