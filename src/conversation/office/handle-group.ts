import { requireRight } from "../../access/index.ts";
import type { Department } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { requireDepartment } from "./find-people.ts";
import { saveChange } from "./keep-change.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, toOfficeButton, toOfficeReply } from "./office-reply.ts";

const REPLACED = "确认改为另一个群";

function groupHere({ message }: OfficeTurn): string {
  if (message.chatKind === "group") return `${message.channel}:${message.chatId}`;
  throw misuse("请到该部门的群里@我发送，例如“本群受理区科委的工单”；工单卡片发到发送这句话的群。");
}

/** “本群受理区科委的工单”. Another group is only replaced when the card showed it. */
export async function bindGroup(turn: OfficeTurn, words: string, was: string | undefined): Promise<Reply> {
  const { options, context, message, key } = turn;
  const { settings } = options;
  requireRight(context.actor, "manage-triage");
  const group = groupHere(turn);
  await settings.refresh();
  const department = requireDepartment(words, settings.current());
  if (department.group === group) return describeBound(department, "本群已在受理");
  if (department.group !== null && department.group !== was) return askToReplace(turn, department, group);
  const { problems } = await settings.changeDepartment(
    { do: "set-group", department: department.id, group },
    context.actor,
    `在群里设定（${message.channel} 消息 ${key}）`.slice(0, 200),
  );
  const warnings = problems.map(({ text }) => text);
  return describeBound(department, "已设定：本群受理", warnings);
}

/** Pressed or typed: “确认修改” carries out what was shown last. */
async function askToReplace(turn: OfficeTurn, { id, name, group }: Department, here: string): Promise<Reply> {
  const { settings } = turn.options;
  await saveChange(turn, {
    ...{ change: turn.key, what: { kind: "bind", department: id, group: here } },
    ...{ reason: REPLACED, revision: settings.revisionOf("departments"), at: turn.context.at, done: null },
  });
  return toOfficeReply("bind", `${name}的工单卡片目前发到另一个群，要改为本群吗？`, [
    { type: "paragraph", text: "确认后，新的工单卡片发到本群，原来的群不再收到；已发出的卡片仍可使用。" },
    {
      type: "actions",
      actions: [
        toOfficeButton("bind", "确认改为本群", {
          style: "primary",
          values: { department: id, was: group ?? "" },
          command: "确认修改",
        }),
      ],
    },
  ]);
}

export function describeBound(department: Department, verb: string, warnings: readonly string[] = []): Reply {
  const { name, specialists } = department;
  const there =
    specialists.length > 0
      ? `已登记的专员：${specialists.map((one) => one.name).join("、")}。`
      : `${name}还没有登记的专员，工单暂时无人可以认领。`;
  return toOfficeReply("bind", `${verb}${name}的工单。`, [
    ...list([
      "新的工单卡片发到本群，办理情况变化时卡片随之更新。",
      `办理人须先登记：由本人在本群@我发送“登记为${name}专员 姓名”，管理员同意后即可认领、回复、转派。`,
      "请确认群内均为可以知悉企业诉求的人员；企业的联系方式只在认领后私聊提供。",
    ]),
    { type: "paragraph", text: there },
    ...list(warnings, "请留意："),
    { type: "notice", text: "停用请由管理员在本群发送“本群不再受理工单”。" },
  ]);
}

/** “本群不再受理工单”. */
export async function unbindGroup(turn: OfficeTurn): Promise<Reply> {
  const { options, context } = turn;
  const { settings } = options;
  requireRight(context.actor, "manage-triage");
  const group = groupHere(turn);
  await settings.refresh();
  const bound = settings.current().departments.filter((each) => each.group === group);
  if (bound.length === 0) return toOfficeReply("bind", "本群目前没有受理任何部门的工单，无需停用。");
  for (const { id } of bound) {
    const change = { do: "set-group", department: id, group: null } as const;
    await settings.changeDepartment(change, context.actor, "在群里停用");
  }
  const empty = bound.filter(({ specialists }) => specialists.length === 0).map(({ name }) => name);
  return toOfficeReply("bind", `本群不再受理${bound.map(({ name }) => name).join("、")}的工单。`, [
    { type: "paragraph", text: "新的工单改为私聊通知各部门的专员。" },
    ...(empty.length > 0
      ? list([
          `${empty.join("、")}没有已登记的专员，分派到那里的工单将由兜底部门接手，请尽快另设群或登记专员。`,
        ])
      : []),
  ]);
}

/** The department whose group this is; undefined: none, or several. */
export function departmentHere({ options, message }: OfficeTurn): Department | undefined {
  if (message.chatKind !== "group") return undefined;
  const group = `${message.channel}:${message.chatId}`;
  const found = options.settings.current().departments.filter((each) => each.group === group);
  return found.length === 1 ? found[0] : undefined;
}
