import type { SentenceMeasures } from "./evaluate-sentences.ts";
import type { JudgedMatch, MatchMeasures } from "./measure-matches.ts";
import { formatValue, padLabel } from "./write-scorecard.ts";

export interface MatchSetResult {
  name: string;
  measures: MatchMeasures;
}

const ROWS: readonly [keyof MatchMeasures, string, "count" | "share" | "ms"][] = [
  ["profiles", "企业数", "count"],
  ["mustRecall", "应有项目召回", "share"],
  ["mustNot", "不应出现的项目", "count"],
  ["listedTooEarly", "该先问却已列出", "count"],
  ["askHit", "两轮内问到要点", "share"],
  ["askRecall", "两轮问到的要点", "share"],
  ["p50Ms", "耗时中位数", "ms"],
  ["p95Ms", "耗时 95 分位", "ms"],
];

/** The scorecard of matching, for people. */
export function writeMatchScorecard(results: readonly MatchSetResult[]): string {
  return results
    .map(({ name, measures }) =>
      [
        `■ ${name}`,
        ...ROWS.map(([key, label, unit]) => `  ${padLabel(label)}${formatValue(measures[key], unit)}`),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The profiles that went wrong, one line each. */
export function listMatchFailures(judged: readonly JudgedMatch[]): string[] {
  return judged.flatMap(({ profile, shown, missed, violations, listedTooEarly, covered, questions }) => {
    const faults = [
      ...(missed.length > 0 ? [`缺 ${missed.join(" ")}`] : []),
      ...(violations.length > 0 ? [`不应有 ${violations.join(" ")}`] : []),
      ...(listedTooEarly ? ["该先问"] : []),
      ...(profile.should_ask.length > 0 && covered.length === 0 ? ["未问到要点"] : []),
    ];
    if (faults.length === 0) return [];
    const asked = questions.map(({ field }) => field).join(" ");
    return [`${profile.id}\t${faults.join("；")}\t列出 ${shown.join(" ")}\t问 ${asked}`];
  });
}

const SENTENCE_ROWS: readonly [keyof SentenceMeasures, string, "count" | "share" | "ms"][] = [
  ["sentences", "句数", "count"],
  ["facts", "其中的事实", "count"],
  ["precision", "准确率", "share"],
  ["recall", "召回率", "share"],
  ["f1", "F1", "share"],
  ["whole", "整句全对", "share"],
];

/** The scorecard of reading free text, for people. */
export function writeSentenceScorecard(
  results: readonly { name: string; measures: SentenceMeasures }[],
): string {
  return results
    .map(({ name, measures }) =>
      [
        `■ ${name}`,
        ...SENTENCE_ROWS.map(
          ([key, label, unit]) => `  ${padLabel(label)}${formatValue(measures[key], unit)}`,
        ),
      ].join("\n"),
    )
    .join("\n\n");
}
