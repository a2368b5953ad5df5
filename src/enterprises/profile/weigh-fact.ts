import type { FactRecord, NewFact } from "../../storage/index.ts";
import type { FactSource, FactSourceKind, FactValue, ProfileField, ReadFact } from "../types.ts";
import { canBothHold, isNarrower, sameValue } from "./compare-values.ts";
import { addTerms, keepParticulars } from "./held-terms.ts";

export type SaidFact = Pick<ReadFact, "field" | "value" | "period" | "words" | "correction">;

/** Confirmed card > form > chat > file > api. A clause is read from a document that somebody handed in. */
const STRENGTH: Readonly<Record<FactSourceKind, number>> = {
  card: 5,
  form: 4,
  chat: 3,
  file: 2,
  clause: 2,
  api: 1,
};

export interface WeighedFact {
  fact: NewFact;
  /** The one that counted until now stays beside it, to be shown. */
  keepsFormer: boolean;
}

/**
 * What becomes of something said, given what counts now (`current`, absent when nothing does or when it is out of date).
 * Undefined: it says nothing that is not known.
 */
export function weighFact(
  said: SaidFact,
  source: Omit<FactSource, "words">,
  current: FactRecord | undefined,
  field: ProfileField,
  at: Date,
): WeighedFact | undefined {
  const before = current ? (current.value as FactValue) : undefined;
  const weaker = current !== undefined && strengthOf(current) > STRENGTH[source.kind];
  const value = before ? joinValues(before, said, !weaker && WHOLE.has(source.kind)) : said.value;
  const write = (state: NewFact["state"], keepsFormer = false): WeighedFact => ({
    fact: toNewFact({ ...said, value }, source, state, at),
    keepsFormer,
  });
  if (!current || !before || before.kind === "declined") return write("current");
  if (said.value.kind === "declined") return said.correction ? write("current") : undefined;
  if (said.correction) return write("current");
  if (sameValue(before, value)) return weaker ? undefined : write("current");
  if (weaker) {
    if (isNarrower(value, before) || isAddition(said, field)) return write("current");
    return write(canBothHold(before, value) ? "replaced" : "conflicting");
  }
  const other = (current.source as FactSource).by !== source.by;
  return write("current", other && !canBothHold(before, value));
}

function strengthOf(record: FactRecord): number {
  return record.confirmedAt !== null ? STRENGTH.card : STRENGTH[(record.source as FactSource).kind];
}

/** In talk and in lists things are added; a form shows all there is and is sent back whole. */
const WHOLE: ReadonlySet<FactSourceKind> = new Set(["form", "card", "api"]);

function joinValues(before: FactValue, said: SaidFact, whole: boolean): FactValue {
  if (before.kind !== "terms" || said.value.kind !== "terms") return said.value;
  return whole || said.correction ? keepParticulars(before, said.value) : addTerms(before, said.value);
}

/** One fact a field, since a message is one source: terms come together, of other kinds the last said counts. */
export function joinSaid(facts: readonly SaidFact[]): SaidFact[] {
  const joined = new Map<string, SaidFact>();
  for (const fact of facts) {
    const before = joined.get(fact.field);
    const terms = before?.value.kind === "terms" && fact.value.kind === "terms";
    joined.set(fact.field, before && terms ? joinTwo(before, fact) : fact);
  }
  return [...joined.values()];
}

function joinTwo(one: SaidFact, other: SaidFact): SaidFact {
  if (one.value.kind !== "terms" || other.value.kind !== "terms") return other;
  const value = addTerms(one.value, { ...other.value, closed: false });
  return {
    ...other,
    value: { ...value, closed: one.value.closed || other.value.closed },
    words: one.words === other.words ? one.words : `${one.words}；${other.words}`,
    correction: one.correction || other.correction,
  };
}

/** “我们还做…” takes nothing back of what a stronger source said. */
function isAddition({ value }: SaidFact, { kind }: ProfileField): boolean {
  return kind === "terms" && value.kind === "terms" && !value.closed && value.lacks.length === 0;
}

/** As the first that is ever said of something. */
export function toNewFact(
  { field, value, period, words }: SaidFact,
  source: Omit<FactSource, "words">,
  state: NewFact["state"],
  at: Date,
): NewFact {
  const full: FactSource = { ...source, words };
  return {
    field,
    value,
    source: full,
    reference: source.reference,
    at: at.toISOString(),
    period,
    validTo: null,
    state,
    ...(source.kind === "card" && { confirmedAt: at.toISOString() }),
  };
}
