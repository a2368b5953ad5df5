import type { Actor } from "../../access/index.ts";
import { DELETED_ACCOUNT } from "../words/describe-profile.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

/**
 * Enterprises that are theirs alone go whole; of shared ones they leave, and what they said stays without their name. Every
 * step can be done again: what a crash leaves behind goes with the next request.
 */
export async function deleteData(
  { store, conversation, outreach }: EnterpriseServiceOptions,
  by: Actor,
  at: Date,
): Promise<{ enterprises: number; facts: number; turns: number }> {
  const origin = { actor: by.account };
  let enterprises = 0;
  let facts = 0;
  for (const { enterpriseId } of await store.enterprisesOf(by.account)) {
    const members = await store.membersOf(enterpriseId);
    if (members.some(({ account }) => account !== by.account)) continue;
    facts += (await store.remove(enterpriseId, at, origin)).facts;
    enterprises += 1;
  }
  await outreach.removeAccount(by.account, at, origin);
  await store.forgetAccount(by.account, DELETED_ACCOUNT, at, origin);
  const turns = await conversation.eraseUser(...splitAccount(by.account));
  return { enterprises, facts, turns };
}

/** `feishu:ou_…` → its channel and the user there. */
export function splitAccount(account: string): [channel: string, userId: string] {
  const colon = account.indexOf(":");
  return colon < 0 ? ["", account] : [account.slice(0, colon), account.slice(colon + 1)];
}
