import type { Department, DeskSettings, SettingsProblem } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { nameOf } from "./find-people.ts";
import { list, toOfficeReply } from "./office-reply.ts";

/** Who takes what, and what is missing with the next step. */
export function writeDepartments(settings: DeskSettings, problems: readonly SettingsProblem[]): Reply {
  const { departments } = settings;
  const hours = new Set(departments.map(sayHours));
  const items = departments.map((department) => ({
    label: department.fallback ? `${department.name}（兜底）` : department.name,
    value: describeDepartment(department, settings),
    ...(hours.size > 1 && { note: sayHours(department) }),
  }));
  const [everywhere = ""] = hours;
  return toOfficeReply("settings", `受理部门 ${departments.length} 个：`, [
    { type: "fields", items },
    ...(hours.size === 1 ? list([`办公时间（各部门相同）：${everywhere}`]) : []),
    ...list(sayProblems(departments, problems), "需要处理："),
    ...list(
      [
        "设群：在该部门的群里@我发送“本群受理区科委的工单”。",
        "登记专员：由本人发送“登记为区科委专员 姓名”；移除：“移除专员 姓名 部门”。",
        "负责人：“设为负责人 姓名 部门”“取消负责人 姓名 部门”。",
      ],
      "如何修改：",
    ),
  ]);
}

function isEmpty({ specialists, group }: Department): boolean {
  return specialists.length === 0 && group === null;
}

/** Departments without anybody stand on one line: in the beginning that is all of them. */
function sayProblems(departments: readonly Department[], problems: readonly SettingsProblem[]): string[] {
  const empty = departments.filter(isEmpty);
  const others = problems.filter(
    ({ entry, text }) => !empty.some(({ id, name }) => id === entry && text.startsWith(`${name}还没有专员`)),
  );
  const line =
    empty.length === departments.length
      ? "各部门都还没有专员，也没有群：工单只能提醒管理员，请先设群、登记专员。"
      : `还没有专员，也没有群的部门：${empty.map(({ name }) => name).join("、")}。分派到这里的工单由兜底部门接手，兜底部门没有人的提醒管理员。`;
  return [...others.map(({ text }) => text), ...(empty.length > 0 ? [line] : [])];
}

function describeDepartment(department: Department, settings: DeskSettings): string {
  const { specialists, leads, group } = department;
  if (isEmpty(department) && leads.length === 0) return "尚无专员，未设群";
  const people =
    specialists.length > 0
      ? `专员 ${specialists.length} 人：${specialists.map(({ name }) => name).join("、")}`
      : "尚无专员";
  const leading =
    leads.length > 0
      ? `负责人：${leads.map((account) => nameOf(account, settings) ?? account).join("、")}`
      : "未设负责人";
  return [people, leading, group === null ? "未设群，私聊通知专员" : "已设群"].join("；");
}

function sayHours({ hours }: Department): string {
  return `工作日 ${hours.map(([from, to]) => `${from}–${to}`).join("、")}`;
}
