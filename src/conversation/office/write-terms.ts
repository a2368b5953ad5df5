import type {
  CategoryDefinition,
  CategoryId,
  DeskSettings,
  SettingsProblem,
  SlaTerm,
} from "../../triage/index.ts";
import { cut } from "../tickets/ticket-words.ts";
import type { Reply } from "../types.ts";
import { list, toOfficeReply } from "./office-reply.ts";
import { nameCategory } from "./write-routing.ts";

type Problems = readonly SettingsProblem[];

function sayProblems(problems: Problems): ReturnType<typeof list> {
  return list(
    problems.map(({ text }) => text),
    "需要留意：",
  );
}

const ELSEWHERE = "修改由管理员用命令 desk set 或 REST 接口进行，均记入操作日志；“设置历史”“退回设置”可用。";

export function writeTerms(settings: DeskSettings, problems: Problems): Reply {
  const { sla } = settings;
  return toOfficeReply("settings", "办理时限（工作时间内计算，含法定节假日与调休）：", [
    {
      type: "fields",
      items: sla.terms.map((term) => ({ label: nameTerm(term, settings), value: describeTerm(term) })),
    },
    ...list([
      `用去 ${Math.round(sla.soonShare * 100)}% 时首次提醒承办人；逾期 ${sayMinutes(sla.leadAfter)}后提醒负责人，逾期 ${sayMinutes(sla.askerAfter)}后如实告知企业。`,
      `误办结可在 ${sla.undoMinutes} 分钟内撤销；企业可在 ${sla.reopenDays} 天内要求继续办理；已回复后 ${sla.autoCloseDays} 个工作日无新消息的自动办结。`,
    ]),
    ...sayProblems(problems),
    { type: "notice", text: ELSEWHERE },
  ]);
}

function nameTerm({ department, urgency }: SlaTerm, { departments }: DeskSettings): string {
  const name = departments.find(({ id }) => id === department)?.name ?? department;
  return [name, urgency && `紧急程度“${urgency}”`].filter(Boolean).join(" ") || "通用";
}

function describeTerm({ firstResponse, nextResponse, resolution, aroundTheClock }: SlaTerm): string {
  const times = `首次回应 ${sayMinutes(firstResponse)}，后续回应 ${sayMinutes(nextResponse)}，办结 ${sayMinutes(resolution)}`;
  return aroundTheClock ? `${times}（昼夜计时）` : times;
}

function sayMinutes(minutes: number): string {
  return minutes < 60 ? `${minutes} 分钟` : `${Number((minutes / 60).toFixed(1))} 小时`;
}

export function writeCalendar({ calendar }: DeskSettings, problems: Problems): Reply {
  const { holidays, workdays } = calendar;
  return toOfficeReply("settings", "工作日历：按国家法定节假日与调休。", [
    ...list([
      holidays.length > 0 ? `另行放假：${holidays.join("、")}` : "没有另行放假的日子。",
      workdays.length > 0 ? `另行上班：${workdays.join("、")}` : "没有另行上班的日子。",
    ]),
    ...sayProblems(problems),
    { type: "notice", text: ELSEWHERE },
  ]);
}

export function writeTemplates(
  { templates }: DeskSettings,
  problems: Problems,
  categories: ReadonlyMap<CategoryId, CategoryDefinition>,
): Reply {
  if (templates.length === 0) return toOfficeReply("settings", "还没有答复模板。", sayProblems(problems));
  return toOfficeReply("settings", `答复模板 ${templates.length} 个：`, [
    {
      type: "fields",
      items: templates.map(({ title, text, categories: only }) => ({
        label: title,
        value: cut(text, 120),
        ...(only && { note: `用于${only.map((id) => nameCategory(id, categories)).join("、")}` }),
      })),
    },
    ...sayProblems(problems),
    { type: "notice", text: `办理时发送“模板 工单号”取用。${ELSEWHERE}` },
  ]);
}

export function writeDutyLine({ dutyLine }: DeskSettings): Reply {
  const line = dutyLine
    ? `值班电话：${dutyLine.name} ${dutyLine.phone}`
    : "没有设置值班电话：遇险情时只提示 119、120、110。";
  return toOfficeReply("settings", line, [{ type: "notice", text: ELSEWHERE }]);
}
