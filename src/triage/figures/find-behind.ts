import type { BehindDepartment, BehindRules, DepartmentFigures } from "./figure-types.ts";

export const BEHIND_RULES: BehindRules = { minHitRate: 0.8, minClocks: 10, maxQueuedDays: 2 };

const percent = (rate: number) => `${Number((rate * 100).toFixed(1))}%`;

function reasonsOf({ sla, oldestQueued }: DepartmentFigures, rules: BehindRules): string[] {
  const reasons: string[] = [];
  if (sla.rate !== null && sla.of >= rules.minClocks && sla.rate < rules.minHitRate) {
    reasons.push(
      `本期 ${sla.of} 个时限中按时 ${sla.count} 个，按时率 ${percent(sla.rate)}，低于 ${percent(rules.minHitRate)}`,
    );
  }
  if (oldestQueued !== null && oldestQueued.workingDays > rules.maxQueuedDays) {
    const waited = oldestQueued.workingDays.toFixed(1);
    reasons.push(
      `工单 ${oldestQueued.number} 已待认领 ${waited} 个工作日，超过 ${rules.maxQueuedDays} 个工作日`,
    );
  }
  return reasons;
}

/** Those with the worst rate first, then those with the longest queue. */
export function findBehind(
  departments: readonly DepartmentFigures[],
  rules: BehindRules,
): BehindDepartment[] {
  return departments
    .map((department) => ({ department, reasons: reasonsOf(department, rules) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort(
      (a, b) =>
        (a.department.sla.rate ?? 1) - (b.department.sla.rate ?? 1) ||
        (b.department.oldestQueued?.workingDays ?? 0) - (a.department.oldestQueued?.workingDays ?? 0),
    )
    .map(({ department, reasons }) => ({ department: department.id, name: department.name, reasons }));
}
