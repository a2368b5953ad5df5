import type { ProfileField } from "../types.ts";
import { createTermFinder, type TermMention } from "./find-terms.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface ChoiceReading extends Span {
  oneOf: string[];
}

export interface ChoiceReader {
  read(text: string, clauses: readonly Clause[]): ChoiceReading | undefined;
  /** Options named in words that answer the field anyway. */
  find(text: string): ChoiceReading | undefined;
}

const NOT_BEFORE = /(?:不是|不算|并非|没到|还没到|没有|未到|不属于|谈不上|还没|未|不)[^，]{0,4}$/u;
const OTHERS_BEFORE =
  /(?:想进|要进|进|入驻|找|对接|联系|合作|投资?(?!的)|客户(?:是|有)?|服务|给|跟|和|与|向|从|以前在?|曾在?|原来在?|毕业于?|拉|引入|依托|背靠)[^，是]{0,6}$/u;
const AIMED_BEFORE = /(?:准备|打算|计划|想|要|正在|在)(?:融|做|启动|开|找|谈|募|进行|拉)?[^，]{0,3}$/u;
const FINISHED = /完成|融完|刚融|拿了|融了|过了|结束|已/u;

/** One of the options of a field: stage, type of body. */
export function createChoiceReader(field: ProfileField): ChoiceReader {
  const options = field.options ?? [];
  const finder = createTermFinder(
    options.map(({ label, words, ...rest }) => ({ ...rest, words: [label, ...words] })),
  );
  const order = options.map(({ id }) => id);
  return {
    read: (text, clauses) => {
      const own = finder.find(text).filter((mention) => isOwn(field.id, mention, clauses));
      if (field.id === "subject-type") return choose(preferOwner(own), order);
      return choose(field.id === "stage" ? preferReached(own, clauses) : own, order);
    },
    find: (text) => {
      const found = finder.find(text).filter((mention) => !NOT_BEFORE.test(text.slice(0, mention.start)));
      return choose(field.id === "subject-type" ? preferOwner(found) : found, order);
    },
  };
}

function isOwn(fieldId: string, mention: TermMention, clauses: readonly Clause[]): boolean {
  const clause = clauseAt(clauses, mention.start);
  if (!clause) return false;
  const before = clause.text.slice(0, mention.start - clause.start);
  if (NOT_BEFORE.test(before)) return false;
  if (/(?:有什么|有没有|有哪些|什么)[^，]{0,6}$/u.test(before)) return false;
  // 老企业, 企业技术中心: the bare word says nothing.
  if (mention.id === "company" && mention.end - mention.start < 3) return false;
  if (
    /^(?:的)?(?:投资|项目|基金)/u.test(clause.text.slice(mention.end - clause.start)) &&
    fieldId === "stage"
  )
    return false;
  return fieldId === "stage" || mention.id === "investor" || !OTHERS_BEFORE.test(before);
}

/** Whose it is says more than what it is: 央企二级研究院 is a central enterprise's. */
const OWNERS = [
  "central-soe",
  "municipal-soe",
  "foreign-company",
  "incubator-operator",
  "investor",
  "hospital",
  "team",
  "individual",
  "university",
  "institute",
];

function preferOwner(mentions: readonly TermMention[]): TermMention[] {
  const owner = OWNERS.find((id) => mentions.some((mention) => mention.id === id));
  return owner === undefined ? [...mentions] : mentions.filter(({ id }) => id === owner);
}

/** “天使轮融完了，准备A轮”: the round that was reached counts, not the one that is aimed at. */
function preferReached(mentions: readonly TermMention[], clauses: readonly Clause[]): TermMention[] {
  const starts = new Set(mentions.map(({ start }) => start));
  if (starts.size < 2) return [...mentions];
  const isAimed = (mention: TermMention) => {
    const clause = clauseAt(clauses, mention.start);
    const before = clause?.text.slice(0, mention.start - clause.start) ?? "";
    return AIMED_BEFORE.test(before) && !(clause && FINISHED.test(clause.text));
  };
  const reached = mentions.filter((mention) => !isAimed(mention));
  return reached.length > 0 ? reached : [...mentions];
}

/** Options of one word (初创) leave open which; of several words the one that stands highest in the order. */
function choose(mentions: readonly TermMention[], order: readonly string[]): ChoiceReading | undefined {
  const groups = Map.groupBy(mentions, ({ start }) => start);
  let best: ChoiceReading | undefined;
  for (const group of groups.values()) {
    const first = group[0];
    if (!first) continue;
    const oneOf = order.filter((id) => group.some((one) => one.id === id));
    const reading = { start: first.start, end: first.end, oneOf };
    const isBetter =
      !best ||
      oneOf.length < best.oneOf.length ||
      (oneOf.length === best.oneOf.length &&
        order.indexOf(oneOf[0] ?? "") > order.indexOf(best.oneOf[0] ?? ""));
    if (isBetter) best = reading;
  }
  return best;
}
