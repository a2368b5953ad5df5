import type { SettingsPart } from "../../triage/index.ts";

/** How the parts of the settings are called. */
const PARTS: Readonly<Record<string, SettingsPart>> = {
  ...Object.fromEntries(
    [
      "部门设置",
      "受理部门",
      "部门列表",
      "受理部门列表",
      "受理部门设置",
      "部门",
      "department settings",
      "departments",
    ].map((name) => [name, "departments" as const]),
  ),
  ...Object.fromEntries(
    ["分派表", "工单分派表", "分派规则", "分派设置", "routing table", "routing rules", "routing"].map(
      (name) => [name, "routing" as const],
    ),
  ),
  ...Object.fromEntries(
    ["时限设置", "办理时限", "工单时限", "时限", "办理时限设置", "time limits", "sla"].map((name) => [
      name,
      "sla" as const,
    ]),
  ),
  ...Object.fromEntries(
    ["日历", "工作日历", "日历设置", "办公日历", "work calendar", "calendar"].map((name) => [
      name,
      "calendar" as const,
    ]),
  ),
  ...Object.fromEntries(
    ["答复模板", "回复模板", "模板设置", "答复模板列表", "模板", "reply templates", "templates"].map(
      (name) => [name, "templates" as const],
    ),
  ),
  ...Object.fromEntries(["值班电话", "值班电话设置", "duty line"].map((name) => [name, "dutyLine" as const])),
};

/** Too short to be a command by themselves. */
const NOT_ALONE: ReadonlySet<string> = new Set(["部门", "时限", "模板", "departments", "routing", "sla"]);

export function readPartName(words: string): SettingsPart | undefined {
  const name = words.trim().toLowerCase();
  return Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
}

/** As a command by itself. */
export function readPartAlone(words: string): SettingsPart | undefined {
  return NOT_ALONE.has(words.toLowerCase()) ? undefined : readPartName(words);
}
