import type { CategoryDefinition, CategoryId, DeskSettings, RoutingRule } from "../../triage/index.ts";

type Categories = ReadonlyMap<CategoryId, CategoryDefinition>;

const MAX_WORDS = 6;

export function nameCategory(id: CategoryId, categories: Categories): string {
  return categories.get(id)?.name ?? id;
}

/** Departments of a rule: 区科委牵头，区财政局协同. */
export function nameDepartments(
  ids: readonly string[],
  { departments }: Pick<DeskSettings, "departments">,
): string {
  const [lead = "", ...others] = ids.map((id) => departments.find((one) => one.id === id)?.name ?? id);
  return others.length === 0 ? lead : `${lead}牵头，${others.join("、")}协同`;
}

/** What has to hold, in words; empty: nothing besides the category. */
function describeConditions(rule: RoutingRule): string {
  const parts = [
    sayWords("含", rule.words),
    sayWords("并含", rule.withWords),
    sayList("行业", rule.industries),
    sayList("子园", rule.parks),
    sayList("企业类型", rule.enterpriseTypes),
    sayList("紧急程度", rule.urgencies),
  ];
  return parts.filter((part) => part !== "").join("；");
}

function sayWords(verb: string, words: readonly string[] | undefined): string {
  if (!words) return "";
  const shown = words.slice(0, MAX_WORDS).join("、");
  return words.length > MAX_WORDS ? `${verb}“${shown}”等 ${words.length} 个词之一` : `${verb}“${shown}”之一`;
}

function sayList(name: string, values: readonly string[] | undefined): string {
  return values ? `${name}为${values.join("、")}` : "";
}

/** `R-C02-贴息：含“财政、贴息”等 10 个词之一 → 区科委牵头，区财政局协同`. */
export function describeRule(rule: RoutingRule, settings: Pick<DeskSettings, "departments">): string {
  const conditions = describeConditions(rule) || "不限条件";
  const extra = [
    rule.queue && `小组：${rule.queue}`,
    rule.assignee && `直接交给${nameAccount(rule.assignee, settings)}`,
  ].filter(Boolean);
  const more = extra.length > 0 ? `（${extra.join("，")}）` : "";
  return `${rule.id}：${conditions} → ${nameDepartments(rule.departments, settings)}${more}`;
}

function nameAccount(account: string, { departments }: Pick<DeskSettings, "departments">): string {
  const people = departments.flatMap(({ specialists }) => specialists);
  return people.find((one) => one.account === account)?.name ?? account;
}

export function rulesOf(category: CategoryId, routing: readonly RoutingRule[]): RoutingRule[] {
  return routing.filter(({ categories }) => categories?.includes(category) ?? false);
}

/** By id or name, or by part of exactly one name: 融资. */
export function findCategory(words: string, categories: Categories): CategoryDefinition | undefined {
  const wanted = words.trim();
  if (wanted === "") return undefined;
  const all = [...categories.values()];
  const exact = all.find(({ id, name }) => id === wanted.toUpperCase() || name === wanted);
  if (exact) return exact;
  const like = all.filter(({ name }) => wanted.length >= 2 && name.includes(wanted));
  return like.length === 1 ? like[0] : undefined;
}
