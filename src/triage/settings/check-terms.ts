import type { DeskSettings, SlaTerm } from "../settings-types.ts";
import { repeatsOf } from "./find-repeats.ts";
import type { SettingsProblem } from "./settings-problem.ts";

/** Terms and calendar. */
export function checkTerms({ sla, calendar, departments }: DeskSettings): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const add = (level: SettingsProblem["level"], part: "sla" | "calendar", text: string) =>
    problems.push({ level, part, entry: null, text });
  if (!sla.terms.some(({ department, urgency }) => !department && !urgency)) {
    add("error", "sla", "缺少一行既不写 department 也不写 urgency 的通用时限，请补上");
  }
  for (const which of repeatsOf(sla.terms.map(nameTerm))) {
    add("error", "sla", `${which}的时限写了不止一行，请只留一行`);
  }
  for (const term of sla.terms) {
    if (term.department && !departments.some(({ id }) => id === term.department)) {
      add("error", "sla", `时限中的部门“${term.department}”不在受理部门中，请改正`);
    }
    if (Math.max(term.firstResponse, term.nextResponse) > term.resolution) {
      add("warning", "sla", `${nameTerm(term)}的回应时限长于办结时限，请核对`);
    }
  }
  for (const day of calendar.holidays.filter((one) => calendar.workdays.includes(one))) {
    add("error", "calendar", `${day} 既写成放假又写成上班，请只留一处`);
  }
  return problems;
}

function nameTerm({ department, urgency }: SlaTerm): string {
  const named = [department && `部门 ${department}`, urgency && `“${urgency}”件`].filter(Boolean);
  return named.length === 0 ? "通用" : named.join("、");
}
