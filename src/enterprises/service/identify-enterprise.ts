import { type Actor, can } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { EnterpriseRecord, NewFact } from "../../storage/index.ts";
import { checkCreditCode, hasCreditCodeShape } from "../identity/check-credit-code.ts";
import type { EnterpriseService } from "../types.ts";
import { otherCode } from "./record-facts.ts";
import { requireChangeable } from "./require-enterprise.ts";
import { type EnterpriseServiceOptions, toEnterprise } from "./service-parts.ts";

const MAX_NAME = 100;

/** Name and code as people have confirmed them. A code of another enterprise makes nobody its member. */
export function createIdentify(options: EnterpriseServiceOptions): Pick<EnterpriseService, "rename"> {
  const { store } = options;
  return {
    async rename(enterpriseId, identity, by, at) {
      const before = await requireChangeable(options, enterpriseId, by);
      const name = identity.name === undefined ? undefined : readName(identity.name);
      const creditCode = identity.creditCode === undefined ? undefined : readCode(identity.creditCode);
      if (creditCode !== undefined) await requireFreeCode(options, before, creditCode, by);
      const given = { ...(name !== undefined && { name }), ...(creditCode !== undefined && { creditCode }) };
      const origin = { actor: by.account };
      const after = await store.rename(enterpriseId, given, at, origin);
      await store.addFacts(
        enterpriseId,
        identityFacts(given, `identity:${options.ids()}`, by, at),
        at,
        origin,
      );
      return toEnterprise(after);
    },
  };
}

function readName(text: string): string {
  const name = text.normalize("NFKC").replace(/\s+/g, " ").trim();
  if (name.length < 2 || name.length > MAX_NAME) {
    throw new AppError({
      code: "unusable-input",
      message: `a name of ${name.length} characters`,
      safeMessage: `企业名称应为2至${MAX_NAME}个字。请按营业执照上的全称重新填写。`,
    });
  }
  return name.replace(/\(/g, "（").replace(/\)/g, "）");
}

/** A doubtful code may be kept by who has seen the doubt and insists; what has not the shape of a code may not. */
function readCode(text: string): string {
  const check = checkCreditCode(text);
  if (check.outcome === "sound") return check.code;
  if (check.outcome === "doubtful" && hasCreditCodeShape(check.code)) return check.code;
  const why = check.outcome === "doubtful" ? check.why : "没有读到代码";
  throw new AppError({
    code: "unusable-input",
    message: "no unified social credit code",
    safeMessage: `统一社会信用代码未记入：${why}。请对照营业执照核对18位代码后重新发送。`,
  });
}

/** Changing a code that is confirmed already is a new identity: for a person alone, or an admin. */
async function requireFreeCode(
  { store }: EnterpriseServiceOptions,
  { enterpriseId, creditCode }: EnterpriseRecord,
  code: string,
  by: Actor,
): Promise<void> {
  if (creditCode === code) return;
  const holder = await store.findByCreditCode(code);
  if (holder && holder.enterpriseId !== enterpriseId) throw takenCode(enterpriseId);
  if (creditCode === null || can(by.roles, "manage-enterprises")) return;
  const [members, chats] = [await store.membersOf(enterpriseId), await store.chatsOf(enterpriseId)];
  if (members.length > 1 || chats.length > 0) throw otherCode(enterpriseId);
}

function takenCode(enterpriseId: string): AppError {
  return new AppError({
    code: "conflict",
    message: `the credit code given for ${enterpriseId} is registered already`,
    safeMessage:
      "该统一社会信用代码已在本系统登记。代码是公开信息，仅凭代码不能查看或修改该企业的资料。如属贵企业，请申请加入，由已登记的同事或管理员同意；如代码有误，请核对后重新发送。",
  });
}

function identityFacts(
  { name, creditCode }: { name?: string; creditCode?: string },
  reference: string,
  by: Actor,
  at: Date,
): NewFact[] {
  const stamp = at.toISOString();
  const given = [
    ...(name === undefined ? [] : [["name", name] as const]),
    ...(creditCode === undefined ? [] : [["credit-code", creditCode] as const]),
  ];
  return given.map(([field, text]) => ({
    field,
    value: { kind: "text", text },
    source: { kind: "card", by: by.account, reference, words: text },
    reference,
    at: stamp,
    period: null,
    validTo: null,
    state: "current",
    confirmedAt: stamp,
  }));
}
