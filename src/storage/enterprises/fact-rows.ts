import { fromJson } from "../row-values.ts";
import type { FactRecord } from "../types.ts";

export interface FactRow {
  fact_id: number | string;
  enterprise_id: string;
  field: string;
  state: FactRecord["state"];
  reference: string;
  at: string;
  period: string | null;
  valid_to: string | null;
  confirmed_at: string | null;
  value: string;
  source: string;
}

export function toFactRecord(row: FactRow): FactRecord {
  return {
    factId: Number(row.fact_id),
    enterpriseId: row.enterprise_id,
    field: row.field,
    value: fromJson(row.value),
    source: fromJson(row.source),
    reference: row.reference,
    at: row.at,
    period: row.period,
    validTo: row.valid_to,
    confirmedAt: row.confirmed_at,
    state: row.state,
  };
}
