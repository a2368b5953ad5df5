import { describeFeedback, type FeedbackView } from "../../triage/index.ts";
import { cut } from "../tickets/ticket-words.ts";
import type { Reply } from "../types.ts";
import { requirePeriod } from "./handle-figures.ts";
import type { OfficeTurn } from "./office-parts.ts";
import { list, toOfficeReply } from "./office-reply.ts";

const MAX_SHOWN = 10;

/** “答复评价 上周”: how often answers helped, and what was wrong with those that did not; without who said it. */
export async function showFeedback(turn: OfficeTurn, words: string): Promise<Reply> {
  const { options, context } = turn;
  // Without a period: the last thirty days.
  const period = words === "" ? {} : requirePeriod(turn, words);
  const figures = await options.feedback.figures(context.actor, period);
  const unhelpful = await options.feedback.list(context.actor, period, {
    verdict: "unhelpful",
    limit: MAX_SHOWN,
  });
  const { from, to } = figures.period;
  return toOfficeReply("feedback", `答复评价（${from} 起，${to} 前）`, [
    ...list(describeFeedback(figures)),
    ...list(unhelpful.map(describe), "最近的“没帮助”："),
  ]);
}

function describe({ question, causeName, reason, sections }: FeedbackView): string {
  const cited = sections.length > 0 ? `，引用 ${sections.slice(0, 3).join("、")}` : "";
  const words = reason ? `：${cut(reason, 80)}` : "";
  return `${cut(question ?? "（提问已删除）", 60)}（${causeName ?? "未说明原因"}${cited}）${words}`;
}
