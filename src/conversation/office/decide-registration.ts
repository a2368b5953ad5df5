import { requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import { describeInstant } from "../tickets/describe-time.ts";
import type { Reply } from "../types.ts";
import { nameOf } from "./find-people.ts";
import {
  isWaiting,
  type Registration,
  registrationsOf,
  saveRegistration,
  waitingRegistrations,
} from "./keep-registrations.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, misuse, toOfficeReply } from "./office-reply.ts";
import { takeIn } from "./take-in.ts";
import { writeRefused, writeRegistered, writeWaiting } from "./write-registration.ts";

interface Wanted {
  /** An account, or a name among those who wait. */
  who: string;
  request?: string;
}

const MAX_REASON = 200;

export async function showWaiting(turn: OfficeTurn): Promise<Reply> {
  requireRight(turn.context.actor, "manage-triage");
  return writeWaiting(await waitingRegistrations(turn));
}

/** The first who decides, decides; who comes later is told. */
export async function approveRegistration(turn: OfficeTurn, wanted: Wanted): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  requireRight(context.actor, "manage-roles");
  const { account, request } = await find(turn, wanted);
  return turn.inTurn(account, async () => {
    const registration = await read(turn, account, request);
    if (!isWaiting(registration, turn.at)) return sayDecided(registration);
    await options.settings.refresh();
    await takeIn(turn, registration, "同意登记专员");
    const told = await options.notifyPerson(
      account,
      `office-registered:${request}`,
      writeRegistered(registration),
    );
    await saveRegistration(turn, decided(turn, registration, "approved"));
    const { name, departmentName, department } = registration;
    const problems = options.settings.problems().filter(({ entry }) => entry === department);
    return toOfficeReply("done", `已同意：${name}登记为${departmentName}专员。`, [
      { type: "paragraph", text: told ? "已私聊告知本人。" : "无法私聊本人，请转告。" },
      ...list(problems.map(({ text }) => text)),
      { type: "notice", text: `如需其在逾期时收到提醒，可发送“设为负责人 ${name} ${departmentName}”。` },
    ]);
  });
}

export async function refuseRegistration(turn: OfficeTurn, wanted: Wanted, reason: string): Promise<Reply> {
  const { options, context } = turn;
  requireRight(context.actor, "manage-triage");
  const { account, request } = await find(turn, wanted);
  return turn.inTurn(account, async () => {
    const registration = await read(turn, account, request);
    if (!isWaiting(registration, turn.at)) return sayDecided(registration);
    if (reason === "") throw misuse("请写明不同意的原因（会告知本人），填写后再点“不同意”。");
    const told = await options.notifyPerson(
      account,
      `office-refused:${request}`,
      writeRefused(registration, reason.slice(0, MAX_REASON)),
    );
    await saveRegistration(turn, decided(turn, registration, "refused"));
    return toOfficeReply("done", `已不同意${registration.name}的登记申请。`, [
      { type: "paragraph", text: told ? "已把原因私聊告知本人。" : "无法私聊本人，请转告。" },
    ]);
  });
}

function decided(
  { options, message, context }: OfficeTurn,
  registration: Registration,
  state: "approved" | "refused",
): Registration {
  const byName =
    nameOf(context.actor.account, options.settings.current()) ?? message.userName?.trim() ?? null;
  return { ...registration, state, byName, decidedAt: context.at };
}

function sayDecided({ state, byName, decidedAt, name, departmentName }: Registration): Reply {
  if (state === "pending") {
    return toOfficeReply("done", "这项申请已超过 7 日，不再处理。", [
      { type: "paragraph", text: `如仍需要，请${name}本人重新发送“登记为${departmentName}专员 ${name}”。` },
    ]);
  }
  const who = byName ? `管理员${byName}` : "一位管理员";
  const when = decidedAt === null ? "" : `于${describeInstant(decidedAt)}`;
  const what = state === "approved" ? "同意" : "不同意";
  return toOfficeReply("done", `已由${who}${when}处理：${what}${name}登记为${departmentName}专员。`);
}

/** A button names both; who types names the person. */
async function find(
  turn: OfficeTurn,
  { who, request }: Wanted,
): Promise<{ account: string; request: string }> {
  if (request) return { account: who, request };
  const waiting = await waitingRegistrations(turn);
  const found = waiting.filter(({ account, name }) => isCalled(who, account) || name === who);
  const [only, ...others] = found;
  if (only && others.length === 0) return only;
  if (only) throw misuse(`“${who}”有不止一项登记申请，请发送“登记申请”，在卡片上处理。`);
  if (waiting.length === 0) throw noSuch();
  const names = waiting.map(({ name, account }) => `${name}（${account}）`).join("、");
  throw misuse(`没有“${who}”的登记申请。等待处理的有：${names}。请写姓名或括号里的账号。`);
}

/** By the whole account, or by the platform's id in it. */
function isCalled(who: string, account: string): boolean {
  return account === who || account.slice(account.indexOf(":") + 1) === who;
}

async function read(turn: OfficeTurn, account: string, request: string): Promise<Registration> {
  const found = (await registrationsOf(turn, account)).find((one) => one.request === request);
  if (found) return found;
  throw noSuch();
}

function noSuch(): AppError {
  return new AppError({
    code: "not-found",
    message: "no such registration",
    safeMessage: "没有这项登记申请：可能已办结或已过期。发送“登记申请”可查看现有申请。",
  });
}
