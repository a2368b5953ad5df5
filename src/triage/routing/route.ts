import type { CategoryId, Classification } from "../classification-types.ts";
import type {
  Absence,
  Department,
  DeskSettings,
  EnterpriseTraits,
  RoutedDepartment,
  Routing,
} from "../settings-types.ts";
import { type FoundRule, findRule } from "./find-rule.ts";
import { standIn } from "./stand-in.ts";

/**
 * Which departments a request goes to. Pure. `traits.industries` holds the enterprise's industries with their ancestors.
 * `categories`: names of further matters, for the reasons.
 */
export function route(
  classification: Classification,
  text: string,
  traits: EnterpriseTraits,
  settings: Pick<DeskSettings, "departments" | "routing">,
  absences: readonly Absence[],
  now: Date,
  categories?: ReadonlyMap<CategoryId, { name: string }>,
): Routing {
  const { category, categoryName, urgency, also: further } = classification;
  const find = (wanted: CategoryId) => {
    const matter = { category: wanted, urgency, text: wordsOfMatter(classification, wanted, text), traits };
    return findRule(matter, settings.routing);
  };
  const place = (found: FoundRule | null, wanted: CategoryId, name: string) =>
    toDepartments(found, settings.departments).map((department, index, all) => ({
      departmentId: department.id,
      name: department.name,
      category: wanted,
      ruleId: found?.rule.id ?? null,
      assignee: index === 0 ? assigneeOf(found, department, absences, now) : null,
      queue: index === 0 ? (found?.rule.queue ?? null) : null,
      reason: sayReason(found, name, all),
    }));
  const lead = place(find(category), category, categoryName);
  const taken = new Set(lead.slice(0, 1).map(({ departmentId }) => departmentId));
  const also: RoutedDepartment[] = [];
  for (const other of further) {
    const [first] = place(find(other), other, categories?.get(other)?.name ?? other);
    if (!first || taken.has(first.departmentId)) continue;
    taken.add(first.departmentId);
    also.push(first);
  }
  return { lead, also };
}

/** With several matters, each is judged by its own words; what no part names is judged by the whole. */
function wordsOfMatter({ parts, also }: Classification, wanted: CategoryId, text: string): string {
  if (also.length === 0) return text;
  const own = parts.filter(({ category }) => category === wanted).map(({ words }) => words);
  return own.length > 0 ? own.join("\n") : text;
}

/** Departments of the rule that exist; without any, the fallback. */
function toDepartments(found: FoundRule | null, departments: readonly Department[]): Department[] {
  const byId = new Map(departments.map((one) => [one.id, one]));
  const named = (found?.rule.departments ?? []).flatMap((id) => byId.get(id) ?? []);
  if (named.length > 0) return named;
  return departments.filter(({ fallback }) => fallback).slice(0, 1);
}

function assigneeOf(
  found: FoundRule | null,
  department: Department,
  absences: readonly Absence[],
  now: Date,
): string | null {
  const wanted = found?.rule.assignee;
  return wanted === undefined ? null : standIn(wanted, department, absences, now);
}

/** The plan gives no matter to a bureau: the reason speaks of the park's table, never of what a document says. */
function sayReason(
  found: FoundRule | null,
  categoryName: string,
  departments: readonly Department[],
): string {
  const [leading, ...others] = departments;
  const beside = others.length > 0 ? `，${others.map(({ name }) => name).join("、")}协同` : "";
  const by = `由${leading?.name ?? "兜底部门"}受理${beside}`;
  if (!found) return `园区分派表暂无“${categoryName}”的规则，先${by}并转交`;
  const words = found.words.length > 0 ? `（提到${found.words.map((word) => `“${word}”`).join("、")}）` : "";
  return `按园区分派表 ${found.rule.id}：${categoryName}${words}${by}`;
}
