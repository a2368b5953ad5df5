import { z } from "zod";
import { requireRight } from "../../access/index.ts";
import { AppError, fromShanghaiDay, isDay, toShanghaiDay } from "../../shared/index.ts";
import type { FeedbackRecord } from "../../storage/index.ts";
import { removePersonalData } from "../redact/remove-personal-data.ts";
import {
  type AnswerJudgement,
  CAUSE_LABELS,
  FEEDBACK_CAUSES,
  type FeedbackCause,
  type FeedbackDesk,
  type FeedbackDeskOptions,
  type FeedbackFigures,
  type FeedbackPeriod,
  type FeedbackView,
  MAX_REASON,
} from "./feedback-types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;
const DEFAULT_LIMIT = 50;
/** Longer words are cut before they are read through for personal data. */
const MAX_READ = 4 * MAX_REASON;

export function createFeedbackDesk(options: FeedbackDeskOptions): FeedbackDesk {
  const { store, clock } = options;
  return {
    judge: (judgement) => judge(judgement, options),
    async list(by, asked, { verdict, limit = DEFAULT_LIMIT } = {}) {
      requireRight(by, "read-figures");
      const records = await store.list(toInstants(readPeriod(asked, clock())), {
        ...(verdict && { verdict }),
        limit,
      });
      return Promise.all(records.map((record) => toView(record, options)));
    },
    async figures(by, asked) {
      requireRight(by, "read-figures");
      const period = readPeriod(asked, clock());
      const counts = await store.count(toInstants(period));
      const unhelpful = await store.list(toInstants(period), { verdict: "unhelpful" });
      return { period, ...counts, causes: countCauses(unhelpful) };
    },
    personalData: {
      name: "答复评价",
      give: async (account) => (await store.ofAccount(account)).map(toGiven),
      async forget(account) {
        await store.eraseAccount(account);
      },
    },
  };
}

async function judge(
  { channel, messageKey, account, verdict, cause, reason = "", name }: AnswerJudgement,
  { store, clock, knownOf }: FeedbackDeskOptions,
): Promise<{ outcome: "saved" | "changed"; cut: boolean }> {
  const earlier = await store.get(channel, messageKey, account);
  const same = earlier?.verdict === verdict ? earlier : undefined;
  const known = reason.trim() === "" ? {} : ((await knownOf?.(account)) ?? {});
  const names = [...(known.names ?? []), ...(name ? [name] : [])];
  const cleaned = removePersonalData(reason.trim().slice(0, MAX_READ), { ...known, names }).text;
  const saved = await store.save({
    ...{ channel, messageKey, account, verdict },
    cause: verdict === "unhelpful" ? (cause ?? same?.cause ?? null) : null,
    reason: verdict === "unhelpful" ? cleaned.slice(0, MAX_REASON) || (same?.reason ?? null) : null,
    at: clock().toISOString(),
  });
  // Pressed twice, the same word changes nothing.
  return { outcome: same ? "saved" : saved, cut: cleaned.length > MAX_REASON };
}

function toCause(text: string | null): FeedbackCause | null {
  return FEEDBACK_CAUSES.find((each) => each === text) ?? null;
}

function nameCause(cause: FeedbackCause | null): string {
  return cause === null ? "未说明" : CAUSE_LABELS[cause].zh;
}

function countCauses(records: readonly FeedbackRecord[]): FeedbackFigures["causes"] {
  const causes: (FeedbackCause | null)[] = [...FEEDBACK_CAUSES, null];
  return causes
    .map((cause) => ({
      cause,
      name: nameCause(cause),
      count: records.filter((record) => toCause(record.cause) === cause).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count);
}

/** Answers are kept as JSON of other rooms. */
const answerSchema = z.object({
  conclusion: z.string(),
  citations: z.array(z.object({ section: z.string() })).catch([]),
});

async function toView(record: FeedbackRecord, { turns }: FeedbackDeskOptions): Promise<FeedbackView> {
  const { at, channel, verdict, reason, messageKey } = record;
  const turn = await turns.turnOf(channel, messageKey);
  const answer = answerSchema.safeParse(turn?.answer).data;
  const cause = toCause(record.cause);
  return {
    ...{ at, channel, verdict, reason, cause },
    causeName: cause && CAUSE_LABELS[cause].zh,
    question: turn ? removePersonalData(turn.question).text : null,
    conclusion: answer?.conclusion ?? null,
    sections: answer?.citations.map(({ section }) => section) ?? [],
  };
}

function toGiven({ at, channel, messageKey, verdict, cause, reason }: FeedbackRecord): object {
  return {
    时间: at,
    渠道: channel,
    消息: messageKey,
    评价: verdict === "helpful" ? "有帮助" : "没帮助",
    问题所在: verdict === "helpful" ? null : nameCause(toCause(cause)),
    说明: reason,
  };
}

function readPeriod({ from, to }: FeedbackPeriod, now: Date): { from: string; to: string } {
  const period = { from: from ?? dayAfter(now, -DEFAULT_DAYS), to: to ?? dayAfter(now, 1) };
  if (isDay(period.from) && isDay(period.to) && period.from < period.to) return period;
  throw new AppError({
    code: "usage",
    message: "bad period",
    safeMessage: `期间应写成 YYYY-MM-DD，且起在止之前（止的当天不计入），现为 ${period.from} 至 ${period.to}。`,
  });
}

function dayAfter(now: Date, days: number): string {
  return toShanghaiDay(new Date(now.getTime() + days * DAY_MS));
}

function toInstants({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: fromShanghaiDay(from).toISOString(), to: fromShanghaiDay(to).toISOString() };
}
