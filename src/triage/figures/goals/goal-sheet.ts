import type { SheetContent } from "../workbook/sheet-content.ts";
import type { Goal } from "./goal-types.ts";

export function toGoalSheet(goals: readonly Goal[]): SheetContent {
  return {
    name: "规划目标",
    columns: [
      { header: "指标", width: 30 },
      { header: "年份", width: 8 },
      { header: "目标（原文）", width: 36 },
      { header: "实际", width: 16 },
      { header: "截至", width: 12 },
      { header: "实际值来源", width: 24 },
      { header: "依据文件", width: 40 },
      { header: "章节", width: 14 },
      { header: "原文", width: 60 },
      { header: "说明", width: 50 },
    ],
    rows: goals.map(({ name, year, target, actual, document, section, quote, note }) => [
      name,
      year,
      target,
      actual?.value ?? "尚未填报",
      actual?.asOf ?? null,
      actual?.source ?? null,
      document,
      section,
      quote,
      note,
    ]),
  };
}
