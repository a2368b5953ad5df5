import { can } from "../../access/index.ts";
import type { Department } from "../../triage/index.ts";
import type { Reply } from "../types.ts";
import { requireDepartment } from "./find-people.ts";
import { departmentHere } from "./handle-group.ts";
import {
  isWaiting,
  noteAccount,
  type Registration,
  registrationsOf,
  saveRegistration,
} from "./keep-registrations.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { misuse, toOfficeReply } from "./office-reply.ts";
import { takeIn } from "./take-in.ts";
import { askForName, writeApplication, writeRegistered } from "./write-registration.ts";

const MAX_WAITING = 3;
const MAX_NAME = 40;

/** “登记为区科委专员 张三”, said by the person: nobody else can register an account. */
export async function register(turn: OfficeTurn, words: string, typedName: string): Promise<Reply> {
  const { options, context, message } = turn;
  const { account } = context.actor;
  if (context.canSendDirect === false) {
    throw misuse("专员须能收到私聊通知，请在飞书中向我发送“登记为某部门专员 姓名”。");
  }
  await options.settings.refresh();
  const department = chooseDepartment(turn, words);
  const name = typedName || (message.userName ?? "").trim();
  if (name === "" || name.length > MAX_NAME) return askForName(department);
  const registration: Registration = {
    ...{ request: turn.key, account, name, at: context.at, state: "pending" },
    ...{ department: department.id, departmentName: department.name, byName: null, decidedAt: null },
  };
  return turn.inTurn(account, async () => {
    const known = await sayWhatIsKnown(turn, department, registration);
    if (known) return known;
    if (can(context.actor.roles, "manage-triage")) return registerSelf(turn, registration);
    return askAdministrators(turn, registration);
  });
}

function chooseDepartment(turn: OfficeTurn, words: string): Department {
  const here = words.trim() === "" ? departmentHere(turn) : undefined;
  return here ?? requireDepartment(words, turn.options.settings.current());
}

/** Undefined: it is a new wish. The same message, worked on again, is the same wish. */
async function sayWhatIsKnown(
  turn: OfficeTurn,
  { name: departmentName, specialists, id }: Department,
  { account, name, request }: Registration,
): Promise<Reply | undefined> {
  const isThere = specialists.some((one) => one.account === account && one.name === name);
  if (isThere && can(turn.context.actor.roles, "work-tickets")) {
    return toOfficeReply("register", `您已是${departmentName}专员（${name}），无需再次登记。`);
  }
  const waiting = (await registrationsOf(turn, account)).filter(
    (one) => isWaiting(one, turn.at) && one.request !== request,
  );
  if (waiting.some((one) => one.department === id)) {
    return toOfficeReply(
      "register",
      `您登记为${departmentName}专员的申请已提交，正等待管理员处理，结果会私聊告知您。`,
    );
  }
  if (waiting.length < MAX_WAITING) return undefined;
  return toOfficeReply("register", `您已有 ${waiting.length} 项登记申请等待管理员处理，请待其办结后再提交。`);
}

/** Who may change the settings may also enter themselves. */
async function registerSelf(turn: OfficeTurn, registration: Registration): Promise<Reply> {
  await takeIn(turn, registration, "本人登记");
  return writeRegistered(registration);
}

async function askAdministrators(turn: OfficeTurn, registration: Registration): Promise<Reply> {
  const { options, message } = turn;
  await saveRegistration(turn, registration);
  await turn.inTurn("index", () => noteAccount(turn, registration.account));
  const card = writeApplication(registration, {
    shownName: message.userName ?? null,
    fromGroup: message.chatKind === "group",
  });
  const admins = await options.listAdmins();
  const told = await Promise.all(
    admins.map((account) => options.notifyPerson(account, `office-register:${registration.request}`, card)),
  );
  const { departmentName, name } = registration;
  return toOfficeReply("register", `已提交：${name}登记为${departmentName}专员。`, [
    {
      type: "paragraph",
      text: told.some(Boolean)
        ? "已请管理员核实，结果会私聊告知您；7 日内未处理的，请重新提交。"
        : "目前无法私聊通知管理员，请直接告知管理员：发送“登记申请”即可处理。",
    },
  ]);
}
