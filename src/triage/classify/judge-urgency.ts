import { URGENCIES } from "../classification-types.ts";
import type { SafetyFinding, Urgency } from "../types.ts";
import type { NamedFeature } from "./extract-features.ts";
import { type NearTime, namesFarDate, readNearTimes } from "./read-deadline.ts";
import type { TriageSignals } from "./signals-schema.ts";

/** What of a text speaks for an urgency, each with the words that say so. */
export interface UrgencySigns {
  deadline: NearTime | null;
  /** Near at hand but without anything that has to be done by then. */
  nearTime: NearTime | null;
  /** A date is named, and it is far. */
  isFar: boolean;
  loss: string | null;
  standstill: string | null;
  escalation: string | null;
  lossWords: string | null;
  pressing: string | null;
  idle: string | null;
  casual: string | null;
  concrete: string | null;
  /** Wants to meet, or to be put in touch with, somebody. */
  person: string | null;
  /** What is asked: whether, how much, what it is, how to. */
  forms: readonly string[];
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
    deadline: hasDeadline ? (times[0] ?? null) : (times.find(({ isLimit }) => isLimit) ?? null),
    nearTime: times[0] ?? null,
    isFar: times.length === 0 && namesFarDate(folded, today),
    loss: first(signals.loss),
    standstill: first(signals.standstill),
    escalation: first(signals.escalation),
    lossWords: first(signals.loss_words),
    pressing: first(signals.pressing),
    idle: first(signals.idle),
    casual: first(signals.casual),
    concrete: first(signals.concrete),
    person: PERSON_WANTED.exec(folded)?.[0] ?? null,
    forms: QUESTION_FORMS.filter(([, pattern]) => pattern.test(folded)).map(([name]) => name),
    length: folded.length,
  };
}

function blank(text: string, start: number, end: number): string {
  return `${text.slice(0, start)} ${text.slice(end)}`;
}

const PERSON_WANTED =
  /(?:想|要|希望|能不能|能否|可否|可以|求|请|麻烦|帮)[^，。,？?]{0,8}(?:见见|见一?面|见个面|对接|联系上?|聊聊|聊一聊|认识一?下?|引荐|牵线|搭线|约(?:个|一下|谈|见))|找(?:个|一位|位|一个)?(?:懂|负责|管)?[^，。,？?]{0,6}(?:人|老师|专员|负责人|专家)(?:对接|聊|谈|问|见|看看|帮)|\b(?:meet|talk to|speak (?:to|with)|introduce us|put us in touch)\b/u;

/** How people put it: general questions ask for facts, needs speak of oneself and of what is wanted. */
const QUESTION_FORMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  [
    "fact",
    /多少|多久|多长|几(?:个|年|种|天|家|点|月|级|次|成|层)|什么时候|啥时候|哪里|哪儿|哪些|哪个|哪家|在哪|是谁|谁评|how (?:much|many|long|often)|when|which|where|what/,
  ],
  [
    "yes",
    /[吗么伐嘛]|是不是|还(?:有|办|做|投|发|搞|评|能|在).{0,8}(?:吗|不|没|么)|有没有|[不没](?:呀|啊|了)?[?？]?$|^(?:is|are|do|does|can) /,
  ],
  ["how", /怎么|怎样|如何|咋|how (?:do|can|to|should)/],
  ["own", /我们|我司|我公司|本公司|我家|公司|阿拉|我(?!想知道|想问|想了解)|\bwe\b|\bour\b|\bmy\b/],
  [
    "wish",
    /想(?!知道|问|了解)|需要|要(?!求|多久|多少|几|不要|钱|交|很)|帮|求|找(?!谁)|申请|对接|推荐|安排|协调|办理|looking for|need|want|would like|help/,
  ],
  ["trouble", /没人|打不开|不了|不到|不行|不通|不上|失败|退回|被|丢|错|坏|漏|过期|卡|拖|缺|差|不够|不合/],
];

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
    ["u:idle", signs.idle !== null],
    [
      "u:fact-only",
      signs.forms.includes("fact") && !signs.forms.includes("own") && !signs.forms.includes("wish"),
    ],
    [
      "u:yes-only",
      signs.forms.includes("yes") && !signs.forms.includes("own") && !signs.forms.includes("wish"),
    ],
    ...signs.forms.map((name) => [`u:${name}`, true] as const),
    ["u:short", signs.length <= 14],
    ["u:long", signs.length >= 32],
  ];
  return flags.filter(([, holds]) => holds).map(([name]) => [name, 1] as const);
}

export const URGENCY_FEATURES: readonly string[] = [
  ..."deadline near soon today today-loss standstill escalation loss-words pressing casual concrete casual-only".split(
    " ",
  ),
  ..."fact-only yes-only short long".split(" "),
  "idle",
  ...QUESTION_FORMS.map(([name]) => name),
].map((name) => `u:${name}`);

/** The model decides, the signs say why. What is due on a far day is not pressing yet, whatever it sounds like. */
export function judgeUrgency(
  signs: UrgencySigns,
  known: { safety: SafetyFinding | null; spam: boolean },
  shares: Readonly<Record<Urgency, number>>,
): UrgencyVerdict {
  if (known.safety) return { urgency: "紧急", because: `“${known.safety.words}”是险情，紧急程度定为紧急` };
  if (known.spam) return { urgency: "低", because: "判为垃圾信息，紧急程度定为低" };
  const likeliest = chooseUrgency(shares, signs);
  const urgency = correct(likeliest, signs);
  return { urgency, because: `${groundsFor(urgency, signs)}，紧急程度定为${urgency}` };
}

/**
 * Taken too lightly costs more than taken too gravely: 低 must be clearly likelier than 中, 高 only about as likely. Who wants
 * to be put in touch with somebody has a need of their own.
 */
function chooseUrgency(shares: Readonly<Record<Urgency, number>>, { person, idle }: UrgencySigns): Urgency {
  const low = person && !idle ? 0 : LOW;
  const weighed = { ...shares, 低: shares["低"] * low, 高: shares["高"] * HIGH };
  return URGENCIES.reduce((best, each) => (weighed[each] > weighed[best] ? each : best), "中");
}

/** Between authors these cost and gain nothing (scripts/measure-triage.ts --authors); they only decide the doubtful ones. */
const LOW = 0.8;
const HIGH = 1.1;

function correct(likeliest: Urgency, { isFar, escalation }: UrgencySigns): Urgency {
  const isPressing = likeliest === "高" || likeliest === "紧急";
  if (isFar && isPressing) return "中";
  return escalation && !isPressing ? "高" : likeliest;
}

function groundsFor(urgency: Urgency, signs: UrgencySigns): string {
  const { deadline, nearTime } = signs;
  switch (urgency) {
    case "紧急":
      if (nearTime && signs.loss) return `“${nearTime.words}”内可能受损（${signs.loss}）`;
      return nearTime ? `“${nearTime.words}”内可能受损` : "可能马上受损";
    case "高":
      if (signs.standstill) return `“${signs.standstill}”影响经营`;
      if (signs.escalation) return `“${signs.escalation}”表明事情在升级`;
      if (deadline) return `“${deadline.words}”为近期期限`;
      if (signs.lossWords) return `“${signs.lossWords}”表明权益正在受损`;
      return nearTime ? `“${nearTime.words}”临近` : "语气和事由紧迫";
    case "中":
      return "是具体需求、没有近期期限";
    case "低": {
      const words = signs.idle ?? signs.casual;
      return words ? `“${words}”像是一般了解` : "像是一般了解";
    }
  }
}
