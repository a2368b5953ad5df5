import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toJson, toText } from "../row-values.ts";
import type { ChangeOrigin, EnterpriseStore } from "../types.ts";

export function createForgetting({ write }: Database): Pick<EnterpriseStore, "forgetAccount"> {
  return {
    forgetAccount: (account, instead, at, origin) =>
      changeWithin(write, (transaction) => forget(transaction, toText(account), instead, at, origin)),
  };
}

async function forget(
  transaction: Knex.Transaction,
  account: string,
  instead: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<{ facts: number }> {
  const facts = await renameSources(transaction, account, instead);
  await transaction("enterprises").where("created_by", account).update({ created_by: instead });
  const removed: Record<string, number> = {};
  for (const table of ["enterprise_members", "enterprise_specialists", "dialogues", "stored_files"]) {
    removed[table] = await transaction(table).where({ account }).delete();
  }
  const entry = describeChange("account.forget", `account:${account}`, { facts, removed }, at, origin);
  await appendAudit(transaction, entry);
  return { facts };
}

/** Facts that count for others stay; history included, whoever's enterprise it is. */
async function renameSources(
  transaction: Knex.Transaction,
  account: string,
  instead: string,
): Promise<number> {
  const written = `%"by":${toJson(account).replaceAll(/[\\%_]/g, "\\$&")}%`;
  const rows: { fact_id: number | string; source: string }[] = await transaction("enterprise_facts")
    .whereRaw("source like ? escape '\\'", [written])
    .select("fact_id", "source");
  let changed = 0;
  for (const row of rows) {
    const source = fromJson<Record<string, unknown>>(row.source);
    if (source["by"] !== account) continue;
    await transaction("enterprise_facts")
      .where("fact_id", row.fact_id)
      .update({ source: toJson({ ...source, by: instead }) });
    changed += 1;
  }
  return changed;
}
