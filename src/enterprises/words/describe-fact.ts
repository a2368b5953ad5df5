import { dayBefore } from "../profile/add-months.ts";
import type { Fact, FactValue, HeldTerm, ProfileField, ProfileLexicon } from "../types.ts";
import { describeDays, writeDay } from "./describe-day.ts";
import { describeNumber } from "./describe-number.ts";

type Language = "zh" | "en";

/** The lexicon names industries, needs and certificates; without it they are named by their ids. */
export type TermNames = Pick<ProfileLexicon, "industries" | "needs" | "qualifications">;

/**
 * A fact's value for people: `320人`, `约300人（270–330人）`, `4亿–5亿元（2025年）`, `2021年`,
 * `高新技术企业（证书号未提供，待确认）`.
 */
export function describeFact(
  fact: Pick<Fact, "value" | "period"> & { source?: Pick<Fact["source"], "words"> },
  field: ProfileField | undefined,
  language: Language = "zh",
  names?: TermNames,
): string {
  const { value, period } = fact;
  if (value.kind !== "number") return describeValue(value, field, language, names);
  const text = describeNumber(value, field?.unit ?? "", language, fact.source?.words);
  if (period === null) return text;
  return language === "zh" ? `${text}（${describePeriod(period)}）` : `${text} (${period})`;
}

function describeValue(
  value: Exclude<FactValue, { kind: "number" }>,
  field: ProfileField | undefined,
  language: Language,
  names: TermNames | undefined,
): string {
  const say = (chinese: string, english: string) => (language === "zh" ? chinese : english);
  switch (value.kind) {
    case "text":
      return value.text;
    case "date":
      return describeDays(value.from, value.to, language);
    case "choice":
      return value.oneOf.map((id) => nameTerm(id, field, names, language)).join(say("或", " or "));
    case "flag":
      return value.value ? say("是", "yes") : say("否", "no");
    case "terms":
      return describeTerms(value, field, language, names);
    case "place":
      return language === "zh" ? value.path.join("") : value.path.toReversed().join(", ");
    case "declined":
      return say("暂不清楚", "not known for now");
  }
}

/** `2025` → 2025年, `2025-06` → 2025年6月; other words as they are. */
function describePeriod(period: string): string {
  const [, year, month] = /^(\d{4})(?:-(\d{2}))?$/.exec(period) ?? [];
  if (year === undefined) return period;
  return month === undefined ? `${year}年` : `${year}年${Number(month)}月`;
}

/** An id of a vocabulary or an option → its name. */
export function nameTerm(
  id: string,
  field: ProfileField | undefined,
  names: TermNames | undefined,
  language: Language = "zh",
): string {
  const option = field?.options?.find((each) => each.id === id);
  if (option) return language === "en" ? (option.labelEn ?? option.label) : option.label;
  return (field?.vocabulary && names?.[field.vocabulary].get(id)?.name) ?? id;
}

function describeTerms(
  { has, lacks, closed }: Extract<FactValue, { kind: "terms" }>,
  field: ProfileField | undefined,
  language: Language,
  names: TermNames | undefined,
): string {
  const name = (id: string) => nameTerm(id, field, names, language);
  const certified = field?.vocabulary === "qualifications";
  const held = has.map((term) => describeTerm(term, name(term.id), certified, language));
  const lacked = lacks.map((id) =>
    language === "zh" ? `${certified ? "未取得" : "无"}${name(id)}` : `no ${name(id)}`,
  );
  const all = [...held, ...lacked];
  if (all.length > 0) return all.join(language === "zh" ? "、" : ", ");
  if (closed) return language === "zh" ? "无" : "none";
  return language === "zh" ? "不详" : "not known";
}

/** The last day of a half-open validity is the day before its end. */
function describeTerm(term: HeldTerm, name: string, certified: boolean, language: Language): string {
  const { certificate, validFrom, validTo, lapsed } = term;
  const zh = language === "zh";
  const last = validTo === undefined ? undefined : writeDay(dayBefore(validTo), language);
  const notes = certificate === undefined ? [] : [zh ? `证书号${certificate}` : `certificate ${certificate}`];
  if (lapsed) {
    if (last !== undefined) notes.push(zh ? `有效期至${last}，已到期` : `valid until ${last}, expired`);
    const text = zh ? `曾获${name}` : `${name} (held before)`;
    return withNotes(text, notes, zh);
  }
  if (last !== undefined) notes.push(zh ? `有效期至${last}` : `valid until ${last}`);
  else if (validFrom !== undefined) notes.push(zh ? `自${writeDay(validFrom)}起` : `from ${validFrom}`);
  if (certified && certificate === undefined) {
    notes.push(zh ? "证书号未提供，待确认" : "certificate number not given, to be confirmed");
  } else if (certified && last === undefined && validFrom === undefined) {
    notes.push(zh ? "有效期未提供，待确认" : "validity not given, to be confirmed");
  }
  return withNotes(name, notes, zh);
}

function withNotes(text: string, notes: readonly string[], zh: boolean): string {
  if (notes.length === 0) return text;
  return zh ? `${text}（${notes.join("，")}）` : `${text} (${notes.join(", ")})`;
}
