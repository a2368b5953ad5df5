import type { Department, DeskSettings, RoutingRule } from "../../triage/index.ts";
import type { OfficeSkillOptions } from "./office-parts.ts";
import { misuse } from "./office-reply.ts";
import { describeRule, findCategory, rulesOf } from "./write-routing.ts";

/** What is to go elsewhere: a category, or one rule. */
export interface Matter {
  id: string;
  name: string;
  kind: "category" | "rule";
}

export function findMatter(
  words: string,
  { categories, settings }: Pick<OfficeSkillOptions, "categories" | "settings">,
): Matter | undefined {
  const rule = settings.current().routing.find(({ id }) => id.toLowerCase() === words.trim().toLowerCase());
  if (rule) return { id: rule.id, name: `规则 ${rule.id}`, kind: "rule" };
  const category = findCategory(words, categories);
  return category && { id: category.id, name: category.name, kind: "category" };
}

export interface ChangedRouting {
  routing: RoutingRule[];
  /** Rules that also serve other categories, left as they are, in words. */
  untouched: string[];
}

/**
 * The table in which a matter goes to another department: it leads where it did not, who assisted goes on assisting, and who
 * led steps back. A category without a rule of its own gets one.
 */
export function changeRouting(
  matter: Matter,
  department: Department,
  settings: Pick<DeskSettings, "routing" | "departments">,
): ChangedRouting {
  const { routing } = settings;
  if (matter.kind === "rule") {
    return {
      routing: routing.map((rule) => (rule.id === matter.id ? leadBy(rule, department.id) : rule)),
      untouched: [],
    };
  }
  const all = rulesOf(matter.id, routing);
  const own = new Set(all.filter(({ categories }) => categories?.length === 1).map(({ id }) => id));
  const changed = routing.map((rule) => (own.has(rule.id) ? leadBy(rule, department.id) : rule));
  const hasGeneral = all.some((rule) => own.has(rule.id) && isGeneral(rule));
  const added: RoutingRule = {
    id: freeId(`R-${matter.id}`, routing),
    categories: [matter.id],
    departments: [department.id],
    note: "由园区维护的分派表，非文件规定",
  };
  return {
    routing: hasGeneral ? changed : [...changed, added],
    untouched: all
      .filter(({ id, departments }) => !own.has(id) && departments[0] !== department.id)
      .map((rule) => describeRule(rule, settings)),
  };
}

function leadBy(rule: RoutingRule, department: string): RoutingRule {
  if (rule.departments[0] === department) return rule;
  // The person and the group belong to the one who led.
  const { assignee: _assignee, queue: _queue, departments, ...rest } = rule;
  return { ...rest, departments: [department, ...departments.slice(1).filter((id) => id !== department)] };
}

function isGeneral({
  words,
  withWords,
  industries,
  parks,
  enterpriseTypes,
  urgencies,
}: RoutingRule): boolean {
  return [words, withWords, industries, parks, enterpriseTypes, urgencies].every(
    (each) => each === undefined,
  );
}

function freeId(wanted: string, routing: readonly RoutingRule[]): string {
  const taken = new Set(routing.map(({ id }) => id));
  let id = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`;
  return id;
}

/** Throws `usage`. */
export function requireMatter(words: string, options: OfficeSkillOptions): Matter {
  const found = findMatter(words, options);
  if (found) return found;
  const names = [...options.categories.values()].map(({ name }) => name).join("、");
  throw misuse(`没有名为“${words}”的类别或规则。类别有：${names}；规则编号见“分派表 类别”。`);
}
