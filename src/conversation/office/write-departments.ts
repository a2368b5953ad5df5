import type { Department, DeskSettings, SettingsProblem } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { nameOf } from "./find-people.ts";
import { list, toOfficeReply } from "./office-reply.ts";

/** Who takes what, and what is missing with the next step. */
export function writeDepartments(settings: DeskSettings, problems: readonly SettingsProblem[]): Reply {
  const { departments } = settings;
  const items = departments.map((department) => ({
    label: department.fallback ? `${department.name}（兜底）` : department.name,
    value: describeDepartment(department, settings),
    note: sayHours(department),
  }));
  return toOfficeReply("settings", `受理部门 ${departments.length} 个：`, [
    { type: "fields", items },
    ...list(
      problems.map(({ text }) => text),
      "需要处理：",
    ),
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

function describeDepartment({ specialists, leads, group }: Department, settings: DeskSettings): string {
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
