import type { Knex } from "knex";
import { fromJson, toJson } from "../row-values.ts";

/** The ticket's JSON without what it shows of the enterprise. */
export function withoutEnterprise(content: unknown): unknown {
  if (typeof content !== "object" || content === null) return content;
  return { ...content, enterpriseId: null, enterprise: null };
}

/**
 * An enterprise goes, its people's tickets stay. Each is one revision further, so that cards are drawn anew without it and
 * a change decided before is stale. Returns how many; whoever calls holds the lock of changes.
 */
export async function unlinkEnterprise(transaction: Knex.Transaction, enterpriseId: string): Promise<number> {
  const rows: { ticket_id: string; revision: number; content: string }[] = await transaction("tickets")
    .where("enterprise_id", enterpriseId)
    .select("ticket_id", "revision", "content");
  for (const row of rows) {
    const content = withoutEnterprise(fromJson(row.content));
    await rewriteTicket(transaction, row, content, { enterprise_id: null });
  }
  return rows.length;
}

/** Outside of triage's own changes: what must go, without an entry in the ticket's log. */
export async function rewriteTicket(
  transaction: Knex.Transaction,
  { ticket_id, revision }: { ticket_id: string; revision: number },
  content: unknown,
  columns: Readonly<Record<string, string | null>>,
): Promise<void> {
  const next = revision + 1;
  const told = typeof content === "object" && content !== null ? { ...content, revision: next } : content;
  await transaction("tickets")
    .where({ ticket_id })
    .update({ ...columns, revision: next, content: toJson(told) });
  await transaction("ticket_cards").where({ ticket_id }).update({ ticket_revision: next });
}
