import type { Department, DeskSettings, WorkingHours } from "../settings-types.ts";
import { repeatsOf } from "./find-repeats.ts";
import type { SettingsProblem } from "./settings-problem.ts";

type Found = Omit<SettingsProblem, "part">;

export function checkDepartments({ departments }: DeskSettings): SettingsProblem[] {
  const people = new Set(departments.flatMap(({ specialists }) => specialists.map(({ account }) => account)));
  const problems: Found[] = [
    ...repeatsOf(departments.map(({ id }) => id)).map((id) =>
      error(id, `部门编号“${id}”写了不止一次，请只留一个`),
    ),
    ...repeatsOf(departments.map(({ name }) => name)).map((name) =>
      error(null, `部门名称“${name}”写了不止一次，请合并或改名`),
    ),
    ...checkGroups(departments),
    ...checkFallback(departments),
    ...departments.flatMap((department) => [
      ...checkHours(department.id, department.name, department.hours),
      ...checkPeople(department, people),
    ]),
  ];
  return problems.map((problem) => ({ ...problem, part: "departments" }));
}

/** Two departments may sit in one room, but it is more often a mistake, and each reads the other's tickets. */
function checkGroups(departments: readonly Department[]): Found[] {
  const groups = departments.flatMap(({ group }) => (group === null ? [] : [group]));
  return repeatsOf(groups).map((group) => {
    const names = departments.filter((each) => each.group === group).map(({ name }) => name);
    return warning(null, `${names.join("、")}用的是同一个群，互相会看到对方的工单；如非有意，请分别设置`);
  });
}

function checkFallback(departments: readonly Department[]): Found[] {
  const fallbacks = departments.filter(({ fallback }) => fallback);
  if (fallbacks.length === 1) return [];
  if (fallbacks.length === 0) {
    return [error(null, "没有兜底部门，请给其中一个部门写 fallback: true，没人接得了的工单都到它那里")];
  }
  const names = fallbacks.map(({ name }) => name).join("、");
  return [error(null, `兜底部门只能有一个，现在是${names}，请只留一个 fallback: true`)];
}

/** Of a department, in order and without overlap. */
function checkHours(id: string, name: string, hours: WorkingHours): Found[] {
  const reversed = hours.find(([from, to]) => from >= to);
  if (reversed) return [error(id, `${name}的办公时间 ${reversed.join("–")} 起止颠倒，请改正`)];
  const overlapping = hours.find(([from], index) => {
    const before = hours[index - 1];
    return before !== undefined && from < before[1];
  });
  if (!overlapping) return [];
  return [error(id, `${name}的办公时间 ${overlapping.join("–")} 与前一段重叠或次序颠倒，请改正`)];
}

function checkPeople(
  { id, name, specialists, leads, group, fallback }: Department,
  people: Set<string>,
): Found[] {
  const found = [
    ...repeatsOf(specialists.map(({ account }) => account)).map((account) =>
      error(id, `${name}的专员 ${account} 写了不止一次，请只留一个`),
    ),
    ...repeatsOf(leads).map((account) => error(id, `${name}的负责人 ${account} 写了不止一次，请只留一个`)),
    ...leads
      .filter((account) => !people.has(account))
      .map((account) =>
        warning(
          id,
          `${name}的负责人 ${account} 不是任何部门的专员，请核对账号，或把其也列为专员以便显示姓名`,
        ),
      ),
  ];
  if (specialists.length > 0 || group !== null) return found;
  const then = fallback ? "没人接得了的工单只能提醒管理员" : "分派到这里的工单将由兜底部门接手";
  return [...found, warning(id, `${name}还没有专员，也没有群，${then}，请添加专员或设置群`)];
}

function error(entry: string | null, text: string): Found {
  return { level: "error", entry, text };
}

function warning(entry: string | null, text: string): Found {
  return { level: "warning", entry, text };
}
