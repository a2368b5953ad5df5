import { addDays, addMonths } from "./calendar.ts";
import type { DateMention } from "./read-dates.ts";
import type { Figure } from "./read-figures.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface FoundedReading extends Span {
  from: string;
  to: string;
  correction?: boolean;
}

const FOUNDED =
  /(?:拿|办|领|下)(?:到|好|下|了)*(?:营业)?执照|成立|注册(?!资本|资金|证|商标|类|备案|制|号|审批|申报|检验|人|在|地)|创办|创立|创建|设立|建厂|建的|开业|开张|开的|开了|办的|登记|起家|创业|组建|工商/u;
const SMALL_YEARS =
  /(?:公司|企业|厂子?|店|工厂|我们)(?:都|已经?)?(?:做|干|开|办|经营|运营|成立|创办|营业)?了?$/u;
const WISHED = /打算|准备|计划|拟|想|预计|要|将|马上|即将|还没|没有|未|尚未/u;
const OTHERS = /子公司|分公司|客户|基金|研究院|联盟|实验室|母公司|基地|中心|党支部|合资公司/u;
const NEW =
  /刚刚?(?:才)?(?:成立|注册|创办|创立|开业|开张|设立)|新(?:成立|注册|设立|开)(?!的?分|的?子)|(?:成立|注册)(?:没多久|不久|没几天)|刚开(?:的)?(?:公司|店)|初创不久/gu;

/** 创业第三年: two years are over, the third is not. */
const NTH_YEAR =
  /(?:创业|成立|公司|运营|经营|开业|创办)(?:的|到|进入|已经|是|今年是?)*第([一二三四五六七八九十]|\d{1,2})(?:个)?年/gu;

/** When it was founded: by a date beside a word of founding, or by its age (成立两年多). */
export function readFounded(
  text: string,
  clauses: readonly Clause[],
  dates: readonly DateMention[],
  figures: readonly Figure[],
  today: string,
): FoundedReading[] {
  const found: FoundedReading[] = [];
  for (const date of dates) {
    const clause = clauseAt(clauses, date.start);
    if (clause && saysFounded(clause, date, text, today))
      found.push({ ...span(date), from: date.from, to: date.to });
  }
  for (const figure of figures) {
    if (figure.unit !== "years" && figure.unit !== "months" && figure.unit !== "days") continue;
    const clause = clauseAt(clauses, figure.start);
    if (clause && saysAge(clause, figure)) {
      const reading = fromAge(figure, today);
      if (reading) found.push({ ...span(figure), ...reading });
    }
  }
  for (const match of text.matchAll(NTH_YEAR)) {
    const nth = Number(match[1]) || "一二三四五六七八九十".indexOf(match[1] ?? "") + 1;
    const [from, to] = [
      addDays(addMonths(today, -12 * nth), 1),
      addDays(addMonths(today, -12 * (nth - 1)), 1),
    ];
    found.push({ start: match.index, end: match.index + match[0].length, from, to });
  }
  if (found.length > 0) return found;
  for (const match of text.matchAll(NEW)) {
    const clause = clauseAt(clauses, match.index);
    if (clause && OTHERS.test(clause.text)) continue;
    found.push({
      start: match.index,
      end: match.index + match[0].length,
      from: addDays(addMonths(today, -12), 1),
      to: addDays(today, 1),
    });
  }
  return found.slice(0, 1);
}

function span({ start, end }: Span): Span {
  return { start, end };
}

/** The word of founding that stands nearest, without another date between. */
function saysFounded(clause: Clause, date: DateMention, text: string, today: string): boolean {
  if (OTHERS.test(clause.text)) return false;
  const after = text.slice(date.end, Math.min(clause.end, date.end + 12));
  const before = text.slice(Math.max(clause.start, date.start - 8), date.start);
  const isNear =
    /^的?老(?:企业|厂|公司|店|牌)/u.test(after) ||
    FOUNDED.test(after) ||
    FOUNDED.test(before) ||
    (date.start === clause.start && opensAfterFounding(text, clause));
  if (!isNear) return false;
  return date.from <= today || !WISHED.test(clause.text);
}

/** “成立时间：2019年3月”, “成立日期 2019-03”. */
function opensAfterFounding(text: string, clause: Clause): boolean {
  return /(?:成立|注册|创立|创办|设立)(?:时间|日期|于|年份|年月)?\s*(?:是|为)?\s*[:：,，]?\s*$/u.test(
    text.slice(Math.max(0, clause.start - 10), clause.start),
  );
}

function saysAge(clause: Clause, figure: Figure): boolean {
  if (OTHERS.test(clause.text)) return false;
  const before = clause.text.slice(0, Math.max(0, figure.start - clause.start));
  const after = clause.text.slice(Math.max(0, figure.end - clause.start));
  if (/^(?:的)?(?:经验|期|内|后|以内|之内|前(?!成立|注册)|保质|租期)/u.test(after)) return false;
  if (/^的?老(?:企业|厂|公司|店|牌|字号)/u.test(after)) return true;
  if (/(?:办|开|做|干|经营)了?$/u.test(before) && /^的(?:厂|工厂|公司|企业|店)/u.test(after)) return true;
  if (/^(?:之?前|以前)(?:成立|注册|创|开|办)/u.test(after)) return true;
  if (FOUNDED.test(before.slice(-10)) && !/经验|从业|行业/u.test(before)) return true;
  if (/^(?:前)?(?:刚)?(?:成立|注册|创办)/u.test(after)) return true;
  return SMALL_YEARS.test(before) && figure.unit !== "days";
}

/** “两年”: two completed years, not yet three. */
export function fromAge(figure: Figure, today: string): { from: string; to: string } | undefined {
  const back = (count: number) =>
    figure.unit === "days"
      ? addDays(today, -count)
      : addMonths(today, -Math.round(figure.unit === "years" ? count * 12 : count));
  const { min, max } = figure;
  if ((max ?? min ?? 0) > (figure.unit === "years" ? 300 : 4000)) return undefined;
  const isWhole = max !== null && Number.isInteger(max);
  // “快五年”: not yet five.
  const isNearly = isWhole && min !== null && !Number.isInteger(min);
  const youngest = min === null ? today : back(min);
  const oldest =
    max === null
      ? "1900-01-01"
      : figure.maxOpen || isNearly || !isWhole
        ? back(max + (isWhole ? 0 : 0.5))
        : back(max + 1);
  return { from: addDays(oldest, 1), to: addDays(youngest, 1) };
}
