import { requireRight } from "../../access/index.ts";
import { PART_NAMES, SETTINGS_PARTS, type SettingsPart } from "../../triage/index.ts";
import { describeInstant } from "../tickets/describe-time.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { findDepartment, nameOf } from "./find-people.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, toOfficeButton, toOfficeReply } from "./office-reply.ts";
import { readPartName } from "./read-part-name.ts";
import { writeDepartments } from "./write-departments.ts";
import { describeRule, findCategory, nameCategory, nameDepartments, rulesOf } from "./write-routing.ts";
import { writeCalendar, writeDutyLine, writeTemplates, writeTerms } from "./write-terms.ts";

/** What holds now, readable. */
export async function showPart(turn: OfficeTurn, part: SettingsPart, words: string): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "read-tickets");
  await options.settings.refresh();
  const settings = options.settings.current();
  const problems = options.settings.problems().filter((problem) => problem.part === part);
  switch (part) {
    case "departments":
      return writeDepartments(settings, problems);
    case "routing":
      return words === "" ? showRouting(turn) : showRules(turn, words);
    case "sla":
      return writeTerms(settings, problems);
    case "calendar":
      return writeCalendar(settings, problems);
    case "templates":
      return writeTemplates(settings, problems, options.categories);
    case "dutyLine":
      return writeDutyLine(settings);
  }
}

/** One line a category; the finer rules are a command further. */
function showRouting({ options }: OfficeTurn): Reply {
  const settings = options.settings.current();
  const items = [...options.categories.values()].map(({ id, name }) => {
    const rules = rulesOf(id, settings.routing);
    const general = rules.findLast(({ words, withWords, industries, parks, enterpriseTypes, urgencies }) =>
      [words, withWords, industries, parks, enterpriseTypes, urgencies].every((each) => each === undefined),
    );
    const finer = rules.length - (general ? 1 : 0);
    const value = general ? nameDepartments(general.departments, settings) : "未设通用规则，由兜底部门受理";
    return { label: name, value, ...(finer > 0 && { note: `另有 ${finer} 条细分规则` }) };
  });
  const problems = options.settings.problems().filter(({ part }) => part === "routing");
  return toOfficeReply("settings", "分派表（由园区维护，并非文件规定）：", [
    { type: "fields", items },
    ...list(
      problems.map(({ text }) => text),
      "需要留意：",
    ),
    {
      type: "notice",
      text: "发送“分派表 融资”可看某一类的全部规则；发送“融资与基金改由区财政局受理，原因：…”可修改，修改前会先列明变化。",
    },
  ]);
}

function showRules({ options }: OfficeTurn, words: string): Reply {
  const settings = options.settings.current();
  const category = findCategory(words, options.categories);
  if (category) {
    const rules = rulesOf(category.id, settings.routing);
    return toOfficeReply("settings", `分派表：${category.name}（${category.id}），${rules.length} 条规则`, [
      ...list(rules.map((rule) => describeRule(rule, settings))),
      {
        type: "notice",
        text: "成立的条件最多的规则生效，一样多时排在前面的生效；都不成立的由兜底部门受理。",
      },
    ]);
  }
  const department = findDepartment(words, settings);
  if (department) {
    const rules = settings.routing.filter(({ departments }) => departments.includes(department.id));
    return toOfficeReply("settings", `分派表：${department.name}牵头或协同的 ${rules.length} 条规则`, [
      ...list(
        rules.map((rule) => {
          const names = (rule.categories ?? []).map((id) => nameCategory(id, options.categories));
          return `${names.join("、") || "各类"}｜${describeRule(rule, settings)}`;
        }),
      ),
    ]);
  }
  const rule = settings.routing.find(({ id }) => id.toLowerCase() === words.toLowerCase());
  if (rule) return toOfficeReply("settings", describeRule(rule, settings), writeWords(rule.words));
  const names = [...options.categories.values()].map(({ name }) => name).join("、");
  throw misuse(`没有名为“${words}”的类别、部门或规则。类别有：${names}。`);
}

function writeWords(words: readonly string[] | undefined): ReplyBlock[] {
  return words ? [{ type: "paragraph", text: `词语：${words.join("、")}` }] : [];
}

/** Throws `usage` with the names that there are. */
export function requirePart(words: string): SettingsPart {
  const part = SETTINGS_PARTS.find((each) => each === words) ?? readPartName(words);
  if (part) return part;
  throw misuse(`没有名为“${words}”的设置。可用：${Object.values(PART_NAMES).join("、")}。`);
}

const MAX_VERSIONS = 8;
const MAX_CHANGES = 4;

/** “设置历史 分派表”: newest first, each with what it changed. */
export async function showHistory(turn: OfficeTurn, words: string): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  const part = requirePart(words);
  const { settings } = options;
  await settings.refresh();
  const history = await settings.history(part);
  const shown = history.slice(0, MAX_VERSIONS);
  const items = [];
  for (const [index, record] of shown.entries()) {
    const before = history[index + 1];
    const changes = before ? await settings.diff(part, before.revision, record.revision) : [];
    const more = changes.length > MAX_CHANGES ? `等 ${changes.length} 处` : "";
    const who = nameOf(record.by, settings.current()) ?? (record.origin === "file" ? "设置文件" : record.by);
    const what = changes.length > 0 ? `：${changes.slice(0, MAX_CHANGES).join("；")}${more}` : "";
    items.push({
      label: `第 ${record.revision} 版`,
      value: `${describeInstant(record.at)} ${who}${what}`,
      ...(record.reason && { note: `原因：${record.reason}` }),
    });
  }
  const name = PART_NAMES[part];
  if (items.length === 0) return toOfficeReply("history", `“${name}”还没有修改记录。`);
  return toOfficeReply("history", `“${name}”的修改记录（共 ${history.length} 版）：`, [
    { type: "fields", items },
    { type: "notice", text: `发送“退回设置 ${name} 版次”可恢复到某一版，恢复前会先列明变化。` },
    {
      type: "actions",
      actions: [toOfficeButton("show", `查看${name}`, { values: { part }, command: name })],
    },
  ]);
}
