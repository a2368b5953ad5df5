import type { Actor } from "../../access/index.ts";
import type { EnterpriseRecord } from "../../storage/index.ts";
import type { EnterpriseService } from "../types.ts";
import { findStanding } from "./require-enterprise.ts";
import { type EnterpriseServiceOptions, toEnterprise } from "./service-parts.ts";

type CurrentPart = Pick<EnterpriseService, "current" | "find" | "listMine">;

export function createCurrent(options: EnterpriseServiceOptions): CurrentPart {
  const { store, ids } = options;
  /** One process writes: two messages of a person at the same moment must not make two drafts. */
  const making = new Map<string, Promise<EnterpriseRecord>>();

  async function findOrMake(account: string, at: Date): Promise<EnterpriseRecord> {
    const [own] = await store.enterprisesOf(account);
    const draft = { enterpriseId: ids(), name: null, creditCode: null };
    return own ?? (await store.create(draft, account, at, { actor: account }));
  }

  return {
    async current(by, chat, at) {
      const bound = await findBound(options, by, chat);
      if (bound) return toEnterprise(bound);
      const running = making.get(by.account) ?? findOrMake(by.account, at);
      making.set(by.account, running);
      try {
        return toEnterprise(await running);
      } finally {
        making.delete(by.account);
      }
    },
    async find(by, chat) {
      const found = (await findBound(options, by, chat)) ?? (await store.enterprisesOf(by.account))[0];
      return found && toEnterprise(found);
    },
    async listMine(by) {
      const own = await store.enterprisesOf(by.account);
      const assigned = by.roles.has("specialist") ? await store.assignedTo(by.account) : [];
      const all = new Map([...own, ...assigned].map((record) => [record.enterpriseId, record]));
      return [...all.values()].map(toEnterprise);
    },
  };
}

/** A group's enterprise counts for its members only: who else sits in the group speaks for themselves. */
async function findBound(
  { store }: EnterpriseServiceOptions,
  by: Actor,
  chat: string | null,
): Promise<EnterpriseRecord | undefined> {
  const bound = chat === null ? undefined : await store.boundTo(chat);
  if (!bound) return undefined;
  return (await findStanding(store, bound.enterpriseId, by)) === "member" ? bound : undefined;
}
