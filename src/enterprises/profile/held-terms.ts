import type { FactValue, HeldTerm } from "../types.ts";

/** A certificate counts as confirmed with its number and a date; a name alone does not make an enterprise one. */
export function isConfirmedTerm(term: HeldTerm): boolean {
  return (
    term.lapsed !== true &&
    term.certificate !== undefined &&
    (term.validFrom !== undefined || term.validTo !== undefined)
  );
}

/** Certificates that are no longer valid on a day become 曾获. */
export function markLapsed(value: FactValue, today: string): FactValue {
  if (value.kind !== "terms") return value;
  const has = value.has.map((term) =>
    term.validTo !== undefined && term.validTo <= today ? { ...term, lapsed: true as const } : term,
  );
  return { ...value, has };
}

/**
 * What is said besides does not unsay: “我们还有专精特新” adds to what is held, “没有高企了” takes from it. A closed set says
 * all there is.
 */
export function addTerms(
  before: Extract<FactValue, { kind: "terms" }>,
  said: Extract<FactValue, { kind: "terms" }>,
): Extract<FactValue, { kind: "terms" }> {
  if (said.closed) return keepParticulars(before, said);
  const now = new Set(said.has.map(({ id }) => id));
  const has = before.has.filter(({ id }) => !now.has(id) && !said.lacks.includes(id));
  const lacks = before.lacks.filter((id) => !now.has(id) && !said.lacks.includes(id));
  return {
    kind: "terms",
    has: [...has, ...keepParticulars(before, said).has],
    lacks: [...lacks, ...said.lacks],
    closed: before.closed,
  };
}

/** Number and validity that were given before stay with a term that is named again without them. */
export function keepParticulars(
  before: Extract<FactValue, { kind: "terms" }>,
  said: Extract<FactValue, { kind: "terms" }>,
): Extract<FactValue, { kind: "terms" }> {
  const known = new Map(before.has.map((term) => [term.id, term]));
  const has = said.has.map((term) => {
    const old = known.get(term.id);
    const bare = term.certificate === undefined && term.validTo === undefined && term.lapsed === undefined;
    return old && bare ? { ...old, ...term } : term;
  });
  return { ...said, has };
}
