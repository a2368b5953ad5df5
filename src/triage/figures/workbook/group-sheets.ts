import type { DepartmentFigures, DeskFigures, PersonFigures } from "../figure-types.ts";
import { type Cell, type Column, ONE_DECIMAL, PERCENT, type SheetContent } from "./sheet-content.ts";

type Field<T> = Column & { read: (from: T) => Cell };

const DEPARTMENT_FIELDS: readonly Field<DepartmentFigures>[] = [
  { header: "部门", width: 24, read: ({ name }) => name },
  { header: "新收事项", width: 10, read: ({ tasks }) => tasks },
  { header: "办结事项", width: 10, read: ({ closed }) => closed },
  {
    header: "首次回应中位数（分）",
    width: 20,
    format: ONE_DECIMAL,
    read: ({ firstResponse }) => firstResponse.p50,
  },
  {
    header: "首次回应九成（分）",
    width: 18,
    format: ONE_DECIMAL,
    read: ({ firstResponse }) => firstResponse.p90,
  },
  {
    header: "首次回应平均（分）",
    width: 18,
    format: ONE_DECIMAL,
    read: ({ firstResponse }) => firstResponse.mean,
  },
  { header: "办结中位数（分）", width: 16, format: ONE_DECIMAL, read: ({ resolution }) => resolution.p50 },
  { header: "办结九成（分）", width: 16, format: ONE_DECIMAL, read: ({ resolution }) => resolution.p90 },
  { header: "办结平均（分）", width: 16, format: ONE_DECIMAL, read: ({ resolution }) => resolution.mean },
  { header: "计时个数", width: 10, read: ({ sla }) => sla.of },
  { header: "按时率", width: 10, format: PERCENT, read: ({ sla }) => sla.rate },
  {
    header: "首次回应按时率",
    width: 15,
    format: PERCENT,
    read: ({ slaByKind }) => slaByKind["first-response"].rate,
  },
  {
    header: "后续回应按时率",
    width: 15,
    format: PERCENT,
    read: ({ slaByKind }) => slaByKind["next-response"].rate,
  },
  { header: "办结按时率", width: 12, format: PERCENT, read: ({ slaByKind }) => slaByKind.resolution.rate },
  { header: "转出", width: 8, read: ({ reroutedAway }) => reroutedAway },
  { header: "转入", width: 8, read: ({ reroutedHere }) => reroutedHere },
  { header: "评价数", width: 8, read: ({ satisfaction }) => satisfaction.count },
  { header: "满意度", width: 8, format: "0.00", read: ({ satisfaction }) => satisfaction.mean },
  { header: "待认领", width: 8, read: ({ open }) => open.queued },
  { header: "处理中", width: 8, read: ({ open }) => open.claimed },
  { header: "待企业补充", width: 11, read: ({ open }) => open.asking },
  { header: "已回复", width: 8, read: ({ open }) => open.answered },
  { header: "逾期", width: 8, read: ({ open }) => open.overdue },
  { header: "最早待认领", width: 16, read: ({ oldestQueued }) => oldestQueued?.number ?? null },
  {
    header: "已等（工作日）",
    width: 14,
    format: ONE_DECIMAL,
    read: ({ oldestQueued }) => oldestQueued?.workingDays ?? null,
  },
];

const PERSON_FIELDS: readonly Field<PersonFigures>[] = [
  { header: "人员", width: 14, read: ({ name }) => name },
  { header: "部门", width: 24, read: ({ departments }) => departments.join("、") },
  { header: "办结事项", width: 10, read: ({ closed }) => closed },
  {
    header: "首次回应中位数（分）",
    width: 20,
    format: ONE_DECIMAL,
    read: ({ firstResponse }) => firstResponse.p50,
  },
  { header: "计时个数", width: 10, read: ({ sla }) => sla.of },
  { header: "按时率", width: 10, format: PERCENT, read: ({ sla }) => sla.rate },
  { header: "评价数", width: 8, read: ({ satisfaction }) => satisfaction.count },
  { header: "满意度", width: 8, format: "0.00", read: ({ satisfaction }) => satisfaction.mean },
  { header: "处理中", width: 8, read: ({ open }) => open.claimed },
  { header: "待企业补充", width: 11, read: ({ open }) => open.asking },
  { header: "已回复", width: 8, read: ({ open }) => open.answered },
  { header: "逾期", width: 8, read: ({ open }) => open.overdue },
];

function toSheet<T>(name: string, fields: readonly Field<T>[], from: readonly T[]): SheetContent {
  return {
    name,
    columns: fields,
    rows: from.map((one) => fields.map(({ read }) => read(one))),
  };
}

export function toDepartmentSheet({ departments, behind }: DeskFigures): SheetContent {
  const reasons = new Map(behind.map(({ department, reasons: why }) => [department, why.join("；")]));
  const fields: readonly Field<DepartmentFigures>[] = [
    ...DEPARTMENT_FIELDS,
    { header: "进度落后的原因", width: 60, read: ({ id }) => reasons.get(id) ?? null },
  ];
  return toSheet("部门", fields, departments);
}

export function toPersonSheet({ people }: DeskFigures): SheetContent {
  const notes = ["用时与评价记在工单目前的办理人名下。"];
  return { ...toSheet("人员", PERSON_FIELDS, people), notes };
}
