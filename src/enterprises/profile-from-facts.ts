import type { Fact, FactValue, FieldId, Profile, ReadFact } from "./types.ts";

/**
 * What one message or one request says, as a profile that nobody keeps. Of two facts of a field the later one counts; terms
 * (industries, needs, certificates) add up.
 */
export function profileFromFacts(
  facts: readonly Omit<ReadFact, "start" | "end">[],
  { at, by, reference }: { at: string; by: string; reference: string },
): Profile {
  const byField = new Map<FieldId, Fact>();
  for (const { field, value, period, words, correction } of facts) {
    const before = byField.get(field)?.value;
    byField.set(field, {
      field,
      value: correction ? value : joinTerms(before, value),
      period,
      source: { kind: "api", by, reference, words },
      at,
      validTo: null,
      confirmed: false,
    });
  }
  return { enterpriseId: null, facts: byField, stale: [], conflicts: [] };
}

/** What is said last of a term counts. */
function joinTerms(before: FactValue | undefined, value: FactValue): FactValue {
  if (before?.kind !== "terms" || value.kind !== "terms") return value;
  const held = new Set(value.has.map(({ id }) => id));
  const lacked = new Set(value.lacks);
  return {
    kind: "terms",
    has: [...before.has.filter(({ id }) => !held.has(id) && !lacked.has(id)), ...value.has],
    lacks: [...before.lacks.filter((id) => !held.has(id) && !lacked.has(id)), ...value.lacks],
    closed: value.closed,
  };
}
