import type { DeskSettings, RoutingRule, SettingsPart, SlaTerm } from "../settings-types.ts";
import { hashSettings } from "./hash-settings.ts";

const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: "名称",
  specialists: "专员",
  leads: "负责人",
  group: "群",
  hours: "办公时间",
  fallback: "兜底",
  categories: "类别",
  industries: "行业",
  parks: "子园",
  enterpriseTypes: "企业类型",
  urgencies: "紧急程度",
  words: "词语",
  withWords: "并含词语",
  departments: "部门",
  assignee: "指定专员",
  queue: "小组",
  note: "说明",
  firstResponse: "首次回应（分钟）",
  nextResponse: "后续回应（分钟）",
  resolution: "办结（分钟）",
  aroundTheClock: "昼夜计时",
  soonShare: "提前提醒",
  leadAfter: "逾期后提醒负责人（分钟）",
  askerAfter: "逾期后告知企业（分钟）",
  undoMinutes: "撤回办结（分钟）",
  reopenDays: "可继续办理（天）",
  autoCloseDays: "自动办结（工作日）",
  holidays: "放假",
  workdays: "上班",
  title: "标题",
  text: "正文",
  phone: "号码",
  terms: "时限",
};

interface Entry {
  key: string;
  /** Before people: 规则 R-C02. */
  name: string;
  fields: Readonly<Record<string, unknown>>;
}

/** What changed from one revision to the next, a line a change; empty: nothing. `settings`: for the departments' names. */
export function describeSettingsChange<Part extends SettingsPart>(
  part: Part,
  before: DeskSettings[Part],
  after: DeskSettings[Part],
  { departments }: Pick<DeskSettings, "departments">,
): string[] {
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const [old, fresh] = [toEntries(part, before, names), toEntries(part, after, names)];
  const oldByKey = new Map(old.map((entry) => [entry.key, entry]));
  const freshKeys = new Set(fresh.map(({ key }) => key));
  const lines = old.filter(({ key }) => !freshKeys.has(key)).map(({ name }) => `删去${name}`);
  for (const entry of fresh) {
    const former = oldByKey.get(entry.key);
    if (!former) lines.push(`新增${entry.name}：${describeFields(entry, names)}`);
    else lines.push(...describeChanges(former, entry, names));
  }
  if (lines.length === 0 && hashSettings(before) !== hashSettings(after)) lines.push("调整了先后次序");
  return lines;
}

/** Ids of what changed, for the audit log: no texts and no people. */
export function changedEntries<Part extends SettingsPart>(
  part: Part,
  before: DeskSettings[Part],
  after: DeskSettings[Part],
): string[] {
  const names = new Map<string, string>();
  const [old, fresh] = [toEntries(part, before, names), toEntries(part, after, names)];
  const hashes = new Map(old.map(({ key, fields }) => [key, hashSettings(fields)]));
  const freshKeys = new Set(fresh.map(({ key }) => key));
  return [
    ...old.filter(({ key }) => !freshKeys.has(key)).map(({ key }) => key),
    ...fresh.filter(({ key, fields }) => hashes.get(key) !== hashSettings(fields)).map(({ key }) => key),
  ];
}

function toEntries(part: SettingsPart, content: unknown, names: ReadonlyMap<string, string>): Entry[] {
  switch (part) {
    case "departments":
      return (content as DeskSettings["departments"]).map((one) => entryOf(one.id, one.name, one));
    case "routing":
      return (content as DeskSettings["routing"]).map((one) => entryOf(one.id, `规则 ${one.id}`, one));
    case "templates":
      return (content as DeskSettings["templates"]).map((one) => entryOf(one.id, `模板“${one.title}”`, one));
    case "sla": {
      const { terms, ...rest } = content as DeskSettings["sla"];
      return [...terms.map((term) => toTermEntry(term, names)), entryOf("sla", "办理时限", rest)];
    }
    case "calendar":
      return [entryOf("calendar", "工作日历", content as DeskSettings["calendar"])];
    case "dutyLine":
      return content === null
        ? []
        : [entryOf("dutyLine", "值班电话", content as NonNullable<DeskSettings["dutyLine"]>)];
  }
}

function toTermEntry(term: SlaTerm, names: ReadonlyMap<string, string>): Entry {
  const { department, urgency, ...fields } = term;
  const which = [department && (names.get(department) ?? department), urgency && `${urgency}件`].filter(
    Boolean,
  );
  const name = `${which.join("") || "通用"}时限`;
  return { key: `term:${department ?? ""}:${urgency ?? ""}`, name, fields: { ...fields } };
}

function entryOf(key: string, name: string, value: object): Entry {
  const { id: _id, ...fields } = value as Partial<RoutingRule>;
  return { key, name, fields };
}

function describeChanges(before: Entry, after: Entry, names: ReadonlyMap<string, string>): string[] {
  const keys = [...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])];
  return keys.flatMap((key) => {
    const [old, fresh] = [before.fields[key], after.fields[key]];
    if (hashSettings(old ?? null) === hashSettings(fresh ?? null)) return [];
    return [`${after.name}的${FIELD_NAMES[key] ?? key}：${describeStep(key, old, fresh, names)}`];
  });
}

/** Lists by what came and went, everything else as from → to. */
function describeStep(key: string, old: unknown, fresh: unknown, names: ReadonlyMap<string, string>): string {
  if (Array.isArray(old) && Array.isArray(fresh) && key !== "departments" && key !== "hours") {
    const [left, right] = [old, fresh].map((list) => list.map((one: unknown) => say(key, one, names)));
    const added = right?.filter((one) => !left?.includes(one)) ?? [];
    const gone = left?.filter((one) => !right?.includes(one)) ?? [];
    const said = [
      ...(added.length > 0 ? [`增加${added.join("、")}`] : []),
      ...(gone.length > 0 ? [`去掉${gone.join("、")}`] : []),
    ];
    return said.length > 0 ? said.join("，") : "调整了先后次序";
  }
  return `${say(key, old, names)} → ${say(key, fresh, names)}`;
}

function describeFields({ fields }: Entry, names: ReadonlyMap<string, string>): string {
  return Object.entries(fields)
    .filter(
      ([key, value]) => key !== "note" && value !== null && !(Array.isArray(value) && value.length === 0),
    )
    .map(([key, value]) => `${FIELD_NAMES[key] ?? key} ${say(key, value, names)}`)
    .join("；");
}

const LONGEST_TEXT = 60;

function say(key: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === undefined || value === null) return "无";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (key === "hours" && Array.isArray(value))
    return value.map((pair) => (pair as string[]).join("–")).join("、");
  if (Array.isArray(value)) return value.map((one) => say(key, one, names)).join("、") || "无";
  if (typeof value === "object") return saySpecialist(value);
  const text = key === "departments" ? (names.get(String(value)) ?? String(value)) : String(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function saySpecialist(value: object): string {
  const { name, account, categories } = value as { name?: string; account?: string; categories?: string[] };
  return `${name ?? ""}（${[account, ...(categories ?? [])].join("，")}）`;
}
