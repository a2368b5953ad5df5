import type { SubscriptionRecord } from "../../storage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { whenMet } from "./check-program.ts";
import { toButton, toMatchReply } from "./match-reply.ts";
import { findKnown, type MatchTurn, openKnown } from "./match-turn.ts";
import { type Language, type MatchingOutreach, say } from "./matching-parts.ts";
import { checkPrograms, resolvePrograms } from "./resolve-programs.ts";

function writeOff(language: Language): Reply {
  const line = say(language, "当前未启用推送和提醒。", "Pushes and reminders are off here.");
  return toMatchReply("match-outreach", language, line);
}

const CADENCES: Record<SubscriptionRecord["cadence"], Record<Language, string>> = {
  "at-once": { zh: "有匹配即时推送", en: "at once" },
  daily: { zh: "每天汇总一次", en: "once a day" },
  weekly: { zh: "每周汇总一次", en: "once a week" },
};

/** Policy finds the enterprise: consent, cadence, quiet hours and how to end it, said at once. */
export async function subscribe(turn: MatchTurn, cadence: SubscriptionRecord["cadence"]): Promise<Reply> {
  const { options, context, at, language } = turn;
  if (!options.outreach) return writeOff(language);
  const { enterprise } = await openKnown(turn);
  const { account } = context.actor;
  const { enterpriseId } = enterprise;
  const request = { account, enterpriseId, kind: "programs" as const, topic: null, cadence };
  const made = await options.outreach.subscribe(request, at);
  const limit = say(
    language,
    `${made.quietFrom}至次日${made.quietTo}不打扰，每周不超过${made.weeklyLimit}条`,
    `quiet from ${made.quietFrom} to ${made.quietTo}, at most ${made.weeklyLimit} a week`,
  );
  const line = say(
    language,
    `已订阅：有新文件或新项目可能适合贵企业时，私聊告诉您（${CADENCES[made.cadence].zh}，${limit}）。`,
    `Subscribed: you get a direct message when something new may fit (${CADENCES[made.cadence].en}, ${limit}).`,
  );
  const buttons = [
    ...(["at-once", "daily", "weekly"] as const)
      .filter((each) => each !== made.cadence)
      .map((each) => toButton("subscribe", CADENCES[each][language], { values: { cadence: each } })),
    toButton("unsubscribe", say(language, "退订", "Unsubscribe"), {
      command: say(language, "退订", "unsubscribe"),
    }),
  ];
  return toMatchReply("match-outreach", language, line, [{ type: "actions", actions: buttons }]);
}

/** One event of the calendar, by its entry or its name. Undefined: the calendar has none such. */
export async function subscribeEvent(turn: MatchTurn, topic: string): Promise<Reply | undefined> {
  const { options, context, at, language } = turn;
  if (!options.outreach) return writeOff(language);
  const found = await findEvent(turn, topic);
  if (!found) {
    if (!turn.message.action && !topic) return undefined;
    const line = say(
      language,
      "活动与赛事清单里没有这一项。可发送“有哪些赛事”查看。",
      "The calendar has no such event.",
    );
    return toMatchReply("match-outreach", language, line);
  }
  const request = { account: context.actor.account, enterpriseId: null, kind: "event" as const };
  await options.outreach.subscribe({ ...request, topic: found.entryId, cadence: "at-once" }, at);
  const line = say(
    language,
    `已订阅“${found.name}”：有日期或变动时私聊告诉您。文件未载明日期的，须等管理员登记。发送“退订”可随时取消。`,
    `Subscribed to “${found.name}”: you hear of it when its date is entered. Send “unsubscribe” to end it.`,
  );
  return toMatchReply("match-outreach", language, line);
}

async function findEvent(
  { options, audience, today }: MatchTurn,
  topic: string,
): Promise<{ entryId: string; name: string } | undefined> {
  const events = await options.lists?.search({ list: "events" }, audience, today);
  const exact = events?.entries.find(({ entryId, name }) => entryId === topic || name === topic);
  const named = events?.entries.filter(({ name }) => topic.length > 1 && name.includes(topic)) ?? [];
  return exact ?? (named.length === 1 ? named[0] : undefined);
}

export async function unsubscribe(turn: MatchTurn): Promise<Reply> {
  const { options, context, at, language } = turn;
  if (!options.outreach) return writeOff(language);
  await options.outreach.unsubscribe(context.actor.account, {}, at);
  const line = say(language, "已退订，不再主动推送；设好的提醒不受影响。", "Unsubscribed. Reminders stay.");
  return toMatchReply("match-outreach", language, line);
}

/** “到时提醒我”: on the day from which the program's conditions hold. */
export async function remind(turn: MatchTurn, reference: string): Promise<Reply | undefined> {
  const { options, context, at, language } = turn;
  if (!options.outreach) return writeOff(language);
  const ids = await resolvePrograms(turn, reference);
  const [programId] = ids ?? [];
  if (programId === undefined) return undefined;
  const { known, matches } = await checkPrograms(turn, [programId]);
  const [match] = matches;
  const dueOn = match && whenMet(match);
  if (!match || dueOn === undefined) {
    const line = say(
      language,
      "这个项目没有可以算出日期的条件，无法设提醒。",
      "No date can be computed for this program.",
    );
    return toMatchReply("match-outreach", language, line);
  }
  const isNew = await options.outreach.remind(
    {
      account: context.actor.account,
      enterpriseId: known.enterprise?.enterpriseId ?? null,
      programId,
      programName: match.name,
      dueOn,
      what: match.criteria.flatMap(({ metFrom, text }) => (metFrom ? [text] : [])).join("；"),
    },
    at,
  );
  const line = isNew
    ? say(
        language,
        `好的，${dueOn}提醒您：${match.name}（${programId}）。届时请以当时有效的文件为准。`,
        `I will remind you on ${dueOn}: ${match.name} (${programId}).`,
      )
    : say(
        language,
        `这个提醒已经设好：${dueOn}，${match.name}。`,
        `That reminder stands: ${dueOn}, ${match.name}.`,
      );
  return toMatchReply("match-outreach", language, line);
}

/** “我的提醒”: subscriptions and reminders. */
export async function showOutreach(turn: MatchTurn): Promise<Reply> {
  const { options, context, language } = turn;
  if (!options.outreach) return writeOff(language);
  const { account } = context.actor;
  const blocks = await listOutreach(options.outreach, account, language);
  const headline =
    blocks.length > 0
      ? say(language, "您的订阅和提醒：", "Your subscriptions and reminders:")
      : say(language, "目前没有订阅和提醒。", "There are no subscriptions or reminders.");
  return toMatchReply("match-outreach", language, headline, blocks);
}

async function listOutreach(
  outreach: MatchingOutreach,
  account: string,
  language: Language,
): Promise<ReplyBlock[]> {
  const subscriptions = await outreach.subscriptionsOf(account);
  const reminders = (await outreach.remindersOf(account)).filter(({ state }) => state === "waiting");
  const items = [
    ...subscriptions.map(({ kind, topic, cadence }) =>
      kind === "programs"
        ? say(language, `政策推送：${CADENCES[cadence].zh}`, `Programs: ${CADENCES[cadence].en}`)
        : say(language, `活动赛事：${topic ?? "全部"}`, `Events: ${topic ?? "all"}`),
    ),
    ...reminders.map(({ dueOn, subject }) =>
      say(language, `提醒：${dueOn} ${nameOf(subject)}`, `${dueOn} ${nameOf(subject)}`),
    ),
  ];
  if (items.length === 0) return [];
  const buttons = [
    ...(subscriptions.length > 0
      ? [
          toButton("unsubscribe", say(language, "退订", "Unsubscribe"), {
            command: say(language, "退订", "unsubscribe"),
          }),
        ]
      : []),
    ...reminders.slice(0, 5).map(({ reminderId, dueOn }) =>
      toButton("cancel-reminder", say(language, `取消${dueOn}的提醒`, `Cancel ${dueOn}`), {
        values: { reminder: reminderId },
        command: say(language, `取消提醒 ${reminderId}`, `取消提醒 ${reminderId}`),
      }),
    ),
  ];
  return [
    { type: "list", items },
    { type: "actions", actions: buttons },
  ];
}

function nameOf(subject: unknown): string {
  const { programName, name } = (typeof subject === "object" && subject !== null ? subject : {}) as {
    programName?: unknown;
    name?: unknown;
  };
  return String(programName ?? name ?? "");
}

export async function cancelReminder(turn: MatchTurn, reminderId: string): Promise<Reply> {
  const { options, context, language } = turn;
  if (!options.outreach) return writeOff(language);
  const cancelled = await options.outreach.cancelReminder(context.actor.account, reminderId);
  const line = cancelled
    ? say(language, "已取消该提醒。", "The reminder is cancelled.")
    : say(language, "没有找到该提醒。", "There is no such reminder.");
  return toMatchReply("match-outreach", language, line);
}

/** Until requests are handed over to people here: what the documents say of it, which is nothing. */
export async function showSpecialist(turn: MatchTurn): Promise<Reply> {
  const { language } = turn;
  const known = await findKnown(turn);
  const line = say(
    language,
    "文件未载明联系人和联系电话，请联系园区服务专员；目前还不能在这里直接转交。",
    "The documents name no contact. Please turn to the park's service specialist; requests cannot be passed on from here yet.",
  );
  const hint = say(
    language,
    "联系时可带上“一企一策报告”，里面有逐项条件、出处和待确认事项。",
    "Bring the report along: conditions, sources and open questions.",
  );
  return toMatchReply("match-specialist", language, line, [
    { type: "paragraph", text: hint, role: "next-step" },
    ...(known && known.profile.facts.size > 0
      ? [
          {
            type: "actions" as const,
            actions: [
              toButton("report", say(language, "一企一策报告", "Report"), {
                command: say(language, "一企一策报告", "report"),
              }),
            ],
          },
        ]
      : []),
  ]);
}
