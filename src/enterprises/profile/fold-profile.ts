import { toShanghaiDay } from "../../shared/index.ts";
import type { FactRecord } from "../../storage/index.ts";
import type { Fact, FactSource, FactValue, FieldId, Profile, ProfileField } from "../types.ts";
import { addMonths } from "./add-months.ts";
import { canBothHold } from "./compare-values.ts";
import { isConfirmedTerm, markLapsed } from "./held-terms.ts";

/**
 * What the stored facts say on a day (`YYYY-MM-DD`, Asia/Shanghai). Facts of fields that the lexicon does not have any more
 * are left out. Pure.
 */
export function foldProfile(
  records: readonly FactRecord[],
  fields: ReadonlyMap<FieldId, ProfileField>,
  today: string,
): Profile {
  const facts = new Map<FieldId, Fact>();
  const stale: Fact[] = [];
  const conflicts: { field: FieldId; counted: Fact; other: Fact }[] = [];
  const byField = Map.groupBy(
    records.filter(({ state }) => state !== "replaced"),
    ({ field }) => field,
  );
  for (const [id, field] of fields) {
    const ranked = (byField.get(id) ?? []).toSorted(byWeight);
    const read = ranked.map((record) => readFact(record, field, today));
    const [counted, ...others] = read.filter((fact) => !isOver(fact, today));
    if (!counted) {
      stale.push(...read.slice(0, 1));
      continue;
    }
    facts.set(id, counted);
    for (const other of others) {
      if (!canBothHold(counted.value, other.value)) conflicts.push({ field: id, counted, other });
    }
  }
  return { enterpriseId: records[0]?.enterpriseId ?? null, facts, stale, conflicts };
}

/** The current one first, then the newest. */
function byWeight(a: FactRecord, b: FactRecord): number {
  const current = Number(b.state === "current") - Number(a.state === "current");
  return current === 0 ? b.factId - a.factId : current;
}

function isOver({ validTo }: Fact, today: string): boolean {
  return validTo !== null && validTo <= today;
}

function readFact(record: FactRecord, field: ProfileField, today: string): Fact {
  const value = markLapsed(readValue(record.value), today);
  const confirmed = record.confirmedAt !== null && !(isCertificate(field) && hasBareTerm(value));
  const source = readSource(record.source);
  const { at, period } = record;
  return { field: record.field, value, source, at, period, validTo: findEnd(record, field), confirmed };
}

function isCertificate({ vocabulary }: ProfileField): boolean {
  return vocabulary === "qualifications";
}

function hasBareTerm(value: FactValue): boolean {
  return value.kind === "terms" && value.has.some((term) => term.lapsed !== true && !isConfirmedTerm(term));
}

/** First day on which it no longer counts: its own, or the one on which it is too old. */
function findEnd(record: FactRecord, field: ProfileField): string | null {
  const aged =
    field.staleAfterMonths === null ? null : addMonths(countedFrom(record, field), field.staleAfterMonths);
  if (record.validTo === null || aged === null) return record.validTo ?? aged;
  return record.validTo < aged ? record.validTo : aged;
}

/** Figures of a year long past are old, however lately they were said. */
function countedFrom({ at, confirmedAt, period, value }: FactRecord, { kind }: ProfileField): string {
  const said = toShanghaiDay(new Date(confirmedAt !== null && confirmedAt > at ? confirmedAt : at));
  const end = kind === "number" && readValue(value).kind === "number" ? endOfPeriod(period) : undefined;
  return end !== undefined && end < said ? end : said;
}

/** `2025` → 2026-01-01, `2025-06` → 2025-07-01. */
function endOfPeriod(period: string | null): string | undefined {
  const [, year, month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(period ?? "") ?? [];
  if (year === undefined) return undefined;
  return month === undefined ? addMonths(`${year}-01-01`, 12) : addMonths(`${year}-${month}-01`, 1);
}

/** What stands in the database was checked when it was written. */
function readValue(value: unknown): FactValue {
  return value as FactValue;
}

function readSource(source: unknown): FactSource {
  return source as FactSource;
}
