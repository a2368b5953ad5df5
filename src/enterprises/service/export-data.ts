import type { Actor } from "../../access/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { EnterpriseRecord, TurnRecord } from "../../storage/index.ts";
import { foldProfile } from "../profile/fold-profile.ts";
import type { FactSource, FactValue } from "../types.ts";
import { describeFact } from "../words/describe-fact.ts";
import { describeProfile } from "../words/describe-profile.ts";
import { splitAccount } from "./delete-data.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

const BATCH = 500;

/** Plain JSON with labels that its reader understands: it is given to a person, not to a program. */
export async function exportData(
  options: EnterpriseServiceOptions,
  by: Actor,
  at: Date,
): Promise<Record<string, unknown>> {
  const { store, outreach } = options;
  const enterprises: unknown[] = [];
  for (const record of await store.enterprisesOf(by.account)) {
    enterprises.push(await exportEnterprise(options, record, by, toShanghaiDay(at)));
  }
  const subscriptions = await outreach.subscriptionsOf(by.account);
  const reminders = await outreach.remindersOf(by.account);
  const { dialogues, turns } = await exportTalk(options, by);
  return {
    导出时间: at.toISOString(),
    账号: by.account,
    企业: enterprises,
    订阅: subscriptions.map(({ kind, topic, cadence, quietFrom, quietTo, weeklyLimit, consentedAt }) => ({
      类型: kind === "programs" ? "政策推送" : "活动",
      事项: topic,
      频次: { "at-once": "即时", daily: "每日", weekly: "每周" }[cadence],
      静默时段: `${quietFrom}–${quietTo}`,
      每周上限: weeklyLimit,
      同意时间: consentedAt,
    })),
    提醒: reminders.map(({ dueOn, subject, state, createdAt }) => ({
      日期: dueOn,
      事由: subject,
      状态: { waiting: "待提醒", sent: "已提醒", cancelled: "已取消" }[state],
      登记时间: createdAt,
    })),
    对话状态: dialogues,
    问答记录: turns,
  };
}

/** Of a shared enterprise only what this person said: the rest is the others'. */
async function exportEnterprise(
  { store, lexicon }: EnterpriseServiceOptions,
  { enterpriseId, name, creditCode, createdAt }: EnterpriseRecord,
  by: Actor,
  today: string,
): Promise<Record<string, unknown>> {
  const records = await store.historyOf(enterpriseId);
  const members = await store.membersOf(enterpriseId);
  const shared = members.length > 1;
  const said = records.filter(({ source }) => !shared || (source as FactSource).by === by.account);
  const profile = foldProfile(said, lexicon.fields, today);
  return {
    编号: enterpriseId,
    名称: name,
    统一社会信用代码: creditCode,
    建档时间: createdAt,
    与他人共有: shared,
    绑定的群: await store.chatsOf(enterpriseId),
    服务专员: await store.specialistsOf(enterpriseId),
    画像: describeProfile(profile, lexicon, { viewer: by.account }).map(({ label, value, note }) => ({
      项目: label,
      内容: value,
      说明: note,
    })),
    原始记录: said.map(({ field, value, source, at, period, state, confirmedAt }) => {
      const known = lexicon.fields.get(field);
      const { kind, words, reference } = source as FactSource;
      return {
        项目: known?.label ?? field,
        内容: describeFact({ value: value as FactValue, period }, known, "zh", lexicon),
        原话: words ?? null,
        来源: kind,
        出处: reference,
        时间: at,
        确认时间: confirmedAt,
        状态: { current: "现用", conflicting: "未采用", replaced: "已更新" }[state],
      };
    }),
  };
}

async function exportTalk(
  { store, conversation }: EnterpriseServiceOptions,
  by: Actor,
): Promise<{ dialogues: unknown[]; turns: unknown[] }> {
  const [channel, userId] = splitAccount(by.account);
  const sessions = new Set<string>();
  const turns: unknown[] = [];
  await conversation.eachTurnSince(new Date(0), BATCH, (batch) => {
    for (const turn of batch.filter((each) => isBy(each, channel, userId))) {
      sessions.add(turn.sessionKey);
      turns.push({ 时间: turn.at, 提问: turn.question, 回答: readHeadline(turn.answer) });
    }
  });
  const dialogues: unknown[] = [];
  for (const session of sessions) {
    const dialogue = await store.getDialogue(session);
    if (dialogue?.account === by.account) dialogues.push({ 时间: dialogue.updatedAt, 内容: dialogue.state });
  }
  return { dialogues, turns };
}

/** Turns from before the asker was kept are known by their session: `channel/chat/user/thread`, each part encoded. */
function isBy(turn: TurnRecord, channel: string, userId: string): boolean {
  // Said in a browser that the account had signed in with.
  if ((turn.asker as { account?: unknown } | null | undefined)?.account === `${channel}:${userId}`)
    return true;
  if (turn.channel !== channel) return false;
  const asker = turn.asker as { userId?: unknown } | null | undefined;
  return asker ? asker.userId === userId : turn.sessionKey.split("/")[2] === encodeURIComponent(userId);
}

/** Answers are kept as JSON of other rooms; what was said first is enough to know it again. */
function readHeadline(answer: unknown): unknown {
  const { headline, conclusion } = (answer ?? {}) as { headline?: unknown; conclusion?: unknown };
  return headline ?? conclusion ?? answer;
}
