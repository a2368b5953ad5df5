import type { FactValue, FieldId, HeldTerm, ProfileField } from "../../enterprises/index.ts";
import { addDays, countCompletedMonths } from "./days.ts";
import { describeInterval } from "./describe-amount.ts";
import { describeSpan } from "./describe-threshold.ts";
import type { JudgeContext } from "./judge-context.ts";
import { judgeHeld } from "./judge-terms.ts";
import { labelTerm } from "./label-term.ts";
import type { ProfileView } from "./profile-view.ts";

/** What is known of a field, for people; undefined when nothing is. */
export function describeObserved(
  field: FieldId,
  view: ProfileView,
  context: JudgeContext,
): string | undefined {
  const declared = context.lexicon.fields.get(field);
  if (!declared) return undefined;
  const zh = context.language !== "en";
  if (declared.kind === "number") {
    const figure = view.figure(field);
    if (!figure) return undefined;
    const amount = describeInterval(figure.interval, declared.unit ?? "", zh ? "zh" : "en");
    if (!figure.derived) return amount;
    return zh ? `${amount}（按已知数据推算）` : `${amount} (worked out from other figures)`;
  }
  const value = view.value(field);
  return value && describeValue(value, declared, context);
}

function describeValue(value: FactValue, field: ProfileField, context: JudgeContext): string | undefined {
  const zh = context.language !== "en";
  switch (value.kind) {
    case "text":
      return value.text;
    case "date":
      return describeDate(value, field, context);
    case "choice": {
      const names = value.oneOf.map((id) => labelTerm(id, field, context));
      return names.length === 0 ? undefined : names.join(zh ? "或" : " or ");
    }
    case "flag":
      if (zh) return value.value ? "是" : "否";
      return value.value ? "yes" : "no";
    case "place":
      return value.path.join(zh ? "" : " ");
    case "terms":
      return describeTerms(value, field, context);
    default:
      return undefined;
  }
}

function describeDate(
  value: { from: string; to: string },
  field: ProfileField,
  context: JudgeContext,
): string {
  const zh = context.language !== "en";
  const last = addDays(value.to, -1);
  const named = nameSpanOfDays(value.from, value.to, last, zh);
  if (field.id !== "founded-on" || value.from > context.asOf) return named;
  const [most, least] = [value.from, last].map((day) => countCompletedMonths(day, context.asOf));
  if (most === undefined || least === undefined) return named;
  const whole = (months: number): string =>
    describeSpan(months >= 12 ? Math.floor(months / 12) * 12 : months, zh);
  const age = whole(least) === whole(most) ? whole(most) : `${whole(least)}–${whole(most)}`;
  return zh ? `${named}成立（已满${age}）` : `founded ${named} (${age} completed)`;
}

function nameSpanOfDays(from: string, to: string, last: string, zh: boolean): string {
  if (from === last) return from;
  const [year, month] = [from.slice(0, 4), Number(from.slice(5, 7))];
  if (from.endsWith("-01-01") && to === `${Number(year) + 1}-01-01`) return zh ? `${year}年` : `in ${year}`;
  const wholeMonth = from.endsWith("-01") && to.endsWith("-01") && countCompletedMonths(from, to) === 1;
  if (wholeMonth) return zh ? `${year}年${month}月` : `in ${from.slice(0, 7)}`;
  return zh ? `${from}至${last}间` : `between ${from} and ${last}`;
}

function describeTerms(
  value: FactValue & { kind: "terms" },
  field: ProfileField,
  context: JudgeContext,
): string | undefined {
  const zh = context.language !== "en";
  const comma = zh ? "、" : ", ";
  const held = value.has.map(
    (term) => `${labelTerm(term.id, field, context)}${noteTerm(term, field, context)}`,
  );
  if (held.length > 0) return held.join(comma);
  if (value.closed) return zh ? "无" : "none";
  if (value.lacks.length === 0) return undefined;
  const names = value.lacks.map((id) => labelTerm(id, field, context)).join(comma);
  return zh ? `没有${names}` : `not held: ${names}`;
}

/** Why a title counts or not. The last valid day is shown, not the first invalid one. */
function noteTerm(term: HeldTerm, field: ProfileField, context: JudgeContext): string {
  const zh = context.language !== "en";
  const until = term.validTo === undefined ? undefined : addDays(term.validTo, -1);
  if (term.lapsed) return zh ? "（曾获）" : " (held formerly)";
  if (term.validTo !== undefined && term.validTo <= context.asOf)
    return zh ? `（有效期至${until}，已到期）` : ` (expired after ${until})`;
  if (term.validFrom !== undefined && term.validFrom > context.asOf)
    return zh ? `（${term.validFrom}起有效）` : ` (valid from ${term.validFrom})`;
  if (field.vocabulary !== "qualifications") return "";
  if (judgeHeld(term, "certified", context.asOf) === "unknown")
    return zh ? "（称号需证书核实）" : " (certificate to be checked)";
  return zh ? `（有效期至${until}）` : ` (valid until ${until})`;
}
