import type {
  Fact,
  FactValue,
  FieldId,
  HeldTerm,
  ProfileField,
  ProfileLexicon,
} from "../../enterprises/index.ts";
import { type Language, say } from "./matching-parts.ts";

export function describeField(field: FieldId, lexicon: ProfileLexicon, language: Language): string {
  const known = lexicon.fields.get(field);
  return known ? say(language, known.label, known.labelEn) : field;
}

/** A fact's value for people: `约300人`, `4亿元至5亿元`, `2021年`, `汽车零部件、新能源汽车`. */
export function describeFact(
  { field, value, period }: Pick<Fact, "field" | "value" | "period">,
  lexicon: ProfileLexicon,
  language: Language,
): string {
  const text = describeValue(value, lexicon.fields.get(field), lexicon, language);
  return period && value.kind === "number" ? `${text}（${period}${say(language, "年", "")}）` : text;
}

function describeValue(
  value: FactValue,
  field: ProfileField | undefined,
  lexicon: ProfileLexicon,
  language: Language,
): string {
  switch (value.kind) {
    case "text":
      return value.text;
    case "number":
      return describeRange(value, field?.unit ?? "", language);
    case "date":
      return describeDays(value.from, value.to, language);
    case "choice":
      return value.oneOf.map((id) => optionLabel(id, field, language)).join(say(language, "或", " or "));
    case "flag":
      return value.value ? say(language, "是", "yes") : say(language, "否", "no");
    case "terms":
      return describeTerms(value, (id) => termName(id, field, lexicon), language);
    case "place":
      return value.path.join("");
    case "declined":
      return say(language, "暂不清楚", "not known for now");
  }
}

function describeRange(
  { min, max, minOpen, maxOpen }: Extract<FactValue, { kind: "number" }>,
  unit: string,
  language: Language,
): string {
  const write = (amount: number) => describeAmount(amount, unit);
  if (min !== null && max !== null) {
    return min === max ? write(min) : `${write(min)}${say(language, "至", " to ")}${write(max)}`;
  }
  if (min !== null)
    return `${say(language, minOpen ? "超过" : "不少于", minOpen ? "over " : "at least ")}${write(min)}`;
  if (max !== null)
    return `${say(language, maxOpen ? "不到" : "不超过", maxOpen ? "under " : "at most ")}${write(max)}`;
  return say(language, "不详", "unknown");
}

/** `420000000` 元 → `4.2亿元`. */
export function describeAmount(amount: number, unit: string): string {
  const size = Math.abs(amount);
  if (unit !== "元") return `${amount}${unit}`;
  if (size >= 1e8) return `${trimNumber(amount / 1e8)}亿元`;
  if (size >= 1e4) return `${trimNumber(amount / 1e4)}万元`;
  return `${amount}元`;
}

function trimNumber(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** Half-open days: a day, a month or a year is said as such. */
function describeDays(from: string, to: string, language: Language): string {
  const [year = "", month = "", day = ""] = from.split("-");
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (length <= 1) return from;
  if (day === "01" && to === nextMonth(year, month))
    return say(language, `${year}年${Number(month)}月`, `${year}-${month}`);
  if (month === "01" && day === "01" && to === `${Number(year) + 1}-01-01`)
    return say(language, `${year}年`, year);
  const last = new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
  return `${from}${say(language, "至", " to ")}${last}`;
}

function nextMonth(year: string, month: string): string {
  const next = Number(month) + 1;
  return next > 12 ? `${Number(year) + 1}-01-01` : `${year}-${String(next).padStart(2, "0")}-01`;
}

function optionLabel(id: string, field: ProfileField | undefined, language: Language): string {
  const option = field?.options?.find((each) => each.id === id);
  return option ? say(language, option.label, option.labelEn ?? option.label) : id;
}

function termName(id: string, field: ProfileField | undefined, lexicon: ProfileLexicon): string {
  const named = field?.vocabulary ? lexicon[field.vocabulary].get(id)?.name : undefined;
  return named ?? field?.options?.find((each) => each.id === id)?.label ?? id;
}

function describeTerms(
  { has, lacks, closed }: Extract<FactValue, { kind: "terms" }>,
  name: (id: string) => string,
  language: Language,
): string {
  const held = has.map((term) => describeTerm(term, name(term.id), language));
  const lacking = lacks.map((id) => say(language, `无${name(id)}`, `no ${name(id)}`));
  const all = [...held, ...lacking];
  if (all.length === 0) return closed ? say(language, "无", "none") : say(language, "不详", "unknown");
  return all.join(say(language, "、", ", "));
}

function describeTerm({ lapsed, certificate, validTo }: HeldTerm, name: string, language: Language): string {
  const notes = [
    ...(lapsed ? [say(language, "曾获", "held before")] : []),
    ...(certificate ? [certificate] : []),
    ...(validTo ? [say(language, `有效期至${validTo}（不含）`, `valid until ${validTo}`)] : []),
  ];
  return notes.length > 0 ? `${name}（${notes.join("，")}）` : name;
}
