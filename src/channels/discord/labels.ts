import { type HeaderColour, labelKind, WORDS as SHARED } from "../labels.ts";

export type Language = "zh" | "en";

const COLOURS: Readonly<Record<HeaderColour, number>> = {
  blue: 0x3370ff,
  wathet: 0x5aa7e8,
  orange: 0xed7d31,
  yellow: 0xf2b705,
  grey: 0x8f959e,
  red: 0xd83931,
};

export const VERDICT_COLOURS = {
  eligible: 0x2ea121,
  likely: 0x3370ff,
  "needs-confirmation": 0x8f959e,
  "not-eligible": 0xd83931,
} as const;

/** As every chat shows kinds of replies: a title and a colour. */
export function titleOf(kind: string, language: Language): { title: string; colour: number } {
  const { title, colour } = labelKind(kind, language);
  return { title, colour: COLOURS[colour] };
}

export const WORDS = {
  zh: {
    ...SHARED.zh,
    fill: "填写",
    fillPart: (label: string, part: number, count: number) => `${label}（${part}/${count}）`,
    select: "请选择",
    optionsHint: (labels: string) => `可填：${labels}`,
    dateHint: "日期，如 2026-11-23",
    filesFollow: (name: string, size: string) => `附件：${name}（${size}）`,
    typedInstead: "按钮不可用时，也可发送：",
  },
  en: {
    ...SHARED.en,
    fill: "Fill in",
    fillPart: (label: string, part: number, count: number) => `${label} (${part}/${count})`,
    select: "Please choose",
    optionsHint: (labels: string) => `One of: ${labels}`,
    dateHint: "A date, like 2026-11-23",
    filesFollow: (name: string, size: string) => `Attachment: ${name} (${size})`,
    typedInstead: "Without buttons, you can send: ",
  },
} as const;

export type Words = (typeof WORDS)[Language];

export const VERDICT_MARKS = { met: "✅", unmet: "❌", unknown: "❔" } as const;
