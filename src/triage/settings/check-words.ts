import type { DeskSettings } from "../settings-types.ts";
import { repeatsOf } from "./find-repeats.ts";
import type { KnownWords, SettingsProblem } from "./settings-problem.ts";

const PLACEHOLDERS = new Set(["{企业}", "{专员}", "{部门}", "{工单}"]);
const PROMISES = /(?<!不)保证(?!人员|金|书|合同)|一定能|肯定能|包过|最高可拿|审核通过|内部消息/u;

/** Templates and duty line. */
export function checkWords({ templates, dutyLine }: DeskSettings, known: KnownWords): SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const add = (level: SettingsProblem["level"], entry: string, text: string) =>
    problems.push({ level, part: "templates", entry, text });
  for (const id of repeatsOf(templates.map((one) => one.id))) {
    add("error", id, `模板编号“${id}”写了不止一次，请改成不同的编号`);
  }
  for (const { id, title, text, categories = [] } of templates) {
    for (const [held] of text.matchAll(/\{[^{}]*\}/gu)) {
      if (PLACEHOLDERS.has(held)) continue;
      add("error", id, `模板“${title}”中的 ${held} 无法填入，只能用 ${[...PLACEHOLDERS].join(" ")}`);
    }
    for (const category of categories) {
      if (!known.categories || known.categories.has(category)) continue;
      add("error", id, `模板“${title}”的类别“${category}”不存在，请改正`);
    }
    const promise = PROMISES.exec(text)?.[0];
    if (promise) add("warning", id, `模板“${title}”中的“${promise}”像是承诺，请换一种说法`);
  }
  if (dutyLine === null) {
    const text = "没有设置园区值班电话，险情提示只给 119/120/110；有专人接听的号码请填入";
    problems.push({ level: "warning", part: "dutyLine", entry: null, text });
  }
  return problems;
}
