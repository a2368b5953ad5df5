import type { GroundingProblem } from "./grounding-types.ts";
import { countShared, numericContext, type PlacedDate, placeDate } from "./place-figures.ts";
import { type DateMention, isCoveredBy } from "./read-dates.ts";
import type { NumericReading } from "./read-figures.ts";
import type { Support } from "./read-support.ts";

/** Times without a number: each must stand in the clauses as it is. */
const TIME_WORDS =
  /今年|明年|去年|后年|本年|本月|下月|上月|近日|日前|日内|月底|年底|年内|年初|上半年|下半年|[一二三四]季度|每年|每月|每周|每日|每季度|每两年|定期|长期|永久|随时|全年|届时|即日|目前|当前|现阶段|如今|近期|远期|即将|已于|刚刚|立即|马上/g;

/** Every date must be in the clauses, at least as precisely, and say the same of the same thing. */
export function checkDates(statement: string, reading: NumericReading, support: Support): GroundingProblem[] {
  const problems: GroundingProblem[] = [];
  const told = numericContext(statement, reading);
  const known = numericContext(support.text, support.numerics);
  const knownDates = known.reading.dates.map((date) => placeDate(date, known));
  for (const date of reading.dates) {
    const reason = judgeDate(placeDate(date, told), knownDates);
    if (reason) problems.push({ kind: "date", text: statement.slice(date.start, date.end), reason });
  }
  for (const match of statement.matchAll(TIME_WORDS)) {
    if (!support.text.includes(match[0])) {
      problems.push({ kind: "date", text: match[0], reason: "the clauses do not say when" });
    }
  }
  return problems;
}

function judgeDate(told: PlacedDate, knownDates: readonly PlacedDate[]): string | undefined {
  const isSame = (known: PlacedDate) => isCoveredBy(told.date, known.date);
  const same = knownDates.filter((known) => isSame(known) && rolesAgree(told.date, known.date));
  if (same.length === 0) return "no such date";
  const shared = (known: PlacedDate) => countShared(told.near, known.near);
  const rival = Math.max(0, ...knownDates.filter((known) => !isSame(known)).map(shared));
  const fits = same.some((known) => shared(known) >= rival && neighboursAgree(told, known));
  return fits ? undefined : "the date belongs to something else";
}

/** What happens on that day (施行, 截止) stands next to it in the clause as well. */
function neighboursAgree(told: PlacedDate, known: PlacedDate): boolean {
  const held = known.near.size > 0 ? known.near : known.sentence;
  return told.neighbours.every((pair) => held.has(pair));
}

function rolesAgree(told: DateMention, known: DateMention): boolean {
  return told.role === undefined || told.role === known.role;
}
