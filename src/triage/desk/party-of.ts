import type { Actor } from "../../access/index.ts";
import { can } from "../../access/index.ts";
import type { DeskSettings, Party, Ticket } from "../types.ts";

/**
 * Who an account is to the desk. Who asked is the asker of that ticket whatever else they are, unless they work in one of its
 * departments; without the right to work on tickets a line in the settings makes nobody a specialist.
 */
export function partyOf(
  actor: Actor,
  { departments }: Pick<DeskSettings, "departments">,
  ticket?: Ticket,
): Party {
  const { account, roles } = actor;
  const works = can(roles, "work-tickets");
  const own = departments.filter(
    ({ specialists, leads }) => specialists.some((one) => one.account === account) || leads.includes(account),
  );
  const ids = works ? own.map(({ id }) => id) : [];
  const name = nameOf(account, departments);
  const inTicket = ticket?.tasks.some(({ department }) => ids.includes(department)) ?? false;
  if (ticket?.asker.account === account && !inTicket) {
    return { account, name, role: "asker", departments: [] };
  }
  if (can(roles, "manage-triage")) return { account, name, role: "admin", departments: ids };
  const leads = departments.some((each) => ids.includes(each.id) && each.leads.includes(account));
  return { account, name, role: leads ? "lead" : "specialist", departments: ids };
}

export function nameOf(account: string, departments: DeskSettings["departments"]): string | null {
  for (const { specialists } of departments) {
    const found = specialists.find((one) => one.account === account);
    if (found) return found.name;
  }
  return null;
}

export function departmentNames({ departments }: Pick<DeskSettings, "departments">): Record<string, string> {
  return Object.fromEntries(departments.map(({ id, name }) => [id, name]));
}
