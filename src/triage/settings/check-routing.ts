import { CONDITION_KEYS, countConditions, wordsOf } from "../routing/find-rule.ts";
import { foldWords } from "../routing/fold-words.ts";
import type { DeskSettings, RoutingRule } from "../settings-types.ts";
import { repeatsOf } from "./find-repeats.ts";
import type { KnownWords, SettingsProblem } from "./settings-problem.ts";

type Found = Omit<SettingsProblem, "part">;

export function checkRouting(settings: DeskSettings, known: KnownWords): SettingsProblem[] {
  const { routing } = settings;
  const problems: Found[] = [
    ...repeatsOf(routing.map(({ id }) => id)).map((id) =>
      error(id, `规则编号“${id}”写了不止一次，请改成不同的编号`),
    ),
    ...routing.flatMap((rule) => [...checkDepartmentsOf(rule, settings), ...checkConditions(rule, known)]),
    ...findHidden(routing),
    ...findUncovered(routing, known),
  ];
  return problems.map((problem) => ({ ...problem, part: "routing" }));
}

function checkDepartmentsOf(rule: RoutingRule, { departments }: DeskSettings): Found[] {
  const found = rule.departments
    .filter((id) => !departments.some((department) => department.id === id))
    .map((id) => error(rule.id, `规则 ${rule.id} 的部门“${id}”不在受理部门中，请改正或先添加该部门`));
  for (const id of repeatsOf(rule.departments)) {
    found.push(error(rule.id, `规则 ${rule.id} 的部门“${id}”写了不止一次，请只留一个`));
  }
  const leading = departments.find(({ id }) => id === rule.departments[0]);
  const { assignee } = rule;
  if (assignee && leading && !leading.specialists.some(({ account }) => account === assignee)) {
    const next = "请先把其添加为该部门专员，或去掉 assignee";
    found.push(error(rule.id, `规则 ${rule.id} 指定的 ${assignee} 不是${leading.name}的专员，${next}`));
  }
  return found;
}

function checkConditions(rule: RoutingRule, { categories, industries }: KnownWords): Found[] {
  const found: Found[] = [];
  for (const id of rule.categories ?? []) {
    if (categories && !categories.has(id)) {
      found.push(error(rule.id, `规则 ${rule.id} 的类别“${id}”不存在，请对照事项类别改正`));
    }
  }
  for (const id of rule.industries ?? []) {
    if (industries && !industries.has(id)) {
      found.push(error(rule.id, `规则 ${rule.id} 的行业“${id}”不在行业词表中，请改正`));
    }
  }
  if (rule.withWords && !rule.words) {
    found.push(error(rule.id, `规则 ${rule.id} 写了 withWords 而没有 words，请把它改为 words`));
  }
  return found;
}

/** Rules behind which another always wins: it holds whenever they do, by the same conditions, and stands before them. */
function findHidden(routing: readonly RoutingRule[]): Found[] {
  return routing.flatMap((rule, index) => {
    const better = routing.slice(0, index).find((earlier) => hides(earlier, rule));
    if (!better) return [];
    return [
      warning(
        rule.id,
        `规则 ${rule.id} 永远轮不到：凡符合它的都先按 ${better.id} 分派，请调整次序或删去其一`,
      ),
    ];
  });
}

function hides(earlier: RoutingRule, rule: RoutingRule): boolean {
  return CONDITION_KEYS.every((key) => {
    const [wide, narrow] = [wordsOf(earlier, key), wordsOf(rule, key)];
    if (wide === undefined || narrow === undefined) return wide === narrow;
    const covers =
      key === "words" || key === "withWords"
        ? (word: string) => wide.some((each) => foldWords(word).includes(foldWords(each)))
        : (word: string) => wide.includes(word);
    return narrow.every(covers);
  });
}

/** Categories that only the fallback takes, because no rule takes them whatever else holds. */
function findUncovered(routing: readonly RoutingRule[], { categories }: KnownWords): Found[] {
  if (!categories) return [];
  const plain = routing.filter((rule) => countConditions(rule) <= (rule.categories ? 1 : 0));
  return [...categories].flatMap(([id, { name }]) => {
    if (plain.some((rule) => rule.categories?.includes(id) ?? true)) return [];
    return [warning(null, `类别 ${id}“${name}”没有默认规则，未写到的都由兜底部门接手，请补一条`)];
  });
}

function error(entry: string | null, text: string): Found {
  return { level: "error", entry, text };
}

function warning(entry: string | null, text: string): Found {
  return { level: "warning", entry, text };
}
