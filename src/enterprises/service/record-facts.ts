import type { Actor } from "../../access/index.ts";
import { AppError, toShanghaiDay } from "../../shared/index.ts";
import type { EnterpriseRecord, FactRecord, NewFact } from "../../storage/index.ts";
import { checkCreditCode } from "../identity/check-credit-code.ts";
import { foldProfile } from "../profile/fold-profile.ts";
import { joinSaid, type SaidFact, weighFact } from "../profile/weigh-fact.ts";
import type { EnterpriseService, FactSource, Profile } from "../types.ts";
import { requireChangeable, requireReadable } from "./require-enterprise.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

type FactsPart = Pick<EnterpriseService, "profile" | "record" | "confirm" | "forget">;

export function createFactsPart(options: EnterpriseServiceOptions): FactsPart {
  const { store } = options;
  return {
    async profile(enterpriseId, by, today) {
      await requireReadable(options, enterpriseId, by);
      return readProfile(options, enterpriseId, today);
    },
    async record(enterpriseId, facts, source, by, at) {
      const enterprise = await requireChangeable(options, enterpriseId, by);
      await writeFacts(options, enterprise, facts, source, by, at);
      return readProfile(options, enterpriseId, toShanghaiDay(at));
    },
    async confirm(enterpriseId, by, at) {
      await requireChangeable(options, enterpriseId, by);
      await store.confirmFacts(enterpriseId, at, { actor: by.account });
      return readProfile(options, enterpriseId, toShanghaiDay(at));
    },
    async forget(enterpriseId, field, by, at) {
      await requireChangeable(options, enterpriseId, by);
      await store.removeField(enterpriseId, field, at, { actor: by.account });
      return readProfile(options, enterpriseId, toShanghaiDay(at));
    },
  };
}

export async function readProfile(
  { store, lexicon }: EnterpriseServiceOptions,
  enterpriseId: string,
  today: string,
): Promise<Profile> {
  const profile = foldProfile(await store.factsOf(enterpriseId), lexicon.fields, today);
  return { ...profile, enterpriseId };
}

/** Returns how many facts are new. All of them or, when one cannot be, none. */
export async function writeFacts(
  { store, lexicon }: EnterpriseServiceOptions,
  enterprise: EnterpriseRecord,
  facts: readonly SaidFact[],
  source: Omit<FactSource, "words">,
  by: Actor,
  at: Date,
): Promise<number> {
  requireOwnCode(enterprise, facts);
  const { enterpriseId } = enterprise;
  const present = currentFacts(await store.factsOf(enterpriseId), lexicon, toShanghaiDay(at));
  const writing: NewFact[] = [];
  const keep: string[] = [];
  for (const said of joinSaid(facts)) {
    const field = lexicon.fields.get(said.field);
    if (!field) throw unknownField(said.field);
    const weighed = weighFact(said, source, present.get(said.field), field, at);
    if (!weighed) continue;
    writing.push(weighed.fact);
    if (weighed.keepsFormer) keep.push(said.field);
  }
  if (writing.length === 0) return 0;
  const written = await store.addFacts(enterpriseId, writing, at, { actor: by.account }, keep);
  const name = written.find(({ field, state }) => field === "name" && state === "current");
  if (name && enterprise.name === null) await adoptName(store, enterpriseId, name, by, at);
  return written.length;
}

/** What counts today; what is out of date is displaced by anything newer. */
function currentFacts(
  records: readonly FactRecord[],
  { fields }: EnterpriseServiceOptions["lexicon"],
  today: string,
): Map<string, FactRecord> {
  const { stale } = foldProfile(records, fields, today);
  const old = new Set(stale.map(({ field }) => field));
  return new Map(
    records
      .filter(({ state, field }) => state === "current" && !old.has(field))
      .map((record) => [record.field, record]),
  );
}

/** A draft gets the first name that it is called by; later ones are for `rename`. */
async function adoptName(
  store: EnterpriseServiceOptions["store"],
  enterpriseId: string,
  { value }: FactRecord,
  by: Actor,
  at: Date,
): Promise<void> {
  const name = (value as { text?: unknown }).text;
  if (typeof name !== "string" || name.trim() === "") return;
  await store.rename(enterpriseId, { name: name.trim() }, at, { actor: by.account });
}

/** What is said of another company must not land in this one's profile. */
function requireOwnCode({ creditCode, enterpriseId }: EnterpriseRecord, facts: readonly SaidFact[]): void {
  if (creditCode === null) return;
  for (const { field, value } of facts) {
    if (field !== "credit-code" || value.kind !== "text") continue;
    const said = checkCreditCode(value.text);
    if (said.outcome === "sound" && said.code !== creditCode) throw otherCode(enterpriseId);
  }
}

export function otherCode(enterpriseId: string): AppError {
  return new AppError({
    code: "conflict",
    message: `a credit code of another enterprise was said for ${enterpriseId}`,
    safeMessage:
      "您发来的统一社会信用代码与本企业已确认的代码不一致，本次内容未记入。如为笔误，请核对后重发；如要为另一家企业办理，请在与我的私聊中说明，或到该企业绑定的群里提问；如本企业代码有变更，请联系管理员更正。",
  });
}

function unknownField(field: string): AppError {
  return new AppError({
    code: "unusable-input",
    message: `unknown profile field ${field}`,
    safeMessage: `没有名为“${field}”的画像字段，本次内容未记入。请核对字段名称后重试。`,
  });
}
