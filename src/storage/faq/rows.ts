import { fromJson } from "../row-values.ts";
import type { FaqRecord } from "../types.ts";

export interface FaqRow {
  faq_id: string;
  revision: number;
  state: FaqRecord["state"];
  created_by: string;
  created_at: string;
  published_at: string | null;
  retired_at: string | null;
  /** JSON. */
  content: string;
}

export function toFaqRecord(row: FaqRow): FaqRecord {
  return {
    faqId: row.faq_id,
    revision: row.revision,
    state: row.state,
    content: fromJson(row.content),
    createdBy: row.created_by,
    createdAt: row.created_at,
    publishedAt: row.published_at,
    retiredAt: row.retired_at,
  };
}
