import type { Actor } from "../../access/index.ts";
import type { Department } from "../../triage/index.ts";
import { departmentsOf } from "./find-people.ts";
import type { OfficeTurn } from "./office-parts.ts";

/**
 * Out of the departments; the role goes with the last one. Rules that gave requests straight to the person give them to the
 * department from now on; their ids are returned. Each step may be repeated.
 */
export async function takeOut(
  { options: { settings, access } }: Pick<OfficeTurn, "options">,
  account: string,
  departments: readonly Department[],
  by: Actor,
  reason: string,
): Promise<string[]> {
  const released: string[] = [];
  for (const { id } of departments) {
    const { routing } = settings.current();
    const theirs = routing.filter((rule) => rule.assignee === account && rule.departments[0] === id);
    if (theirs.length > 0) {
      const next = routing.map((rule) => {
        const { assignee: _assignee, ...rest } = rule;
        return theirs.includes(rule) ? rest : rule;
      });
      await settings.save("routing", next, by, reason);
      released.push(...theirs.map((rule) => rule.id));
    }
    await settings.changeDepartment({ do: "remove-member", department: id, account }, by, reason);
  }
  if (departmentsOf(account, settings.current()).length === 0) {
    await access.revoke(account, "specialist", by, "不再是任何部门的专员");
  }
  return released;
}

/** What that means for the routing table; empty: nothing. */
export function sayReleased(rules: readonly string[]): string[] {
  return rules.length === 0
    ? []
    : [`分派表中直接交给其本人的规则（${rules.join("、")}）改为交给部门，由专员认领。`];
}
