import { AppError } from "../../shared/index.ts";
import type { SlaSettings, SlaTerm, Urgency } from "../types.ts";

/** Department and urgency before urgency, before department, before neither; of equals the earlier one. */
export function chooseTerm(sla: SlaSettings, department: string, urgency: Urgency): SlaTerm {
  let best: SlaTerm | undefined;
  let bestWeight = -1;
  for (const term of sla.terms) {
    if (term.department !== undefined && term.department !== department) continue;
    if (term.urgency !== undefined && term.urgency !== urgency) continue;
    const weight = (term.urgency === undefined ? 0 : 2) + (term.department === undefined ? 0 : 1);
    if (weight > bestWeight) [best, bestWeight] = [term, weight];
  }
  if (best !== undefined) return best;
  throw new AppError({
    code: "configuration",
    message: `No SLA term for department ${department}, urgency ${urgency}`,
    safeMessage: "办理时限表缺少通用时限（不限部门、不限紧急程度的一行）；请管理员补上。",
  });
}
