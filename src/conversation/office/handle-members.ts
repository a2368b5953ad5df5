import { can, requireRight } from "../../access/index.ts";
import type { Department } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { departmentsOf, nameOf, requireDepartment, requirePerson } from "./find-people.ts";
import { OFFICE, type OfficeTurn } from "./office-parts.ts";
import { list, toOfficeButton, toOfficeReply } from "./office-reply.ts";
import { sayReleased, takeOut } from "./take-out.ts";

/** “退出专员”: one's own word is enough, after one look at what it means. */
export async function leave(turn: OfficeTurn, words: string, isConfirmed: boolean): Promise<Reply> {
  const { options, context } = turn;
  const { account } = context.actor;
  await options.settings.refresh();
  const settings = options.settings.current();
  const own = departmentsOf(account, settings);
  const wanted = words.trim() === "" ? own : [requireDepartment(words, settings)];
  const leaving = own.filter(({ id }) => wanted.some((each) => each.id === id));
  if (!isConfirmed) return leaving.length === 0 ? sayNoMember(wanted) : askToLeave(turn, leaving);
  return turn.inTurn(account, async () => {
    const name = nameOf(account, settings) ?? account;
    const released = await takeOut(turn, account, leaving, OFFICE, `本人退出专员：${name}`);
    // Also after an interruption, when nothing is left to leave.
    if (leaving.length === 0) return sayNoMember(wanted);
    await tellAdministrators(turn, name, leaving, released);
    return toOfficeReply("left", `您已退出${namesOf(leaving)}专员。`, [
      { type: "paragraph", text: "您名下未办结的工单回到待认领，由同事接手；管理员已收到通知。" },
    ]);
  });
}

function sayNoMember(wanted: readonly Department[]): Reply {
  const of = wanted.length > 0 ? namesOf(wanted) : "任何部门";
  return toOfficeReply("left", `您目前不是${of}的专员，无需退出。`);
}

function namesOf(departments: readonly Department[]): string {
  return departments.map(({ name }) => name).join("、");
}

async function askToLeave({ options, context }: OfficeTurn, leaving: readonly Department[]): Promise<Reply> {
  const { actor } = context;
  const held = can(actor.roles, "read-tickets")
    ? await options.desk.list({ assignee: actor.account, open: true, limit: 200 }, actor)
    : [];
  const [only, ...others] = leaving;
  const department = only && others.length === 0 ? only.id : "";
  return toOfficeReply("leave", `确认退出${namesOf(leaving)}专员吗？`, [
    ...list([
      held.length > 0
        ? `您名下有 ${held.length} 张未办结的工单，退出后回到待认领，由同事接手。`
        : "您名下没有未办结的工单。",
      "退出后不再收到该部门的工单；以后可以重新申请登记。",
    ]),
    {
      type: "actions",
      actions: [
        toOfficeButton("leave", "确认退出", {
          style: "danger",
          values: { department },
          command: "确认退出专员",
        }),
      ],
    },
  ]);
}

async function tellAdministrators(
  { options, key, context }: OfficeTurn,
  name: string,
  left: readonly Department[],
  released: readonly string[],
): Promise<void> {
  const { departments } = options.settings.current();
  const empty = departments.filter(
    ({ id, specialists }) => left.some((each) => each.id === id) && specialists.length === 0,
  );
  const notice = toOfficeReply("left", `${name}已退出${namesOf(left)}专员。`, [
    ...list([
      "其名下未办结的工单回到待认领。",
      ...sayReleased(released),
      ...empty.map((each) => `${each.name}目前没有专员，请尽快安排登记，否则工单由兜底部门接手。`),
    ]),
  ]);
  for (const account of await options.listAdmins()) {
    if (account !== context.actor.account) await options.notifyPerson(account, `office-left:${key}`, notice);
  }
}

export interface Naming {
  person: string;
  department: string;
  reason: string;
}

/** “移除专员 张三 区科委”. */
export async function removeMember(turn: OfficeTurn, { person, department, reason }: Naming): Promise<Reply> {
  const { options, context, key } = turn;
  const { settings } = options;
  requireRight(context.actor, "manage-triage");
  requireRight(context.actor, "manage-roles");
  await settings.refresh();
  const found = requirePerson(person, department, settings.current());
  const { account, name } = found;
  const why = reason || "管理员在对话中移除";
  const held = await options.desk.list({ assignee: account, open: true, limit: 200 }, context.actor);
  const released = await takeOut(turn, account, [found.department], context.actor, why);
  const told =
    account !== context.actor.account &&
    (await options.notifyPerson(
      account,
      `office-removed:${key}`,
      toOfficeReply("left", `您不再是${found.department.name}专员。`, [
        ...list([
          ...(reason === "" ? [] : [`原因：${reason}`]),
          "您名下该部门未办结的工单回到待认领；有疑问请与管理员联系。",
        ]),
      ]),
    ));
  const left = settings.current().departments.find(({ id }) => id === found.department.id);
  return toOfficeReply("done", `已移除：${found.department.name} ${name}。`, [
    ...list([
      held.length > 0
        ? `其名下 ${held.length} 张未办结的工单中，属于该部门的回到待认领。`
        : "其名下没有未办结的工单。",
      ...sayReleased(released),
      ...(told ? ["已私聊告知本人。"] : []),
      ...(left && left.specialists.length === 0 ? [`${left.name}目前没有专员，请尽快安排登记。`] : []),
    ]),
  ]);
}

/** “设为负责人 张三 区科委”, “取消负责人 张三 区科委”. */
export async function setLead(
  turn: OfficeTurn,
  { person, department, reason }: Naming,
  isLead: boolean,
): Promise<Reply> {
  const { options, context } = turn;
  const { settings } = options;
  requireRight(context.actor, "manage-triage");
  await settings.refresh();
  const found = requirePerson(person, department, settings.current());
  const { account, name } = found;
  const { id, name: departmentName, leads } = found.department;
  if (leads.includes(account) === isLead) {
    return toOfficeReply("done", `${name}${isLead ? "已是" : "不是"}${departmentName}负责人，未作修改。`);
  }
  const next = isLead ? [...leads, account] : leads.filter((one) => one !== account);
  const why = reason || `${isLead ? "设为" : "取消"}负责人：${name}`;
  await settings.changeDepartment({ do: "set-leads", department: id, leads: next }, context.actor, why);
  const names = next.map((one) => nameOf(one, settings.current()) ?? one).join("、");
  return toOfficeReply("done", `已${isLead ? "设为" : "取消"}：${departmentName}负责人 ${name}。`, [
    {
      type: "paragraph",
      text:
        next.length > 0
          ? `${departmentName}现有负责人：${names}。工单逾期时提醒负责人，负责人可查看本部门统计。`
          : `${departmentName}目前没有负责人，工单逾期时由管理员收到提醒。`,
    },
  ]);
}
