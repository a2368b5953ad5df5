import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { unlinkEnterprise } from "../tickets/unlink-enterprise.ts";
import type { ChangeOrigin } from "../types.ts";
import { enterpriseSubject, requireEnterprise } from "./enterprise-rows.ts";

/** Everything that hangs on an enterprise; tickets stay without it. A table that refers to enterprises and is missing here refuses the deletion. */
const TABLES = [
  "enterprise_facts",
  "enterprise_members",
  "enterprise_specialists",
  "chat_bindings",
  "dialogues",
  "stored_files",
  "subscriptions",
  "outreach_items",
  "reminders",
] as const;

export async function removeEnterprise(
  transaction: Knex.Transaction,
  enterpriseId: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<{ facts: number }> {
  const { enterprise_id } = await requireEnterprise(transaction, enterpriseId);
  const removed: Record<string, number> = {};
  for (const table of TABLES) removed[table] = await transaction(table).where({ enterprise_id }).delete();
  const tickets = await unlinkEnterprise(transaction, enterprise_id);
  await transaction("enterprises").where({ enterprise_id }).delete();
  const subject = enterpriseSubject(enterprise_id);
  await appendAudit(
    transaction,
    describeChange("enterprise.remove", subject, { removed, tickets }, at, origin),
  );
  return { facts: removed["enterprise_facts"] ?? 0 };
}
