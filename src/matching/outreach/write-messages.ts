import type { CatalogueEntry } from "../types.ts";
import type { OutreachMessage, OutreachProgram, OutreachReminderRequest } from "./outreach-types.ts";
import type { QuietHours } from "./plan-sending.ts";

const AS_PUBLISHED = "具体以文件原文和受理部门的答复为准。";

export function writeProgramsMessage(
  programs: readonly OutreachProgram[],
  settings: QuietHours & { weeklyLimit: number },
): OutreachMessage {
  const { quietFrom, quietTo, weeklyLimit } = settings;
  return {
    kind: "programs",
    headline: `有 ${new Set(programs.map(({ programId }) => programId)).size} 个政策项目可能与贵企业有关，供您参考：`,
    programs: [...programs],
    lines: [],
    footer: `您收到此消息，是因为订阅了政策推送（每周不超过${weeklyLimit}条，${quietFrom}至${quietTo}不打扰）。发送“退订”可随时取消。${AS_PUBLISHED}`,
    canUnsubscribe: true,
  };
}

/** `entry`: it is still published, but its clauses no longer stand. */
export function writeWithdrawal(
  program: { programId: string; name: string },
  entry: CatalogueEntry | undefined,
): OutreachMessage {
  const title = `${program.name}（${program.programId}）`;
  const why = entry
    ? `所依据的《${entry.documentTitle}》已变更或撤下，原文待核对`
    : "该项目已从现行项目目录中撤下";
  return {
    kind: "withdrawal",
    headline: `更正：此前推送给您的“${title}”请不要再作为依据。`,
    programs: [],
    lines: [`${why}。如已据此准备，请先与园区服务专员或受理部门确认。`],
    footer: "本次更正只发送一次。发送“退订”可随时取消政策推送。",
    canUnsubscribe: true,
  };
}

export type ReminderOutcome =
  | { state: "holds" | "open"; program: OutreachProgram }
  | { state: "fails"; unmet: string[]; program: OutreachProgram }
  | { state: "gone"; entry: CatalogueEntry | undefined };

export function writeReminder(
  {
    programId,
    programName,
    what,
    dueOn,
  }: Pick<OutreachReminderRequest, "programId" | "programName" | "what" | "dueOn">,
  outcome: ReminderOutcome,
): OutreachMessage {
  const title = `${programName}（${programId}）`;
  const waited = what === "" ? "" : `，所等的条件是：${what}`;
  return {
    kind: "reminder",
    headline: `提醒：您在等“${title}”，设定的日期是${dueOn}。`,
    programs: "program" in outcome ? [outcome.program] : [],
    lines: [
      `${sayOutcome(outcome)}${outcome.state === "gone" ? "" : waited ? `（${waited.slice(1)}）` : ""}`,
    ],
    footer: `这条提醒只发送一次。${AS_PUBLISHED}`,
    canUnsubscribe: false,
  };
}

function sayOutcome(outcome: ReminderOutcome): string {
  switch (outcome.state) {
    case "holds":
      return "按今天的档案核对，文字条件均已符合";
    case "open":
      return "按今天的档案核对，没有不符的文字条件，但仍有待确认的事项";
    case "fails":
      return `按今天的档案核对，仍有文字条件不符：${outcome.unmet.join("；")}`;
    case "gone":
      return outcome.entry
        ? `该项目所依据的《${outcome.entry.documentTitle}》已变更或撤下，原文待核对，目前不能据此判断。`
        : "该项目已从现行项目目录中撤下，原先等待的条件不再适用。";
  }
}

export interface EventNews {
  name: string;
  /** Half-open days; null: not entered. */
  startsOn: string | null;
  endsOn: string | null;
  details: readonly { label: string; value: string }[];
}

export function writeEventNews({ name, startsOn, endsOn, details }: EventNews): OutreachMessage {
  const last = endsOn === null ? null : dayBefore(endsOn);
  const days =
    startsOn === null
      ? "日期：尚未登记"
      : `日期：${startsOn}${last !== null && last > startsOn ? `至${last}` : ""}`;
  return {
    kind: "event",
    headline: `您订阅的“${name}”有新的登记内容：`,
    programs: [],
    lines: [days, ...details.map(({ label, value }) => `${label}：${value}`)],
    footer: "内容由园区管理员登记，以主办方通知为准。发送“退订”可随时取消。",
    canUnsubscribe: true,
  };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
