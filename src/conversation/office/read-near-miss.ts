import { findDepartment } from "./find-people.ts";
import type { OfficeCommand } from "./office-command.ts";
import type { OfficeSkillOptions } from "./office-parts.ts";
import { readStatement } from "./read-office-words.ts";

type Groups = Readonly<Record<string, string | undefined>>;
/** Can mean one thing only, or is told how it is written. */
export type NearMiss = { command: OfficeCommand } | { hint: string };
type Row = readonly [
  RegExp,
  (groups: Groups, nameOf: (words: string) => string | undefined) => NearMiss | undefined,
];

const PERSON = String.raw`(?<person>[\p{Script=Han}·]{2,8}|[A-Za-z][A-Za-z .'’-]{1,40}?|\S*ou_\w+)`;
const DEPARTMENT = String.raw`(?<department>[^\s，,。：:；;]{2,20}?)`;
const TIMES = String.raw`\d{1,2}\s*[:：点时]`;
const NOT_HERE = "不能在会话中修改，请由管理员用命令 desk set 或 REST 接口修改";

const ROWS: readonly Row[] = [
  [
    new RegExp(`^(?:本群|这个群|此群)(?:就)?(?:是|为|属于|归)${DEPARTMENT}的?(?:工单|工作|部门)?群?$`, "u"),
    ({ department = "" }, nameOf) => {
      const name = nameOf(department);
      if (name === undefined) return undefined;
      // A part of a name may be meant otherwise.
      if (name === department) return { command: { do: "bind", department: name } };
      return { hint: `如要由本群受理${name}的工单，请发送“本群受理${name}的工单”。本次未作修改。` };
    },
  ],
  [
    new RegExp(
      `^(?:添加|新增|增加|加|设置|任命|登记)(?:一名|一个|一位)?(?:(?<ahead>[^\\s，,。：:；;]{2,20}?)的?)?专员[\\s:：]+${PERSON}(?:[\\s，,]+(?:到|进)?${DEPARTMENT})?$`,
      "u",
    ),
    ({ person = "", department = "", ahead = "" }, nameOf) => {
      const name = nameOf(department) ?? nameOf(ahead);
      if (name === undefined && department + ahead !== "") return undefined;
      const said = person.trim();
      return {
        hint: `专员须由本人登记：请${said}本人私聊我或在部门群里@我，发送“登记为${name ?? "部门名称"}专员 ${said}”，管理员同意后生效；等待同意的申请发送“登记申请”查看。`,
      };
    },
  ],
  [
    new RegExp(
      `^(?:请)?(?:把|将)${PERSON}(?:从${DEPARTMENT}(?:的?专员)?(?:里|中)?)(?:移除|移出|删除|去掉|撤下)$`,
      "u",
    ),
    sayRemove,
  ],
  [
    new RegExp(`^(?:请)?(?:把|将)${PERSON}(?:移出|移除出|踢出|调出)${DEPARTMENT}(?:的?专员)?$`, "u"),
    sayRemove,
  ],
  [
    /^(?:设置|修改|更改|把|将)?(?:一下)?值班电话(?:设置|修改|更改|设|改)?(?:为|成|到|是)?[\s:：，,]*\+?\d[\d\s()（）-]{2,20}(?:\s*\S{1,20})?$/u,
    () => ({ hint: `值班电话${NOT_HERE}，本次未作修改。发送“值班电话”可查看现在的设置。` }),
  ],
  [
    new RegExp(
      `^(?:设置|修改|更改|把|将)?${DEPARTMENT}的?(?:办公|工作|上班)时间(?:设置|修改|更改|设|改)?(?:为|成|是)?[\\s:：，,]*${TIMES}.{0,80}$`,
      "u",
    ),
    ({ department = "" }, nameOf) =>
      nameOf(department) === undefined
        ? undefined
        : {
            hint: `办公时间${NOT_HERE}（每段起始须早于结束，例如 09:00–17:00），本次未作修改。发送“部门设置”可查看现在的设置。`,
          },
  ],
];

function sayRemove(
  { person = "", department = "" }: Groups,
  nameOf: (words: string) => string | undefined,
): NearMiss | undefined {
  const name = nameOf(department);
  return name === undefined
    ? undefined
    : { hint: `移除专员请发送“移除专员 ${person.trim()} ${name}”（可加“，原因：…”）。本次未作修改。` };
}

/** Almost a command of those who run the desk: a department has to be one of the park's. */
export function readNearMiss(
  text: string,
  { settings }: Pick<OfficeSkillOptions, "settings">,
): NearMiss | undefined {
  const plain = readStatement(text);
  if (plain === undefined) return undefined;
  const nameOf = (words: string) => findDepartment(words, settings.current())?.name;
  for (const [pattern, make] of ROWS) {
    const found = pattern.exec(plain);
    const near = found && make(found.groups ?? {}, nameOf);
    if (near) return near;
  }
  return undefined;
}
