import exceljs from "exceljs";
import { describe, expect, it } from "vitest";
import {
  createFigures,
  createWorkCalendar,
  type Goal,
  type Ticket,
  writeFiguresWorkbook,
} from "../../src/triage/index.ts";
import { at, clock, department, task, ticket } from "../support/figure-tickets.ts";

const DEPARTMENTS = [department("science", "区科委", [{ account: "feishu:ou_a", name: "=测试甲" }])];
const CONTACT = "contact-never-shown";
const TICKETS: readonly Ticket[] = [
  ticket({
    number: "20261116-0001",
    status: "已办结",
    closedAt: at("2026-11-18 12:05"),
    contact: CONTACT,
    enterprise: { name: "+测试企业", lines: ["line-never-shown"] },
    text: '=HYPERLINK("http://x.invalid","点这里")',
    context: ["context-never-shown"],
    reopened: 1,
    satisfaction: { score: 4, comment: "@很好\u0007", at: at("2026-11-18 13:00") },
    tasks: [
      task({
        state: "closed",
        closedAt: at("2026-11-18 12:05"),
        assignee: "feishu:ou_a",
        assigneeName: "=测试甲",
        outcome: "-已答复",
        clocks: [
          clock("first-response", { usedMinutes: 45.5, metAt: at("2026-11-16 10:45") }),
          clock("resolution", {
            usedMinutes: 900,
            metAt: at("2026-11-18 12:05"),
            breachedAt: at("2026-11-18 10:00"),
          }),
        ],
      }),
    ],
  }),
];

async function write(withTexts?: boolean, goals: readonly Goal[] = []): Promise<exceljs.Workbook> {
  const figures = createFigures({
    period: { from: "2026-11-16", to: "2026-11-23" },
    asOf: new Date(at("2026-11-23 12:00")),
    calendar: createWorkCalendar({ holidays: [], workdays: [] }),
    departments: DEPARTMENTS,
  });
  for (const one of TICKETS) figures.add(one);
  const bytes = await writeFiguresWorkbook({
    figures: figures.finish(),
    tickets: TICKETS,
    departments: DEPARTMENTS,
    goals,
    ...(withTexts !== undefined && { withTexts }),
  });
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer);
  return workbook;
}

/** A row by its headers. */
function rowOf(workbook: exceljs.Workbook, sheet: string, number: number): Record<string, unknown> {
  const found = workbook.getWorksheet(sheet);
  const header = found?.getRow(1);
  const row: Record<string, unknown> = {};
  header?.eachCell((cell, column) => {
    row[String(cell.value)] = found?.getRow(number).getCell(column).value ?? null;
  });
  return row;
}

function allTexts(workbook: exceljs.Workbook): string {
  const texts: string[] = [];
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) => row.eachCell((cell) => texts.push(JSON.stringify(cell.value)))),
  );
  return texts.join("\n");
}

const plain = await write();
const full = await write(true);

describe("the workbook of figures", () => {
  it("has four sheets with a frozen, bold header", () => {
    expect(plain.worksheets.map(({ name }) => name)).toEqual(["概览", "部门", "人员", "工单"]);
    for (const sheet of plain.worksheets) {
      expect(sheet.views[0]).toMatchObject({ state: "frozen", ySplit: 1 });
      expect(sheet.getRow(1).getCell(1).font.bold).toBe(true);
      expect(sheet.getColumn(1).width).toBeGreaterThan(10);
    }
  });

  it("keeps numbers as numbers, shares as shares", () => {
    const department_ = rowOf(plain, "部门", 2);
    expect(department_).toMatchObject({ 部门: "区科委", 办结事项: 1, 计时个数: 2, 按时率: 0.5, 满意度: 4 });
    const overview = plain.getWorksheet("概览");
    const rows = new Map<unknown, exceljs.Row>();
    overview?.eachRow((row) => rows.set(row.getCell(1).value, row));
    expect(rows.get("新收工单（件）")?.getCell(2).value).toBe(1);
    expect(rows.get("时限按时率")?.getCell(2).value).toBe(0.5);
    expect(rows.get("时限按时率")?.getCell(2).numFmt).toBe("0.0%");
    expect(rows.get("时限按时率")?.getCell(3).value).toBeNull();
  });

  it("says of each ticket what happened", () => {
    expect(rowOf(plain, "工单", 2)).toEqual({
      工单号: "20261116-0001",
      状态: "已办结",
      类别: "空间选址",
      紧急程度: "中",
      渠道: "飞书",
      部门: "区科委",
      办理人: "'=测试甲",
      提出时间: "2026-11-16 10:00",
      办结时间: "2026-11-18 12:05",
      "首次回应（工作分钟）": 45.5,
      "办结用时（工作分钟）": 900,
      超过时限: "办结",
      转派次数: 0,
      重新打开次数: 1,
      满意度: 4,
    });
  });

  it("shows neither contact nor words unless asked", () => {
    const texts = allTexts(plain);
    for (const hidden of [CONTACT, "测试企业", "点这里", "已答复", "很好", "never-shown"]) {
      expect(texts).not.toContain(hidden);
    }
  });

  it("never shows the contact", () => {
    expect(allTexts(full)).not.toContain("never-shown");
  });

  it("takes the sting out of formulas and of characters that no workbook takes", () => {
    expect(rowOf(full, "工单", 2)).toMatchObject({
      企业: "'+测试企业",
      诉求: `'=HYPERLINK("http://x.invalid","点这里")`,
      办理结果: "'-已答复",
      评价内容: "'@很好",
    });
    expect(rowOf(full, "人员", 2)).toMatchObject({ 人员: "'=测试甲" });
  });

  it("keeps the plan's goals beside them where they are given", async () => {
    const goal: Goal = {
      id: "a",
      name: "甲",
      year: 2026,
      document: "测试方案",
      section: "一（三）1、",
      quote: "到2026年达到6万。",
      target: "达到6万",
      note: null,
      actual: null,
    };
    const workbook = await write(false, [goal]);
    expect(rowOf(workbook, "规划目标", 2)).toMatchObject({
      指标: "甲",
      "目标（原文）": "达到6万",
      实际: "尚未填报",
      截至: null,
    });
  });
});
