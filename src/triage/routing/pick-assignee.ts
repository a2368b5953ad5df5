import type { CategoryId } from "../classification-types.ts";
import type { Absence, Department, DeskSettings } from "../settings-types.ts";
import { findAbsence, standIn } from "./stand-in.ts";

export interface PickOptions {
  absences: readonly Absence[];
  at: Date;
  /** Open tasks by account; absent accounts have none. */
  load?: ReadonlyMap<string, number>;
  category?: CategoryId;
  /** Not these, for example who gave the task away. */
  except?: readonly string[];
}

/** Who of a department has room: those who prefer the category first, then the least loaded, then as listed. null: nobody is in. */
export function pickAssignee(
  { specialists }: Pick<Department, "specialists">,
  { absences, at, load, category, except = [] }: PickOptions,
): string | null {
  const present = specialists.filter(
    ({ account }) => !except.includes(account) && !findAbsence(account, absences, at),
  );
  const fitting = present.filter(
    (one) => category === undefined || (one.categories?.includes(category) ?? true),
  );
  const preferring = fitting.filter(({ categories }) => category !== undefined && categories !== undefined);
  const pool = [preferring, fitting, present].find((group) => group.length > 0) ?? [];
  const loadOf = (account: string) => load?.get(account) ?? 0;
  const [first] = pool.toSorted((one, other) => loadOf(one.account) - loadOf(other.account));
  return first?.account ?? null;
}

/** For DecisionContext.assigneeFor: the wanted person, or who stands in for them now; null: the queue. */
export function createAssigneeFor(
  { departments }: Pick<DeskSettings, "departments">,
  absences: readonly Absence[],
  at: Date,
): (department: string, wanted: string) => string | null {
  return (id, wanted) => {
    const department = departments.find((one) => one.id === id);
    return department ? standIn(wanted, department, absences, at) : null;
  };
}
