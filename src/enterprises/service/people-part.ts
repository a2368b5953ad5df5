import { type Actor, can, requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import { checkCreditCode } from "../identity/check-credit-code.ts";
import type { EnterpriseService } from "../types.ts";
import { requireAdmin, requireChangeable, requireReadable } from "./require-enterprise.ts";
import { type EnterpriseServiceOptions, toEnterprise } from "./service-parts.ts";

type PeoplePart = Pick<
  EnterpriseService,
  | "assignSpecialist"
  | "unassignSpecialist"
  | "requestToJoin"
  | "admit"
  | "removeMember"
  | "membersOf"
  | "list"
>;

const REQUEST_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export function createPeoplePart(options: EnterpriseServiceOptions): PeoplePart {
  const { store } = options;
  return {
    async assignSpecialist(enterpriseId, account, by, at) {
      requireAdmin(by);
      await requireChangeable(options, enterpriseId, by);
      await store.assignSpecialist(enterpriseId, account, at, { actor: by.account });
    },
    async unassignSpecialist(enterpriseId, account, by, at) {
      requireAdmin(by);
      await requireChangeable(options, enterpriseId, by);
      await store.unassignSpecialist(enterpriseId, account, at, { actor: by.account });
    },
    requestToJoin: (creditCode, by, at) => requestToJoin(options, creditCode, by, at),
    async admit(enterpriseId, account, by, at) {
      const record = await requireChangeable(options, enterpriseId, by);
      if (!can(by.roles, "manage-enterprises")) await requireRequest(options, enterpriseId, account, at);
      await store.addMember(enterpriseId, account, at, { actor: by.account });
      return toEnterprise(record);
    },
    async removeMember(enterpriseId, account, by, at) {
      await requireChangeable(options, enterpriseId, by);
      if (account !== by.account) requireAdmin(by);
      await store.removeMember(enterpriseId, account, at, { actor: by.account });
    },
    async membersOf(enterpriseId, by) {
      await requireReadable(options, enterpriseId, by);
      return (await store.membersOf(enterpriseId)).map(({ account }) => account);
    },
    list: (by, filter) => list(options, by, filter),
  };
}

/** A request stands among the dialogues: it is the asker's, and goes with their data or with the enterprise. */
function requestKey(enterpriseId: string, account: string): string {
  return `join/${enterpriseId}/${account}`;
}

async function requestToJoin(
  { store, audit }: EnterpriseServiceOptions,
  creditCode: string,
  by: Actor,
  at: Date,
): ReturnType<EnterpriseService["requestToJoin"]> {
  const check = checkCreditCode(creditCode);
  const holder = check.outcome === "none" ? undefined : await store.findByCreditCode(check.code);
  if (!holder) return { outcome: "unknown-code" };
  const { enterpriseId } = holder;
  const members = (await store.membersOf(enterpriseId)).map(({ account }) => account);
  if (members.includes(by.account)) return { outcome: "already-member", enterpriseId };
  const sessionKey = requestKey(enterpriseId, by.account);
  const before = await store.getDialogue(sessionKey);
  await store.saveDialogue({
    sessionKey,
    account: by.account,
    enterpriseId,
    state: { kind: "join-request" },
    updatedAt: at.toISOString(),
  });
  if (!before || isOver(before.updatedAt, at)) {
    await audit.append({
      at: at.toISOString(),
      actor: by.account,
      action: "enterprise.ask-to-join",
      subject: `enterprise:${enterpriseId}`,
      reason: null,
      details: {},
    });
  }
  return { outcome: "requested", enterpriseId, notify: members };
}

async function requireRequest(
  { store }: EnterpriseServiceOptions,
  enterpriseId: string,
  account: string,
  at: Date,
): Promise<void> {
  const request = await store.getDialogue(requestKey(enterpriseId, account));
  if (request && !isOver(request.updatedAt, at)) return;
  throw new AppError({
    code: "not-found",
    message: `${account} has not asked to join ${enterpriseId}`,
    safeMessage: `没有该账号的加入申请，或申请已超过${REQUEST_DAYS}天。请对方在私聊中发送企业的统一社会信用代码并申请加入，再由您同意。`,
  });
}

function isOver(requestedAt: string, at: Date): boolean {
  return at.getTime() - Date.parse(requestedAt) > REQUEST_DAYS * DAY_MS;
}

/** What was searched for is a company's name: the log keeps only that somebody searched. */
async function list(
  { store, audit, clock }: EnterpriseServiceOptions,
  by: Actor,
  filter: { search?: string; limit?: number } = {},
): ReturnType<EnterpriseService["list"]> {
  requireRight(by, "read-enterprises");
  const found = await store.list(filter);
  await audit.append({
    at: clock().toISOString(),
    actor: by.account,
    action: "enterprises.listed",
    subject: "enterprises",
    reason: null,
    details: { searched: filter.search !== undefined, found: found.length },
  });
  return found.map(toEnterprise);
}
