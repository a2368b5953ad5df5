import type { Absence, DeskSettings } from "../settings-types.ts";
import { standIn } from "./stand-in.ts";

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
