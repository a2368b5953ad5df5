import { type Actor, can, requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { EnterpriseRecord, EnterpriseStore } from "../../storage/index.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

/** In which capacity somebody sees an enterprise. */
export type Standing = "member" | "specialist" | "admin";

/** Undefined: not at all. An assignment counts only for who still is a specialist. */
export async function findStanding(
  store: Pick<EnterpriseStore, "membersOf" | "specialistsOf">,
  enterpriseId: string,
  by: Actor,
): Promise<Standing | undefined> {
  const members = await store.membersOf(enterpriseId);
  if (members.some(({ account }) => account === by.account)) return "member";
  if (by.roles.has("specialist") && (await store.specialistsOf(enterpriseId)).includes(by.account)) {
    return "specialist";
  }
  return can(by.roles, "read-enterprises") ? "admin" : undefined;
}

/**
 * The enterprise, for somebody who may see it; an admin's look is written down. Throws `forbidden`, and `not-found` only to
 * those who might see all: others learn nothing of what there is.
 */
export async function requireReadable(
  { store, audit, clock }: Pick<EnterpriseServiceOptions, "store" | "audit" | "clock">,
  enterpriseId: string,
  by: Actor,
): Promise<EnterpriseRecord> {
  const record = await store.get(enterpriseId);
  const standing = record && (await findStanding(store, enterpriseId, by));
  if (!record || !standing) throw record ? hidden(enterpriseId, by) : missing(enterpriseId, by);
  if (standing === "admin") {
    await audit.append({
      at: clock().toISOString(),
      actor: by.account,
      action: "enterprise.read",
      subject: `enterprise:${enterpriseId}`,
      reason: null,
      details: {},
    });
  }
  return record;
}

/** For changes: a member, or an admin by right; the store writes who it was. */
export async function requireChangeable(
  { store }: Pick<EnterpriseServiceOptions, "store">,
  enterpriseId: string,
  by: Actor,
): Promise<EnterpriseRecord> {
  const record = await store.get(enterpriseId);
  if (!record) throw missing(enterpriseId, by);
  if ((await findStanding(store, enterpriseId, by)) === "member") return record;
  if (!can(by.roles, "manage-enterprises")) throw hidden(enterpriseId, by);
  return record;
}

function missing(enterpriseId: string, by: Actor): AppError {
  if (!can(by.roles, "read-enterprises")) return hidden(enterpriseId, by);
  return new AppError({
    code: "not-found",
    message: `no enterprise ${enterpriseId}`,
    safeMessage: "没有这家企业的档案，可能已删除。请核对编号，或用名称、统一社会信用代码查找。",
  });
}

function hidden(enterpriseId: string, by: Actor): AppError {
  return new AppError({
    code: "forbidden",
    message: `${by.account} may not see enterprise ${enterpriseId}`,
    safeMessage:
      "抱歉，企业资料仅向本企业成员、负责的服务专员和管理员开放。如属贵企业，请先申请加入，由企业成员或管理员同意。",
  });
}

/** For what only administrators decide. */
export function requireAdmin(by: Actor): void {
  requireRight(by, "manage-enterprises");
}
