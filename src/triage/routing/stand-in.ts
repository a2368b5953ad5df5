import type { Absence, Department } from "../settings-types.ts";

/** Whether an account is away at an instant. Of several absences the last one in the list speaks. */
export function findAbsence(account: string, absences: readonly Absence[], at: Date): Absence | undefined {
  const instant = at.getTime();
  return absences.findLast(
    (one) => one.account === account && Date.parse(one.from) <= instant && instant < Date.parse(one.to),
  );
}

/**
 * Who of a department gets what is meant for `account`: themselves, or the deputy while they are away, or the deputy's deputy.
 * null: nobody of the department, so its queue (an open end, a circle, or somebody who does not work there).
 */
export function standIn(
  account: string,
  department: Pick<Department, "specialists">,
  absences: readonly Absence[],
  at: Date,
): string | null {
  const seen = new Set<string>();
  let wanted: string | null = account;
  while (wanted !== null && !seen.has(wanted)) {
    const person: string = wanted;
    const absence = findAbsence(person, absences, at);
    if (!absence) return department.specialists.some((one) => one.account === person) ? person : null;
    seen.add(person);
    wanted = absence.deputy;
  }
  return null;
}
