import type { Goal, GoalSource } from "./goal-types.ts";

/** Goals whose quote does not stand verbatim in the plan, in Chinese; empty: all do. */
export function checkGoals(
  goals: readonly Goal[],
  sourceOf: (document: string) => GoalSource | undefined,
): string[] {
  return goals.flatMap(({ id, document, quote, target }) => {
    const source = sourceOf(document);
    if (source === undefined) return [`目标“${id}”：没有找到文件《${document}》，请先收录，或改正文件名称`];
    if (!source.text.includes(quote)) return [`目标“${id}”：原文与《${document}》不一致，请逐字核对 quote`];
    return quote.includes(target) ? [] : [`目标“${id}”：target 不在 quote 里`];
  });
}

/** One line a goal. What nobody filled in is said to be so. */
export function describeGoals(
  goals: readonly Goal[],
  sourceOf: (document: string) => GoalSource | undefined = () => undefined,
): string[] {
  return goals.map(({ name, year, document, section, target, actual, note }) => {
    const status = sourceOf(document)?.status ?? null;
    const from = `《${document}》${status === null ? "" : `（${status}）`}${section}`;
    const reached = actual
      ? `实际 ${actual.value}（截至 ${actual.asOf}，来源：${actual.source}）`
      : "实际完成值尚未填报";
    return `${name}：${year} 年目标“${target}”，见${from}；${reached}。${note ?? ""}`;
  });
}
