import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { ChangeOrigin, EnterpriseRecord, EnterpriseStore } from "../types.ts";
import {
  type EnterpriseRow,
  enterpriseSubject,
  requireEnterprise,
  toEnterpriseRecord,
} from "./enterprise-rows.ts";

type PeopleTable = "enterprise_members" | "enterprise_specialists";

interface PersonRow {
  enterprise_id: string;
  account: string;
  since: string;
}

type PeoplePart = Pick<
  EnterpriseStore,
  | "enterprisesOf"
  | "membersOf"
  | "addMember"
  | "removeMember"
  | "specialistsOf"
  | "assignedTo"
  | "assignSpecialist"
  | "unassignSpecialist"
>;

export function createPeople({ read, write }: Database): PeoplePart {
  const add =
    (table: PeopleTable, action: string) =>
    (enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean> =>
      changeWithin(write, async (transaction) => {
        await requireEnterprise(transaction, enterpriseId);
        const added = await addPerson(transaction, table, enterpriseId, account, at);
        if (added) await record(transaction, action, enterpriseId, account, at, origin);
        return added;
      });
  const remove =
    (table: PeopleTable, action: string) =>
    (enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean> =>
      changeWithin(write, async (transaction) => {
        const key = { enterprise_id: toText(enterpriseId), account: toText(account) };
        const removed = (await transaction(table).where(key).delete()) > 0;
        if (removed) await record(transaction, action, enterpriseId, account, at, origin);
        return removed;
      });
  return {
    enterprisesOf: (account) => listEnterprises(read, "enterprise_members", account),
    async membersOf(enterpriseId) {
      const rows = await listPeople(read, "enterprise_members", enterpriseId);
      return rows.map((row) => ({
        enterpriseId: row.enterprise_id,
        account: row.account,
        joinedAt: row.since,
      }));
    },
    addMember: add("enterprise_members", "enterprise.join"),
    removeMember: remove("enterprise_members", "enterprise.leave"),
    async specialistsOf(enterpriseId) {
      const rows = await listPeople(read, "enterprise_specialists", enterpriseId);
      return rows.map((row) => row.account);
    },
    assignedTo: (account) => listEnterprises(read, "enterprise_specialists", account),
    assignSpecialist: add("enterprise_specialists", "enterprise.assign"),
    unassignSpecialist: remove("enterprise_specialists", "enterprise.unassign"),
  };
}

/** False when they are there already. */
export async function addPerson(
  transaction: Knex.Transaction,
  table: PeopleTable,
  enterpriseId: string,
  account: string,
  at: Date,
): Promise<boolean> {
  const written: unknown[] = await transaction(table)
    .insert({ enterprise_id: toText(enterpriseId), account: toText(account), since: toInstant(at) })
    .onConflict(["enterprise_id", "account"])
    .ignore()
    .returning("sequence");
  return written.length > 0;
}

async function record(
  transaction: Knex.Transaction,
  action: string,
  enterpriseId: string,
  account: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const subject = enterpriseSubject(enterpriseId);
  await appendAudit(transaction, describeChange(action, subject, { account }, at, origin));
}

async function listPeople(read: Knex, table: PeopleTable, enterpriseId: string): Promise<PersonRow[]> {
  return read<PersonRow>(table)
    .where("enterprise_id", toText(enterpriseId))
    .orderBy("account")
    .select("enterprise_id", "account", "since");
}

/** Newest first. */
async function listEnterprises(read: Knex, table: PeopleTable, account: string): Promise<EnterpriseRecord[]> {
  const rows: EnterpriseRow[] = await read(`${table} as p`)
    .join("enterprises as e", "e.enterprise_id", "p.enterprise_id")
    .where("p.account", toText(account))
    .orderBy("p.sequence", "desc")
    .select("e.*");
  return rows.map(toEnterpriseRecord);
}
