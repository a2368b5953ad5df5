import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, EnterpriseRecord, EnterpriseStore } from "../types.ts";
import {
  type EnterpriseRow,
  enterpriseSubject,
  requireEnterprise,
  toEnterpriseRecord,
} from "./enterprise-rows.ts";
import { addPerson } from "./people.ts";
import { removeEnterprise } from "./remove-enterprise.ts";

const DEFAULT_LIMIT = 100;

type IdentityPart = Pick<
  EnterpriseStore,
  "create" | "get" | "findByCreditCode" | "list" | "eachBatch" | "rename" | "remove"
>;

export function createIdentity({ read, write }: Database): IdentityPart {
  return {
    create: (enterprise, member, at, origin) =>
      changeWithin(write, (transaction) => create(transaction, enterprise, member, at, origin)),
    async get(enterpriseId) {
      const key = { enterprise_id: toText(enterpriseId) };
      const row: EnterpriseRow | undefined = await read("enterprises").where(key).first();
      return row && toEnterpriseRecord(row);
    },
    async findByCreditCode(creditCode) {
      const key = { credit_code: toText(creditCode) };
      const row: EnterpriseRow | undefined = await read("enterprises").where(key).first();
      return row && toEnterpriseRecord(row);
    },
    list: ({ search, limit = DEFAULT_LIMIT } = {}) => list(read, search, limit),
    async eachBatch(afterId, size) {
      const query = read<EnterpriseRow>("enterprises").orderBy("enterprise_id").limit(size);
      if (afterId !== null) query.where("enterprise_id", ">", toText(afterId));
      const rows: EnterpriseRow[] = await query;
      return rows.map(toEnterpriseRecord);
    },
    rename: (enterpriseId, identity, at, origin) =>
      changeWithin(write, (transaction) => rename(transaction, enterpriseId, identity, at, origin)),
    remove: (enterpriseId, at, origin) =>
      changeWithin(write, (transaction) => removeEnterprise(transaction, enterpriseId, at, origin)),
  };
}

async function create(
  transaction: Knex.Transaction,
  enterprise: Parameters<EnterpriseStore["create"]>[0],
  member: string | null,
  at: Date,
  origin: ChangeOrigin,
): Promise<EnterpriseRecord> {
  const instant = toInstant(at);
  const row: EnterpriseRow = {
    enterprise_id: toText(enterprise.enterpriseId),
    name: toOptionalText(enterprise.name),
    credit_code: toOptionalText(enterprise.creditCode),
    created_by: toText(origin.actor),
    created_at: instant,
    updated_at: instant,
  };
  if (row.credit_code !== null) await requireFreeCode(transaction, row.credit_code, row.enterprise_id);
  await transaction("enterprises").insert(row);
  if (member !== null) await addPerson(transaction, "enterprise_members", row.enterprise_id, member, at);
  const facts = { member, fields: givenFields(enterprise) };
  const subject = enterpriseSubject(row.enterprise_id);
  await appendAudit(transaction, describeChange("enterprise.create", subject, facts, at, origin));
  return toEnterpriseRecord(row);
}

/** Newest first. */
async function list(read: Knex, search: string | undefined, limit: number): Promise<EnterpriseRecord[]> {
  const query = read<EnterpriseRow>("enterprises")
    .orderBy([
      { column: "created_at", order: "desc" },
      { column: "enterprise_id", order: "desc" },
    ])
    .limit(limit);
  const wanted = toText(search ?? "")
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, "\\$&");
  if (wanted !== "") {
    query.whereRaw("(lower(name) like ? escape '\\' or lower(credit_code) like ? escape '\\')", [
      `%${wanted}%`,
      `${wanted}%`,
    ]);
  }
  const rows: EnterpriseRow[] = await query;
  return rows.map(toEnterpriseRecord);
}

async function rename(
  transaction: Knex.Transaction,
  enterpriseId: string,
  identity: Parameters<EnterpriseStore["rename"]>[1],
  at: Date,
  origin: ChangeOrigin,
): Promise<EnterpriseRecord> {
  const before = await requireEnterprise(transaction, enterpriseId);
  const after: EnterpriseRow = {
    ...before,
    ...(identity.name !== undefined && { name: toText(identity.name) }),
    ...(identity.creditCode !== undefined && { credit_code: toOptionalText(identity.creditCode) }),
  };
  const fields = [
    ...(after.name === before.name ? [] : ["name"]),
    ...(after.credit_code === before.credit_code ? [] : ["creditCode"]),
  ];
  if (fields.length === 0) return toEnterpriseRecord(before);
  if (after.credit_code !== null) await requireFreeCode(transaction, after.credit_code, after.enterprise_id);
  after.updated_at = toInstant(at);
  await transaction("enterprises").where("enterprise_id", after.enterprise_id).update(after);
  const subject = enterpriseSubject(after.enterprise_id);
  await appendAudit(transaction, describeChange("enterprise.identify", subject, { fields }, at, origin));
  return toEnterpriseRecord(after);
}

function givenFields({ name, creditCode }: { name: string | null; creditCode: string | null }): string[] {
  return [...(name === null ? [] : ["name"]), ...(creditCode === null ? [] : ["creditCode"])];
}

/** Says nothing of whose code it is. */
async function requireFreeCode(
  transaction: Knex.Transaction,
  code: string,
  enterpriseId: string,
): Promise<void> {
  const holder: { enterprise_id: string } | undefined = await transaction("enterprises")
    .where("credit_code", code)
    .first("enterprise_id");
  if (!holder || holder.enterprise_id === enterpriseId) return;
  throw new AppError({
    code: "conflict",
    message: `the credit code of ${enterpriseId} is that of another enterprise`,
    safeMessage:
      "该统一社会信用代码已登记在另一份企业档案中，本次没有写入。请核对代码；如确为贵企业，请联系管理员加入该档案。",
  });
}
