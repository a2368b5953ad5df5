import type { FeedbackFigures } from "./feedback-types.ts";

/** The figures in words, for chat, command line and the weekly digest. */
export function describeFeedback({ helpful, unhelpful, causes }: FeedbackFigures): string[] {
  const total = helpful + unhelpful;
  if (total === 0) return ["答复评价：期间没有人评价。"];
  const share = `${Math.round((helpful / total) * 1000) / 10}%`;
  return [
    `答复评价：${total} 次，有帮助 ${helpful} 次（${share}），没帮助 ${unhelpful} 次。`,
    ...(causes.length > 0
      ? [`没帮助的原因：${causes.map(({ name, count }) => `${name} ${count} 次`).join("，")}。`]
      : []),
  ];
}
