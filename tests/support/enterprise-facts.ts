import type { FactSourceKind, FactValue } from "../../src/enterprises/index.ts";
import type { FactRecord } from "../../src/storage/index.ts";

let next = 0;

/** A stored fact as a test needs it; whatever is not said is plain. */
export function makeFactRecord(
  field: string,
  value: FactValue,
  rest: Partial<FactRecord> & { kind?: FactSourceKind; by?: string; words?: string } = {},
): FactRecord {
  next += 1;
  const { kind = "chat", by = "feishu:ou_a", words = "", ...given } = rest;
  const reference = `message-${next}`;
  return {
    factId: next,
    enterpriseId: "e-1",
    field,
    value,
    source: { kind, by, reference, words },
    reference,
    at: "2026-01-15T02:00:00.000Z",
    period: null,
    validTo: null,
    confirmedAt: null,
    state: "current",
    ...given,
  };
}

export function exactly(amount: number): FactValue {
  return { kind: "number", min: amount, max: amount };
}

export function between(min: number | null, max: number | null): FactValue {
  return { kind: "number", min, max };
}

export function holding(...has: Extract<FactValue, { kind: "terms" }>["has"]): FactValue {
  return { kind: "terms", has, lacks: [], closed: false };
}
