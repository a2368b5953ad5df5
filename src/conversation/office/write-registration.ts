import type { Department } from "../../triage/index.ts";
import { describeInstant } from "../tickets/describe-time.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import type { Registration } from "./keep-registrations.ts";
import { list, reasonField, toOfficeButton, toOfficeReply } from "./office-reply.ts";

export function askForName({ id, name }: Pick<Department, "id" | "name">): Reply {
  return toOfficeReply("register", `请写明姓名，例如“登记为${name}专员 张三”。`, [
    {
      type: "form",
      name: "office-register",
      fields: [{ name: "name", label: "姓名（对企业显示）", kind: "text", required: true }],
      submit: toOfficeButton("register", "提交登记", {
        style: "primary",
        values: { department: id },
        command: `登记为${name}专员 …`,
      }),
    },
  ]);
}

/** What every administrator gets, with the buttons that decide it. */
export function writeApplication(
  registration: Registration,
  { shownName, fromGroup }: { shownName: string | null; fromGroup: boolean },
): Reply {
  const { name, departmentName } = registration;
  const differs = shownName !== null && shownName.trim() !== "" && !shownName.includes(name);
  return toOfficeReply("application", `${name}申请登记为${departmentName}专员，请核实。`, [
    {
      type: "fields",
      items: [
        { label: "姓名", value: name },
        { label: "平台显示名", value: shownName?.trim() || "平台未提供" },
        { label: "部门", value: departmentName },
        { label: "提交于", value: `${describeInstant(registration.at)}，${fromGroup ? "群里" : "私聊"}` },
        { label: "账号", value: registration.account },
      ],
    },
    ...(differs
      ? [{ type: "notice" as const, text: "所填姓名与平台显示名不同，请向本人核实后再处理。" }]
      : []),
    ...writeDecision(registration),
  ]);
}

/** Typed: by the account, which is nobody else's. */
function writeDecision({ account, request }: Registration): ReplyBlock[] {
  const values = { account, request };
  return [
    {
      type: "paragraph",
      text: "同意后即可查看本部门工单，并以专员身份答复企业；不同意请写明原因，会告知本人。",
    },
    {
      type: "form",
      name: "office-registration",
      fields: [reasonField()],
      submit: toOfficeButton("approve", "同意", {
        style: "primary",
        values,
        command: `同意登记 ${account}`,
      }),
      more: [
        toOfficeButton("refuse", "不同意", {
          style: "danger",
          values,
          command: `不同意登记 ${account} 原因…`,
        }),
      ],
    },
  ];
}

export function writeWaiting(waiting: readonly Registration[]): Reply {
  if (waiting.length === 0) return toOfficeReply("applications", "目前没有等待处理的登记申请。");
  return toOfficeReply("applications", `等待处理的登记申请 ${waiting.length} 项：`, [
    {
      type: "fields",
      items: waiting.map(({ name, departmentName, at, account }) => ({
        label: name,
        value: `登记为${departmentName}专员`,
        note: `${describeInstant(at)}，${account}`,
      })),
    },
    ...waiting.slice(0, 5).map(
      ({ name, account, request }, index): ReplyBlock => ({
        type: "form",
        name: `office-registration-${index + 1}`,
        fields: [reasonField()],
        submit: toOfficeButton("approve", `同意 ${name}`, {
          style: "primary",
          values: { account, request },
          command: `同意登记 ${account}`,
        }),
        more: [
          toOfficeButton("refuse", `不同意 ${name}`, {
            values: { account, request },
            command: `不同意登记 ${account} 原因…`,
          }),
        ],
      }),
    ),
  ]);
}

/** To the person, when it is done. */
export function writeRegistered({ departmentName }: Pick<Registration, "departmentName">): Reply {
  return toOfficeReply("registered", `您已登记为${departmentName}专员。`, [
    ...list([
      "新的工单会在部门群里或私聊中通知您，点“认领”后办理；也可发送“我的待办”查看。",
      "发送“工单帮助”可查看办理指令；休假前请发送“我休假 11月25日到11月27日 张三代”这样的话。",
      "不再承办时，发送“退出专员”。",
    ]),
  ]);
}

export function writeRefused(
  { departmentName }: Pick<Registration, "departmentName">,
  reason: string,
): Reply {
  return toOfficeReply("refused", `您登记为${departmentName}专员的申请未获同意。`, [
    { type: "paragraph", text: `原因：${reason}` },
    { type: "notice", text: "情况有变或有疑问，请与管理员联系，也可重新提交。" },
  ]);
}
