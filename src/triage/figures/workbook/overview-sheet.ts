import { sayPeriod } from "../describe-figures.ts";
import type { DeskFigures, PeriodTotals } from "../figure-types.ts";
import { type Cell, ONE_DECIMAL, PERCENT, type SheetContent } from "./sheet-content.ts";

type Line = readonly [name: string, read: (totals: PeriodTotals) => number | null, format?: string];

const LINES: readonly Line[] = [
  ["新收工单（件）", ({ opened }) => opened],
  ["办结工单（件）", ({ closed }) => closed],
  ["首次回应：次数", ({ firstResponse }) => firstResponse.count],
  ["首次回应：中位数（工作分钟）", ({ firstResponse }) => firstResponse.p50, ONE_DECIMAL],
  ["首次回应：九成不超过（工作分钟）", ({ firstResponse }) => firstResponse.p90, ONE_DECIMAL],
  ["首次回应：平均（工作分钟）", ({ firstResponse }) => firstResponse.mean, ONE_DECIMAL],
  ["办结用时：次数", ({ resolution }) => resolution.count],
  ["办结用时：中位数（工作分钟）", ({ resolution }) => resolution.p50, ONE_DECIMAL],
  ["办结用时：九成不超过（工作分钟）", ({ resolution }) => resolution.p90, ONE_DECIMAL],
  ["办结用时：平均（工作分钟）", ({ resolution }) => resolution.mean, ONE_DECIMAL],
  ["时限按时率", ({ sla }) => sla.rate, PERCENT],
  ["时限按时率：首次回应", ({ slaByKind }) => slaByKind["first-response"].rate, PERCENT],
  ["时限按时率：后续回应", ({ slaByKind }) => slaByKind["next-response"].rate, PERCENT],
  ["时限按时率：办结", ({ slaByKind }) => slaByKind.resolution.rate, PERCENT],
  ["转派率", ({ rerouting }) => rerouting.rate, PERCENT],
  ["重新打开率", ({ reopening }) => reopening.rate, PERCENT],
  ["满意度：评价数", ({ satisfaction }) => satisfaction.count],
  ["满意度：平均分（1–5）", ({ satisfaction }) => satisfaction.mean, "0.00"],
  ["满意度：评价率", ({ satisfaction }) => satisfaction.answered.rate, PERCENT],
];

/** Formats differ by line, so they stand beside the rows. */
export function toOverviewSheet(
  figures: DeskFigures,
): SheetContent & { rowFormats: readonly (string | null)[] } {
  const rows: (readonly Cell[])[] = [];
  const rowFormats: (string | null)[] = [];
  const add = (format: string | null, ...cells: Cell[]) => {
    rows.push(cells);
    rowFormats.push(format);
  };
  for (const [name, read, format] of LINES) add(format ?? null, name, read(figures), read(figures.before));
  if (figures.answers !== null) {
    add(null, "由文件直接答复（次）", figures.answers.selfAnswered, null);
    add(null, "转由专员办理（次）", figures.answers.handedOver, null);
    add(PERCENT, "由文件直接答复的占比", figures.answers.selfAnsweredShare.rate, null);
  }
  add(null, "在办工单（件，截至统计时）", figures.openTickets, null);
  add(null, "在办事项：待认领", figures.open.queued, null);
  add(null, "在办事项：处理中", figures.open.claimed, null);
  add(null, "在办事项：待企业补充", figures.open.asking, null);
  add(null, "在办事项：已回复", figures.open.answered, null);
  add(null, "在办事项：逾期", figures.open.overdue, null);
  for (const { name, count } of figures.volume.byCategory) add(null, `新收·类别：${name}`, count, null);
  for (const { name, count } of figures.volume.byUrgency) add(null, `新收·紧急程度：${name}`, count, null);
  for (const { name, count } of figures.volume.byChannel) add(null, `新收·渠道：${name}`, count, null);
  return {
    name: "概览",
    columns: [
      { header: "指标", width: 38 },
      { header: `本期（${sayPeriod(figures.period)}）`, width: 32 },
      { header: `上期（${sayPeriod(figures.before.period)}）`, width: 32 },
    ],
    rows,
    rowFormats,
    notes: [
      ...figures.behind.map(({ name, reasons }) => `${name}进度落后：${reasons.join("；")}。`),
      "用时按部门办公时间与法定节假日、调休计算，等企业补充材料的时间不计；空白表示本期没有可统计的数据。",
    ],
  };
}
