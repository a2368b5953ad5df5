import type { Match, MatchResult } from "../types.ts";

/** “为什么推荐这个？”: every part of the score in words, as lines for people. */
export function explainMatch(match: Match): string[] {
  const unknown = match.criteria.filter(({ verdict }) => verdict === "unknown").map(({ text }) => text);
  return [
    `“${match.name}”的排序依据：`,
    ...match.ranking.map(({ because, points }) => `· ${because}（${points < 0 ? "" : "+"}${points}）`),
    `· 合计 ${match.score}`,
    ...(unknown.length > 0 ? [`尚待确认的条件：${unknown.join("；")}`] : []),
  ];
}

/** “为什么没有 X？”: where it went, as lines for people. */
export function explainAbsence(result: MatchResult, programId: string): string[] {
  const rank = result.matches.findIndex((match) => match.programId === programId);
  const listed = result.matches[rank];
  if (listed) return [`“${listed.name}”已在推荐之列，排在第 ${rank + 1} 位。`];
  const near = result.nearMisses.find(({ match }) => match.programId === programId);
  if (near) {
    return [
      `“${near.match.name}”按现有情况尚不符合文字条件，差距如下：`,
      ...near.missing.map(
        ({ text, observed, shortBy }) =>
          `· ${text}${observed ? `（贵企业：${observed}）` : ""}${shortBy ? `，${shortBy}` : ""}`,
      ),
      ...(near.metFrom ? [`· 其他情况不变的，自${near.metFrom}起符合`] : []),
    ];
  }
  const withheld = result.withheld.find((one) => one.programId === programId);
  if (withheld) return [`“${withheld.name}”暂不参与匹配：${withheld.why}。`];
  const left = result.leftOut.find((one) => one.programId === programId);
  if (left) return [`“${left.name}”没有列出：${left.why}。`];
  return ["现有项目目录中没有这个项目。"];
}
