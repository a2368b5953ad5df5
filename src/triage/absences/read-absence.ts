import { addDays, readSmallNumber } from "./absence-days.ts";
import { type DayMention, findDays } from "./find-days.ts";

export type AbsenceReading =
  | {
      outcome: "read";
      /** ISO 8601, half-open. */
      from: string;
      to: string;
      /** First and last day, for people. */
      firstDay: string;
      lastDay: string;
      /** As written; null: nobody is named. */
      deputyName: string | null;
    }
  /** Back earlier, or not going at all. */
  | { outcome: "cancel" }
  /** About an absence, but something is missing or impossible; what to ask, in Chinese. */
  | { outcome: "unclear"; question: string }
  | { outcome: "none" };

const AWAY =
  /休假|请假|休息|年假|病假|事假|婚假|产假|陪产|探亲|调休|休\s*[\d一二两三四五六七八九十]+\s*(?:[天日周]|个?星期|个?礼拜|个月|个工作日)|不在(?!话下)|出差|外出|离岗|外派|学习培训|参加培训|脱产|out of office|\booo\b|on leave/iu;
const BACK =
  /取消.{0,8}(?:假|休|外出|出差|代)|销假|提前(?:回|返|上班|到岗)|(?:不|没有?)(?:休|请)假了?|已经?(?:回来|返岗|回岗|上班)|我回来了|回来上班/u;
const DURATION =
  /([\d]{1,2}|[一二两三四五六七八九十]{1,3}|半)\s*(?:个)?(工作日|天|日(?!期)|周|星期|礼拜|月)/u;
const FROM_ON = /^\s*(?:起|开始|往后|以后|之后)/u;
const UNTIL = /(?:到|至|截止|直到|休假?到|请假?到|[-~～—–－])\s*$/u;
const JOIN = /^\s*(?:\([^()]*\)|（[^（）]*）)?\s*(?:起|开始)?\s*(?:一直)?\s*(?:到|至|[-~～—–－]+|直到)\s*$/u;

const FAR_DAYS = 300;
const LONGEST_DAYS = 200;

/** What a specialist writes about being away: “我下周一到周三休假，由李四代”. `today`: `YYYY-MM-DD` in Shanghai. */
export function readAbsence(
  text: string,
  today: string,
  isWorkday: (day: string) => boolean = () => true,
): AbsenceReading {
  const plain = text.normalize("NFKC");
  if (!speaksOfSelf(plain)) return { outcome: "none" };
  if (BACK.test(plain)) return { outcome: "cancel" };
  if (!AWAY.test(plain)) return { outcome: "none" };
  const period = readPeriod(plain, today, isWorkday);
  if ("question" in period) return { outcome: "unclear", question: period.question };
  const { first, last, firstHalf, lastHalf } = period;
  const from = firstHalf === "afternoon" ? noon(first) : midnight(first);
  const to = lastHalf === "morning" ? noon(last) : midnight(addDays(last, 1));
  if (Date.parse(from) >= Date.parse(to)) return unclear("结束时间早于开始时间，请重新说明从哪天到哪天。");
  if (last < today) return unclear("您说的日子已经过去，请重新说明从哪天到哪天。");
  // 11月20日 said on the 23rd is more likely a slip than next year's.
  if (first > addDays(today, FAR_DAYS) && !/20\d{2}|明年/u.test(plain)) {
    return unclear(`您说的是 ${first} 吗？请写明年份，再说一次从哪天到哪天。`);
  }
  return { outcome: "read", from, to, firstDay: first, lastDay: last, deputyName: findDeputyName(plain) };
}

const SELF = /我(?!们|司|公司|企业|厂|院|区|局|委|办)|本人/u;
const OTHERS =
  /我们|我司|我公司|企业|公司|员工|职工|团队|客户|对方|他|她|同事|同志们|专家|孩子|人才|博士|工单|法人|负责人(?!是|为|[:：])/u;
const QUESTION = /[?？]|吗|呢|怎么|如何|能否|可否|是否|有没有|多久|几天|谁/u;
const LONGEST_PLAIN = 40;

/** Specialists also write about others' leave. What names nobody counts as their own when it is short. */
function speaksOfSelf(text: string): boolean {
  if (QUESTION.test(text)) return false;
  if (SELF.test(text)) return true;
  const beforeDeputy = text.replace(/(?:工作|工单|事情|期间).{0,12}(?:交给|转给|移交|由|找|联系).*$/u, "");
  return text.length <= LONGEST_PLAIN && !OTHERS.test(beforeDeputy);
}

interface Period {
  first: string;
  last: string;
  firstHalf: DayMention["half"];
  lastHalf: DayMention["half"];
}

function readPeriod(
  text: string,
  today: string,
  isWorkday: (day: string) => boolean,
): Period | { question: string } {
  const [one, other] = findDays(text, today);
  if (!one) {
    if (/即日起|从现在/u.test(text)) return toPeriod(today, addLength(text, today, isWorkday));
    return { question: "请说明从哪天到哪天，例如“下周一到周三休假，由李四代”。" };
  }
  if (other && JOIN.test(text.slice(one.end, other.start))) return readRange(one, other, today);
  const rest = text.slice(one.end);
  if (!other && UNTIL.test(text.slice(0, one.start))) {
    const last = pick(one, today);
    return { first: today, last: addDays(last, one.length - 1), firstHalf: null, lastHalf: one.half };
  }
  const first = pick(one, today);
  const lasting = addLength(text.slice(0, one.start) + rest, first, isWorkday);
  if (lasting) return { ...toPeriod(first, lasting), firstHalf: one.half };
  if (FROM_ON.test(rest)) return { question: "请说明休到哪一天（含当天），例如“到12月4日”。" };
  if (other) return readList([...findDays(text, today)], today);
  return { first, last: addDays(first, one.length - 1), firstHalf: one.half, lastHalf: one.half };
}

/** 周一、周二: days one after another are one period. */
function readList(days: readonly DayMention[], today: string): Period | { question: string } {
  let reached = today;
  const firsts = days.map((day) => {
    reached = pick(day, reached);
    return reached;
  });
  const [first] = firsts;
  const last = firsts.at(-1);
  const joined = firsts.every((day, index) => index === 0 || day === addDays(firsts[index - 1] ?? day, 1));
  if (!joined || first === undefined || last === undefined) {
    return { question: "您提到了不相连的几天，请一段一段地说，例如“下周一到周三休假”。" };
  }
  return { first, last, firstHalf: days[0]?.half ?? null, lastHalf: days.at(-1)?.half ?? null };
}

/** The end first: what began before today goes on, and only the end must lie ahead. */
function readRange(one: DayMention, other: DayMention, today: string): Period | { question: string } {
  const first = other.open === null ? lastBefore(one, pick(other, today)) : pick(one, today);
  const ends = other.open === null ? pick(other, today) : pickOpen(other, first);
  const last = addDays(ends, other.length - 1);
  // Without years, an end before its start would else be a start in the year before.
  const reversed = one.candidates.length > 1 && last > addDays(first, LONGEST_DAYS);
  if (first > last || reversed) return { question: "结束时间早于开始时间，请重新说明从哪天到哪天。" };
  return { first, last, firstHalf: one.half, lastHalf: other.half };
}

/** The first candidate on or after a day; where all have passed, the last one. */
function pick({ candidates }: DayMention, from: string): string {
  return candidates.find((day) => day >= from) ?? candidates.at(-1) ?? from;
}

function lastBefore({ candidates, open }: DayMention, end: string): string {
  const before =
    open === null ? candidates.findLast((day) => day <= end) : candidates.find((day) => day <= end);
  return before ?? candidates[0] ?? end;
}

/** 周三 or 5日 after a first day: the next one from there. */
function pickOpen(mention: DayMention, first: string): string {
  if (mention.open === "weekday") {
    const [any] = mention.candidates;
    if (any === undefined) return first;
    const behind = (Date.parse(any) - Date.parse(first)) / 86_400_000;
    return addDays(first, ((behind % 7) + 7) % 7);
  }
  const day = mention.candidates[0]?.slice(8) ?? "";
  for (let ahead = 0; ahead < 62; ahead += 1) {
    const next = addDays(first, ahead);
    if (next.slice(8) === day) return next;
  }
  return first;
}

function toPeriod(first: string, last: string | undefined): Period | { question: string } {
  if (last === undefined) return { question: "请说明休到哪一天（含当天），例如“到12月4日”。" };
  return { first, last, firstHalf: null, lastHalf: null };
}

/** The last day of 三天, 5个工作日, 两周 from a first day; days are working days where the calendar is known. */
function addLength(text: string, first: string, isWorkday: (day: string) => boolean): string | undefined {
  const match = DURATION.exec(text);
  const count = match?.[1] === "半" ? undefined : readSmallNumber(match?.[1] ?? "");
  if (!match || count === undefined) return undefined;
  const unit = match[2] ?? "";
  if (/周|星期|礼拜/u.test(unit)) return addDays(first, count * 7 - 1);
  if (unit === "月") return addDays(first, count * 30 - 1);
  let [last, left] = [first, count];
  for (let ahead = 0; left > 0 && ahead < 400; ahead += 1) {
    last = addDays(first, ahead);
    if (isWorkday(last)) left -= 1;
  }
  return last;
}

const DEPUTY = [
  /(?:由|让|请|托)\s*@?\s*(\p{Script=Han}{2,4}?)(?:同志|老师)?\s*(?:来|先|暂|帮忙?|帮我)*\s*(?=代|替|接|负责|顶|处理|值|办|跟|盯|[,，。;；!！\s]|$)/u,
  /(?:代理人?|代班人?|代办人?|接替人?|AB角|B角)\s*(?:是|为|:|：)?\s*@?\s*(\p{Script=Han}{2,4})/u,
  /(?:工作|工单|事情|这边)?(?:交给|转给|移交给?|找|联系)\s*@?\s*(\p{Script=Han}{2,4}?)(?:同志|老师)?\s*(?=代|替|接|负责|顶|处理|值|办|[,，。;；!！\s]|$)/u,
  /@\s*(\p{Script=Han}{2,4})/u,
  /(?:^|[,，。;；\s])(\p{Script=Han}{2,4}?)\s*(?:替我|代我|代班|顶班|帮我顶|代理|接手|代为)/u,
] as const;

function findDeputyName(text: string): string | null {
  for (const pattern of DEPUTY) {
    const name = pattern.exec(text)?.[1];
    if (name) return name;
  }
  return null;
}

function midnight(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString();
}

function noon(day: string): string {
  return new Date(`${day}T12:00:00+08:00`).toISOString();
}

function unclear(question: string): AbsenceReading {
  return { outcome: "unclear", question };
}
