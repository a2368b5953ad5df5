import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { toText } from "../row-values.ts";
import type { EnterpriseRecord } from "../types.ts";

export interface EnterpriseRow {
  enterprise_id: string;
  name: string | null;
  credit_code: string | null;
  created_by: string;
  created_at: string;
  updated_at: string;
}

export function toEnterpriseRecord(row: EnterpriseRow): EnterpriseRecord {
  return {
    enterpriseId: row.enterprise_id,
    name: row.name,
    creditCode: row.credit_code,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** What the log calls an enterprise: its id, which says nothing of it. */
export function enterpriseSubject(enterpriseId: string): string {
  return `enterprise:${enterpriseId}`;
}

/** Throws `not-found`: what was deleted in between takes nothing more. Whoever calls holds the lock of changes. */
export async function requireEnterprise(
  transaction: Knex.Transaction,
  enterpriseId: string,
): Promise<EnterpriseRow> {
  const row: EnterpriseRow | undefined = await transaction("enterprises")
    .where("enterprise_id", toText(enterpriseId))
    .first();
  if (row) return row;
  throw new AppError({
    code: "not-found",
    message: `enterprise ${enterpriseId} does not exist`,
    safeMessage: "没有找到这份企业档案，可能已被删除。请重新介绍贵企业的情况，系统会新建档案。",
  });
}
