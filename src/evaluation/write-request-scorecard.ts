import {
  countConfusions,
  type JudgedRequest,
  measureCalibration,
  type RequestMeasures,
} from "./measure-requests.ts";
import { formatValue, padLabel } from "./write-scorecard.ts";

export interface RequestSetResult {
  name: string;
  measures: RequestMeasures;
  /** Labelled category → category found → count. */
  confusions: Record<string, Record<string, number>>;
}

const ROWS: readonly [keyof RequestMeasures, string, "count" | "share" | "ms"][] = [
  ["requests", "诉求数", "count"],
  ["category", "类别准确率", "share"],
  ["macroF1", "类别宏平均 F1", "share"],
  ["urgency", "紧急程度准确率", "share"],
  ["lead", "牵头部门准确率", "share"],
  ["leadExact", "牵头部门全同", "share"],
  ["leadCovered", "牵头部门全含", "share"],
  ["alsoPrecision", "兼涉事项准确率", "share"],
  ["alsoRecall", "兼涉事项召回率", "share"],
  ["alsoF1", "兼涉事项 F1", "share"],
  ["spamPrecision", "垃圾信息准确率", "share"],
  ["spamRecall", "垃圾信息召回率", "share"],
  ["safetyPrecision", "险情准确率", "share"],
  ["safetyRecall", "险情召回率", "share"],
  ["p50Ms", "耗时中位数", "ms"],
  ["p95Ms", "耗时 95 分位", "ms"],
];

export function toRequestSetResult(
  name: string,
  judged: readonly JudgedRequest[],
  measures: RequestMeasures,
): RequestSetResult {
  const confusions = [...countConfusions(judged)].sort(([a], [b]) => a.localeCompare(b));
  return {
    name,
    measures,
    confusions: Object.fromEntries(
      confusions.map(([label, row]) => [label, Object.fromEntries([...row].sort())]),
    ),
  };
}

/** The scorecard of triage, for people. */
export function writeRequestScorecard(results: readonly RequestSetResult[]): string {
  return results
    .map(({ name, measures, confusions }) =>
      [
        `■ ${name}`,
        ...ROWS.map(([key, label, unit]) => `  ${padLabel(label)}${formatValue(measures[key], unit)}`),
        "  类别混淆（行为标注，列为判定）",
        ...writeConfusions(confusions).map((line) => `  ${line}`),
      ].join("\n"),
    )
    .join("\n\n");
}

function writeConfusions(confusions: RequestSetResult["confusions"]): string[] {
  const found = Object.values(confusions).flatMap((row) => Object.keys(row));
  const names = [...new Set([...Object.keys(confusions), ...found])].sort();
  const cell = (value: string) => value.padStart(4);
  return [
    `    ${names.map(cell).join("")}`,
    ...names.map(
      (label) => `${label} ${names.map((name) => cell(String(confusions[label]?.[name] ?? "·"))).join("")}`,
    ),
  ];
}

export function writeCalibration(judged: readonly JudgedRequest[]): string {
  const rows = measureCalibration(judged).map(
    ({ from, requests, confidence, right }) =>
      `  ${from.toFixed(1)}–  ${String(requests).padStart(4)}  把握 ${(confidence * 100).toFixed(0).padStart(3)} %  正确 ${(right * 100).toFixed(0).padStart(3)} %`,
  );
  return ["  把握与正确率", ...rows].join("\n");
}

/** The requests that went wrong, one line each. */
export function listRequestFailures(judged: readonly JudgedRequest[]): string[] {
  return judged.flatMap(({ request, found, lead }) => {
    const faults = [
      ...(request.category === found.category ? [] : [`类别 ${request.category}→${found.category}`]),
      ...(request.urgency === found.urgency ? [] : [`紧急程度 ${request.urgency}→${found.urgency}`]),
      ...(request.lead.length === 0 || request.lead.includes(lead[0] ?? "")
        ? []
        : [`牵头 ${request.lead.join("、")}→${lead.join("、")}`]),
      ...(request.spam === undefined || request.spam === found.spam ? [] : ["垃圾信息"]),
      ...(request.safety === undefined || (request.safety ?? null) === (found.safety?.kind ?? null)
        ? []
        : [`险情 ${request.safety ?? "无"}→${found.safety?.kind ?? "无"}`]),
    ];
    return faults.length === 0
      ? []
      : [`${request.id}\t${faults.join("；")}\t${request.text}\t${found.reason}`];
  });
}
