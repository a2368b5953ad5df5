import type { AnswerMeasures, Judged } from "./measure-answers.ts";

export interface SetResult {
  name: string;
  measures: AnswerMeasures;
}

const ROWS: readonly [keyof AnswerMeasures, string, "count" | "share" | "ms"][] = [
  ["questions", "问题数", "count"],
  ["answerable", "其中有答案", "count"],
  ["hitAt1", "首条引文命中", "share"],
  ["hitAt3", "前三条引文命中", "share"],
  ["answerPrecision", "引文准确率", "share"],
  ["unanswerable", "其中无答案", "count"],
  ["correctRefusals", "正确拒答", "share"],
  ["falseRefusals", "误拒答", "share"],
  ["quotesExact", "引文逐字一致", "share"],
  ["p50Ms", "耗时中位数", "ms"],
  ["p95Ms", "耗时 95 分位", "ms"],
];

/** The scorecard for people. */
export function writeScorecard(results: readonly SetResult[]): string {
  return results
    .map(({ name, measures }) =>
      [
        `■ ${name}`,
        ...ROWS.map(([key, label, unit]) => `  ${padLabel(label)}${formatValue(measures[key], unit)}`),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The questions that went wrong, one line each. */
export function listFailures(judged: readonly Judged[]): string[] {
  return judged.flatMap(({ question, answer, hitRank, outcome, refused }) => {
    const wrong =
      outcome === "refusal-expected"
        ? !refused && "未拒答"
        : refused && answer.kind !== "partial"
          ? "误拒答"
          : hitRank !== 1 && (hitRank === 0 ? "未命中" : `命中在第 ${hitRank} 条`);
    return wrong
      ? [
          `${question.id}\t${question.kind}\t${wrong}\t${answer.kind}\t${question.question}\t${answer.reasons.join("; ")}`,
        ]
      : [];
  });
}

export function padLabel(label: string): string {
  const width = [...label].reduce((sum, character) => sum + (character > "\u2e80" ? 2 : 1), 0);
  return label + " ".repeat(Math.max(1, 18 - width));
}

export function formatValue(value: number, unit: "count" | "share" | "ms"): string {
  if (unit === "count") return String(value);
  return unit === "share" ? `${(value * 100).toFixed(1)} %` : `${value.toFixed(1)} ms`;
}
