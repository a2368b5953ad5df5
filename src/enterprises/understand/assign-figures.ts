import {
  FORECAST,
  HIRING,
  MONEY_WORDS,
  OTHER_PEOPLE,
  RAISED_BEFORE,
  RD_PEOPLE,
  STAFF,
  WISHED,
} from "./figure-keywords.ts";
import type { DateMention } from "./read-dates.ts";
import type { Figure } from "./read-figures.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface AssignedFigure {
  /** Null: a figure of something that no profile holds. Undefined: nobody can tell. */
  field: string | null | undefined;
  figure: Figure;
  period: string | null;
  /** What it is like negated: 亏了500万. */
  negative: boolean;
}

interface Scene {
  text: string;
  clauses: readonly Clause[];
  dates: readonly DateMention[];
  today: string;
}

/** Which field every figure belongs to, by the words around it. */
export function assignFigures(figures: readonly Figure[], scene: Scene): AssignedFigure[] {
  const assigned: AssignedFigure[] = [];
  for (const [at, figure] of figures.entries()) {
    const clause = clauseAt(scene.clauses, figure.start);
    if (!clause) continue;
    const around = lookAround(figure, clause, figures[at - 1], figures[at + 1], scene);
    const period = figure.unit === "money" ? figurePeriod(figure, clause, scene) : null;
    const previous = assigned.at(-1);
    const chosen = chooseField(figure, clause, around, period, previous, scene);
    if (previous && isNewState(previous.figure, figure, clause, scene)) {
      // 从80人涨到120人: what it was before is no fact.
      assigned.push({ figure, period, negative: false, field: previous.field ?? chosen.field });
      previous.field = null;
    } else assigned.push({ figure, period, negative: false, ...chosen });
  }
  return assigned;
}

/** The later state of one thing: 由15人增加到23人, 从去年的80人涨到今年的120人. */
function isNewState(former: Figure, figure: Figure, clause: Clause, { text }: Scene): boolean {
  if (former.start < clause.start || former.unit !== figure.unit || FORECAST.test(clause.text)) return false;
  return /(?:涨|增|增加|增长|扩|扩大|扩张|扩充|发展|升|提高|提升|降|减|减少|缩减?|变)(?:到|至|成|为)了?[^，]{0,5}$/u.test(
    text.slice(former.end, figure.start),
  );
}

interface Around {
  /** The clause before the figure, from the figure before. */
  before: string;
  after: string;
  /** Last clause of the same sentence when it holds no figure: “营收嘛，3000万”. */
  lead: string;
  /** Another figure follows in the clause. */
  hasNext: boolean;
}

function lookAround(
  figure: Figure,
  clause: Clause,
  previous: Figure | undefined,
  next: Figure | undefined,
  { text, clauses }: Scene,
): Around {
  const from = previous && previous.end > clause.start ? previous.end : clause.start;
  const to = next && next.start < clause.end ? next.start : clause.end;
  const index = clauses.indexOf(clause);
  const last = index > 0 ? clauses[index - 1] : undefined;
  const opens = figure.start - clause.start < 10 && from === clause.start;
  const isLead =
    last && opens && !(previous && previous.end > last.start) && last.sentence === clause.sentence;
  return {
    before: text.slice(Math.min(from, figure.start), figure.start),
    after: text.slice(figure.end, Math.max(to, figure.end)),
    lead: isLead ? last.text : "",
    hasNext: next !== undefined && next.start < clause.end,
  };
}

function chooseField(
  figure: Figure,
  clause: Clause,
  around: Around,
  period: string | null,
  previous: AssignedFigure | undefined,
  scene: Scene,
): { field: string | null | undefined; negative?: boolean } {
  switch (figure.unit) {
    case "foreign":
      return { field: undefined };
    case "money":
      return chooseMoney(figure, clause, around, period, previous, scene);
    case "people":
      return { field: choosePeople(around, clause) };
    case "area":
      return { field: chooseArea(clause, around, scene) };
    case "percent":
      return { field: chooseShare(around, scene.text.slice(Math.max(0, clause.start - 24), clause.start)) };
    case "none":
    case "count":
      return chooseBare(figure, clause, around, scene);
    default:
      return { field: null };
  }
}

function chooseMoney(
  figure: Figure,
  clause: Clause,
  around: Around,
  period: string | null,
  previous: AssignedFigure | undefined,
  scene: Scene,
): { field: string | null | undefined; negative?: boolean } {
  const word = nearestMoneyWord(around);
  if (word === undefined) {
    if (period === null) return { field: undefined };
    if (FORECAST.test(clause.text) || RAISED_BEFORE.test(clause.text)) return { field: null };
    if (isNoYear(clause.text) || isGuessOfThisYear(figure, period, scene)) return { field: null };
    const isYearly =
      previous?.field === "rd-expense" || previous?.field === "net-profit" || previous?.field === "tax-paid";
    return {
      field: isYearly && previous.period !== null && previous.period !== period ? previous.field : "revenue",
    };
  }
  if (word.field === "net-profit") {
    if (FORECAST.test(clause.text)) return { field: null };
    return { field: "net-profit", negative: /亏/u.test(word.word) };
  }
  if (word.field === "financing-amount" || word.field === "loan-amount") {
    return { field: isWish(clause, around, word.word, scene) ? word.field : null };
  }
  if (word.field === "investment-amount") {
    if (
      /(?:找|拉|要|求|引入|寻求|获|拿到?|接受|吸引)[^，]{0,6}投资|投资(?:人|方|机构)|投了我们|风投|天使/u.test(
        clause.text,
      )
    ) {
      return { field: isWish(clause, around, word.word, scene) ? "financing-amount" : null };
    }
    return { field: "investment-amount" };
  }
  if (word.field === "revenue" || word.field === "rd-expense" || word.field === "tax-paid") {
    const said = `${around.before}${around.after.slice(0, 4)}${around.lead}`;
    if (FORECAST.test(said) || isFuture(period, scene.today)) return { field: null };
    if (isNoYear(clause.text) || isGuessOfThisYear(figure, period, scene)) return { field: null };
  }
  return { field: word.field };
}

/** A month, a quarter, several years together: not the figure of a year. */
function isNoYear(clause: string): boolean {
  return /每个?月|月均|单月|一个月|当月|上个?月|月(?=流水|销|营收|收入|产值|入)|季度|半年|前[三3]季|[两二三四五\d]年(?:来|间|内)?(?:累计|合计|总共|一共|加起来|共|总)|累计|合计|日均|每天/u.test(
    clause,
  );
}

function isGuessOfThisYear(figure: Figure, period: string | null, { text, today }: Scene): boolean {
  return (
    period === today.slice(0, 4) &&
    /估计|大概能|应该能|能做|差不多能/u.test(text.slice(Math.max(0, figure.start - 6), figure.end))
  );
}

function isFuture(period: string | null, today: string): boolean {
  return period !== null && period > today.slice(0, 4);
}

/** Raised or wanted? The clause decides, else the sentence's lead; money sought needs no more than its own name. */
function isWish(clause: Clause, around: Around, word: string, scene: Scene): boolean {
  const said = `${around.lead} ${clause.text}`;
  if (RAISED_BEFORE.test(clause.text)) return false;
  if (WISHED.test(said)) return true;
  if (
    /轮$|(?:去年|前年|上一?轮|之前|曾)/u.test(`${word}${/去年|前年|之前|曾/u.exec(clause.text)?.[0] ?? ""}`)
  )
    return false;
  return (
    /额|需求|规模|金额|目标|计划|融资|贷款|借款|募/u.test(word) &&
    !/^(?:了|过|到)/u.test(around.after) &&
    scene.text !== ""
  );
}

interface MoneyWord {
  field: string | null;
  word: string;
  distance: number;
}

/** The nearest word before the figure; one right after it (“3000万的营收”) when it stands closer; else in the lead. */
function nearestMoneyWord({ before, after, lead }: Around): MoneyWord | undefined {
  const preceding = lastWord(before);
  const following = firstWord(after.slice(0, 14));
  if (preceding && following) {
    const isTied = /^(?:元|块)?\s*(?:左右|上下)?\s*(?:的)?\s*$/u.test(after.slice(0, following.distance));
    const isVerb = /^(?:做了?|卖了?|签了|砸|投了?|产出|做到|投入|赚了?)$/u.test(preceding.word);
    return isTied &&
      (isVerb || preceding.distance > following.distance + 2) &&
      following.field !== "investment-amount"
      ? following
      : preceding;
  }
  return preceding ?? following ?? lastWord(lead);
}

function lastWord(text: string): MoneyWord | undefined {
  let best: (MoneyWord & { end: number; length: number }) | undefined;
  for (const [pattern, field] of MONEY_WORDS) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const isNearer = !best || end > best.end || (end === best.end && match[0].length > best.length);
      const isCovered = best && end <= best.end && match.index >= best.end - best.length;
      const covers = best && end >= best.end && match.index <= best.end - best.length;
      if (!isCovered && (isNearer || covers)) {
        best = { field, word: match[0], end, length: match[0].length, distance: text.length - end };
      }
    }
  }
  return best;
}

function firstWord(text: string): MoneyWord | undefined {
  let best: (MoneyWord & { length: number }) | undefined;
  for (const [pattern, field] of MONEY_WORDS) {
    for (const match of text.matchAll(pattern)) {
      const isNearer =
        !best ||
        match.index < best.distance ||
        (match.index === best.distance && match[0].length > best.length);
      if (isNearer) best = { field, word: match[0], distance: match.index, length: match[0].length };
    }
  }
  return best;
}

function choosePeople({ before, after, lead, hasNext }: Around, clause: Clause): string | null {
  const near = before.slice(-14);
  // “员工86人研发30人”: the word before the next figure is that one's.
  const isOfNext =
    hasNext &&
    /^[,，、(（]?\s*(?:其中|含|包括)?(?:搞|做|的)?(?:研发|技术|科研)(?:人员|团队|的)?(?:有|是|占)?\s*$/u.test(
      after,
    );
  const noun = isOfNext ? "" : after.slice(0, 10);
  if (RD_PEOPLE.test(noun.slice(0, 7)) && !/^(?:的)?(?:销售|用户)/u.test(noun)) {
    return HIRING.test(near) && !/现有|目前|已/u.test(near) ? null : "rd-headcount";
  }
  if (OTHER_PEOPLE.test(noun.slice(0, 6)) || OTHER_PEOPLE.test(near)) {
    const isTotal =
      /(?:总共|一共|共|合计|总人数|员工|职工)[^，]{0,4}$/u.test(near) && !OTHER_PEOPLE.test(noun.slice(0, 6));
    if (!isTotal) return null;
  }
  if (RD_PEOPLE.test(near) && !/(?:员工|职工|总人数|一共|总共|共|公司|全部)[^，]{0,4}$/u.test(near)) {
    return HIRING.test(near) ? null : "rd-headcount";
  }
  if (HIRING.test(near)) return null;
  if (near.trim() === "" && RD_PEOPLE.test(lead.slice(-8)) && !STAFF.test(lead.slice(-4)))
    return "rd-headcount";
  if (near.trim() === "" && (HIRING.test(lead.slice(-6)) || OTHER_PEOPLE.test(lead.slice(-6)))) return null;
  return /次|日均|每天|一天/u.test(clause.text) ? null : "headcount";
}

const HAS_SPACE =
  /现有|目前|现在|已有|已经|租了|租着|自有|买了|在用|用着|建成|孵化|运营|在孵|建了|拥有|原来|^我们有|[^没]有(?:一?个|一?处|一?块|一?栋|\d|[一二两三四五])/u;
const WANTS_SPACE =
  /想|要|需|找|缺|租(?!了|着)|扩|买(?!了)|求|拿地|新建|再|差(?!不多)|建(?!成|了|筑)|能不能|有没有|寻|左右的(?:厂房|场地|办公|实验室)|(?:所需|拟扩|需求|场地)面积/u;

function chooseArea(clause: Clause, { lead }: Around, { text }: Scene): string | null {
  if (HAS_SPACE.test(clause.text) && !/想|需要|还要|再要|再找|想要|不够|扩/u.test(clause.text)) return null;
  if (WANTS_SPACE.test(clause.text) || WANTS_SPACE.test(lead)) return "space-area";
  return WANTS_SPACE.test(text.slice(Math.max(0, clause.start - 24), clause.start)) ||
    /需|要|够/u.test(text.slice(clause.end, clause.end + 12))
    ? "space-area"
    : null;
}

function chooseShare({ before, after, lead }: Around, earlier: string): string | null {
  const said = `${lead.slice(-12)}${before.slice(-18)}|${after.slice(0, 8)}`;
  if (
    /人员|人数|员工|毛利|利润|增长|同比|股|补贴|博士|硕士|市占|份额|税率/u.test(
      said.slice(0, said.indexOf("|")),
    )
  )
    return null;
  if (/研发|r&d/u.test(said)) return "rd-share";
  return /占(?:到|了)?(?:营业?收入?|营收|收入|销售额?)/u.test(before) && /研发/u.test(earlier)
    ? "rd-share"
    : null;
}

/** Numbers without a unit, beside the name of what they count: 员工300, 研发30. */
function chooseBare(
  figure: Figure,
  clause: Clause,
  around: Around,
  { text }: Scene,
): { field: string | null | undefined } {
  const near = `${around.lead.slice(-8)}${around.before}`.slice(-12);
  if (/(?:专利|商标|软著|论文|著作|证书|产品|客户|门店|设备|产线)/u.test(near + around.after.slice(0, 4)))
    return { field: null };
  if (OTHER_PEOPLE.test(near) || HIRING.test(near)) return { field: null };
  const isEnd = /^\s*(?:[,，。;；、!)）]|$|吧|了|而?不是|的样子|左右|其中|研发|在)/u.test(
    text.slice(figure.end),
  );
  if (!isEnd) return { field: null };
  if (
    /(?:研发|技术|科研)(?:人员|团队|人数)?(?:应该|其实)?(?:有|是|为|大概|大约|约|占|就|才|也就)?\s*$/u.test(
      near,
    )
  )
    return { field: "rd-headcount" };
  if (
    /(?:员工|人数|职工|团队|从业人员|人员规模|总人数)(?:应该|其实)?(?:有|是|为|大概|大约|约|就|才|也就|总共|一共|共)?\s*$/u.test(
      near,
    )
  ) {
    return { field: "headcount" };
  }
  if (
    figure.unit === "count" &&
    /(?:人不多|人手|人少|人也不多|人数不多|全公司|公司上下|厂里|在岗)(?:就|才|也就|只有|一共|总共|共|有|大概)*\s*$/u.test(
      near.replace(/[，]/gu, ""),
    )
  ) {
    return { field: "headcount" };
  }
  return { field: figure.unit === "none" && figure.bare && clause.text.trim() !== "" ? undefined : null };
}

/** The year that a figure is about, named in its clause or in the clause before (“2024年，营收3000万”). */
function figurePeriod(figure: Figure, clause: Clause, { clauses, dates }: Scene): string | null {
  const inClause = dates.filter(({ start, end }) => start >= clause.start && end <= clause.end);
  const before = inClause.filter(({ end }) => end <= figure.start).at(-1);
  const after = inClause.find(({ start }) => start >= figure.end && start - figure.end < 6);
  const own = before ?? after;
  if (own) return own.yearOnly ? String(own.year) : null;
  const last = clauses[clauses.indexOf(clause) - 1];
  if (!last || last.sentence !== clause.sentence) return null;
  const carried = dates.filter(({ start, end }) => start >= last.start && end <= last.end).at(-1);
  return carried?.yearOnly && carried.start - last.start <= 3 && last.end - carried.end <= 12
    ? String(carried.year)
    : null;
}
