import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { AccessStore, ChangeOrigin, RoleBinding } from "../types.ts";

interface BindingRow {
  account: string;
  role: string;
  granted_by: string;
  granted_at: string;
}

/** The role without which nobody could grant anything any more. */
const ADMIN = "admin";

type RolesPart = Pick<AccessStore, "rolesOf" | "listBindings" | "grantRole" | "revokeRole">;

export function createRoles({ read, write }: Database): RolesPart {
  return {
    async rolesOf(account) {
      return read("role_bindings").where("account", toText(account)).orderBy("role").pluck("role");
    },
    async listBindings(role) {
      const query = read<BindingRow>("role_bindings").orderBy(["account", "role"]);
      if (role !== undefined) query.where("role", toText(role));
      const rows: BindingRow[] = await query;
      return rows.map(toRoleBinding);
    },
    grantRole: (account, role, at, origin) =>
      changeWithin(write, (transaction) => grant(transaction, account, role, at, origin)),
    revokeRole: (account, role, at, origin) =>
      changeWithin(write, (transaction) => revoke(transaction, account, role, at, origin)),
  };
}

async function grant(
  transaction: Knex.Transaction,
  account: string,
  role: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<boolean> {
  const written: unknown[] = await transaction("role_bindings")
    .insert({
      account: toText(account),
      role: toText(role),
      granted_by: toText(origin.actor),
      granted_at: toInstant(at),
    })
    .onConflict(["account", "role"])
    .ignore()
    .returning("role");
  if (written.length === 0) return false;
  await appendAudit(transaction, describeChange("role.granted", `account:${account}`, { role }, at, origin));
  return true;
}

async function revoke(
  transaction: Knex.Transaction,
  account: string,
  role: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<boolean> {
  const removed = await transaction("role_bindings")
    .where({ account: toText(account), role: toText(role) })
    .delete();
  if (removed === 0) return false;
  if (role === ADMIN) await requireAdmin(transaction);
  await appendAudit(transaction, describeChange("role.revoked", `account:${account}`, { role }, at, origin));
  return true;
}

async function requireAdmin(transaction: Knex.Transaction): Promise<void> {
  const other: unknown = await transaction("role_bindings").where("role", ADMIN).first("account");
  if (other) return;
  throw new AppError({
    code: "conflict",
    message: "the last admin cannot be removed",
    safeMessage: "这是最后一位管理员，不能撤销。请先授予另一账号管理员角色，再撤销此账号。",
  });
}

function toRoleBinding(row: BindingRow): RoleBinding {
  return {
    account: row.account,
    role: row.role,
    grantedBy: row.granted_by,
    grantedAt: row.granted_at,
  };
}
