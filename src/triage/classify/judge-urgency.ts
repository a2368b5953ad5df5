import type { SafetyFinding, Urgency } from "../types.ts";
import type { NamedFeature } from "./extract-features.ts";
import { type NearTime, readNearTimes } from "./read-deadline.ts";
import type { TriageSignals } from "./signals-schema.ts";

/** What of a text speaks for an urgency, each with the words that say so. */
export interface UrgencySigns {
  deadline: NearTime | null;
  /** Near at hand but without anything that has to be done by then. */
  nearTime: NearTime | null;
  loss: string | null;
  standstill: string | null;
  escalation: string | null;
  lossWords: string | null;
  pressing: string | null;
  casual: string | null;
  concrete: string | null;
  /** A past and a length alike: 有没有、多少、吗。 */
  isQuestion: boolean;
  length: number;
}

export interface UrgencyVerdict {
  urgency: Urgency;
  /** In words, for the reason. */
  because: string;
}

export function findUrgencySigns(
  folded: string,
  signals: TriageSignals["urgency"],
  today: string | undefined,
): UrgencySigns {
  const first = (pattern: RegExp) => pattern.exec(folded)?.[0] ?? null;
  const times = signals.no_deadline.test(folded) ? [] : readNearTimes(folded, today);
  const withoutTimes = times.reduce((text, { start, end }) => blank(text, start, end), folded);
  const hasDeadline = signals.deadline.test(withoutTimes);
  return {
    deadline: hasDeadline ? (times[0] ?? null) : null,
    nearTime: times[0] ?? null,
    loss: first(signals.loss),
    standstill: first(signals.standstill),
    escalation: first(signals.escalation),
    lossWords: first(signals.loss_words),
    pressing: first(signals.pressing),
    casual: first(signals.casual),
    concrete: first(signals.concrete),
    isQuestion: /[?？吗么伐呢]|有没有|多少|几/.test(folded),
    length: folded.length,
  };
}

function blank(text: string, start: number, end: number): string {
  return `${text.slice(0, start)} ${text.slice(end)}`;
}

/** The signs as features for the small model. */
export function toUrgencyFeatures(signs: UrgencySigns): NamedFeature[] {
  const flags: readonly (readonly [string, boolean])[] = [
    ["u:deadline", signs.deadline !== null],
    ["u:near", signs.nearTime !== null],
    ["u:soon", signs.nearTime !== null && signs.nearTime.days <= 3],
    ["u:today", signs.nearTime !== null && signs.nearTime.days === 0],
    ["u:today-loss", signs.nearTime !== null && signs.nearTime.days === 0 && signs.loss !== null],
    ["u:standstill", signs.standstill !== null],
    ["u:escalation", signs.escalation !== null],
    ["u:loss-words", signs.lossWords !== null],
    ["u:pressing", signs.pressing !== null],
    ["u:casual", signs.casual !== null],
    ["u:concrete", signs.concrete !== null],
    ["u:casual-only", signs.casual !== null && signs.concrete === null],
    ["u:question", signs.isQuestion],
    ["u:short", signs.length <= 14],
    ["u:long", signs.length >= 32],
  ];
  return flags.filter(([, holds]) => holds).map(([name]) => [name, 1] as const);
}

export const URGENCY_FEATURES: readonly string[] = [
  ..."deadline near soon today today-loss standstill escalation loss-words pressing casual concrete casual-only".split(
    " ",
  ),
  ..."question short long".split(" "),
  ...Array.from({ length: 15 }, (_, index) => `c:C${String(index + 1).padStart(2, "0")}`),
].map((name) => (name.startsWith("c:") ? name : `u:${name}`));

/** Strong signs decide; the small model decides between a need and a passing question. */
export function judgeUrgency(
  signs: UrgencySigns,
  known: { safety: SafetyFinding | null; spam: boolean; isOther: boolean },
  shares: Readonly<Record<Urgency, number>>,
): UrgencyVerdict {
  if (known.safety) return { urgency: "紧急", because: `“${known.safety.words}”是险情，紧急程度定为紧急` };
  if (known.spam) return { urgency: "低", because: "判为垃圾信息，紧急程度定为低" };
  if (known.isOther) return { urgency: "低", because: "不属于园区受理的事项，紧急程度定为低" };
  const decided = decideBySigns(signs, shares);
  if (decided) return decided;
  const rest = shares.高 > 0.55 ? "高" : shares.中 + shares.高 >= shares.低 ? "中" : "低";
  if (rest === "高") return { urgency: "高", because: "语气和事由紧迫，紧急程度定为高" };
  if (rest === "中") return { urgency: "中", because: "是具体需求、没有近期期限，紧急程度定为中" };
  return {
    urgency: "低",
    because: signs.casual ? `“${signs.casual}”像是一般了解，紧急程度定为低` : "像是一般了解，紧急程度定为低",
  };
}

function decideBySigns(
  signs: UrgencySigns,
  shares: Readonly<Record<Urgency, number>>,
): UrgencyVerdict | null {
  const { deadline, nearTime } = signs;
  if (
    nearTime &&
    nearTime.days === 0 &&
    signs.loss !== null &&
    (signs.pressing !== null || shares.紧急 > 0.2)
  ) {
    return { urgency: "紧急", because: `“${nearTime.words}”内可能受损（${signs.loss}），紧急程度定为紧急` };
  }
  if (signs.standstill) return { urgency: "高", because: `“${signs.standstill}”影响经营，紧急程度定为高` };
  if (signs.escalation)
    return { urgency: "高", because: `“${signs.escalation}”表明事情在升级，紧急程度定为高` };
  if (deadline && shares.低 + shares.中 < 0.9) {
    return { urgency: "高", because: `“${deadline.words}”为近期期限，紧急程度定为高` };
  }
  if (signs.lossWords && shares.高 + shares.紧急 > 0.3) {
    return { urgency: "高", because: `“${signs.lossWords}”表明权益正在受损，紧急程度定为高` };
  }
  return null;
}
