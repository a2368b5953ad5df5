import type { FieldId, ProfileField, ReadFact, ReadingContext, ReadingProblem } from "../types.ts";
import { isGrievance } from "./is-grievance.ts";
import { readFieldValue } from "./read-field-value.ts";
import { type FieldReaders, type ReadingScene, unitOf } from "./reading-scene.ts";
import type { Span } from "./span.ts";

const UNKNOWN =
  /不(?:太|大|是很)?(?:清楚|知道|了解|确定|晓得|好说|方便(?:说|透露|讲)?|便(?:透露|说)|想说|记得)|没(?:想好|定|确定|统计|算过|数)|还没(?:想好|定|确定)|说不(?:准|好|清)|保密|跳过|再说吧|以后再说|不一定|忘了|记不清|无可奉告|暂(?:时|且)?(?:不|未)(?:定|确定|清楚|知)|pass|skip|unknown|not sure|don'?t know|no idea/u;
const QUESTION = /[?？]|吗$|呢$|什么|怎么|如何|多少|哪些?|几时|为什么|能不能|可不可以/u;
const ALL = /都|全|这些|以上/u;
/** Longer texts answer more than what was asked; they are read as a message. */
const MAX_ANSWER = 60;
/** Beside an answer in free words these say the same once more. */
const BESIDE_FREE_WORDS = new Set([
  "needs",
  "industries",
  "industry-words",
  "ip",
  "cosmetics-class",
  "space-type",
]);
const WANTS = /想|要|需|找|缺|求|希望|打算/u;

export interface AnswerReading {
  facts: ReadFact[];
  declined: FieldId[];
  problems: ReadingProblem[];
  /** Fields read from the text that its answer shows to be beside the point. */
  beside: FieldId[];
}

/**
 * A bare “30”, “没有”, “A轮” answers the first asked field that it fits, “不知道” declines it; “30，不清楚” answers the first
 * and declines the second.
 */
export function readAnswers(
  scene: ReadingScene,
  context: ReadingContext,
  stated: readonly ReadFact[],
  readers: FieldReaders,
): AnswerReading {
  const reading: AnswerReading = { facts: [], declined: [], problems: [], beside: [] };
  const known = new Set(stated.map(({ field }) => field));
  const isBusiness = (field: FieldId) => field === "industries" || field === "industry-words";
  const open = (context.asked ?? []).filter(
    (field) => !known.has(field) && !(isBusiness(field) && isGrievance(scene.text)),
  );
  const isQuestion = QUESTION.test(scene.text);
  if (
    open.length > 0 &&
    scene.written.trim().length <= MAX_ANSWER &&
    !isQuestion &&
    !UNKNOWN.test(scene.text)
  ) {
    if (answerWhole(scene, context.today, open, stated, readers, reading)) return reading;
  }
  for (const clause of scene.clauses) {
    const rest = open.filter((id) => !isSettled(id, reading));
    if (UNKNOWN.test(clause.text)) decline(clause.text, rest, known, readers, reading);
    else if (rest.length > 0 && !isQuestion && !stated.some((fact) => overlap(fact, clause))) {
      answerPart(clause, scene, context.today, rest, readers, reading);
    }
  }
  return reading;
}

function isSettled(id: FieldId, { facts, declined }: AnswerReading): boolean {
  return declined.includes(id) || facts.some(({ field }) => field === id);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** The whole text as one answer; false: nothing that it fits, or several parts for several fields. */
function answerWhole(
  scene: ReadingScene,
  today: string,
  open: readonly FieldId[],
  stated: readonly ReadFact[],
  readers: FieldReaders,
  reading: AnswerReading,
): boolean {
  if (open.length > 1 && scene.clauses.length > 1) return false;
  for (const id of open) {
    const field = readers.lexicon.fields.get(id);
    if (!field) continue;
    // Words that say something else already are no answer in free words.
    if (field.kind === "text" && stated.some((fact) => !BESIDE_FREE_WORDS.has(fact.field))) continue;
    if (answerField(field, scene, { start: 0, end: scene.written.length }, today, readers, reading)) {
      if (field.kind === "text" && !WANTS.test(scene.text)) reading.beside.push("needs");
      return true;
    }
  }
  return false;
}

function answerPart(
  clause: Span,
  scene: ReadingScene,
  today: string,
  open: readonly FieldId[],
  readers: FieldReaders,
  reading: AnswerReading,
): void {
  for (const id of open) {
    const field = readers.lexicon.fields.get(id);
    if (!field || field.kind === "text") continue;
    if (answerField(field, scene, clause, today, readers, reading)) return;
  }
}

const NEAR_DAY = /^(?:昨天|今天|前几天|上周)$/u;
const AROUND_A_FOUNDING =
  /刚刚?|就|才|是|在|的|了|我们?|咱们?|公司|大概|差不多|成立|注册|创办|创立|设立|登记|领|拿|到|下来|营业|执照|工商|正式|[\s\p{P}]/gu;

/** “今天天气不错” names a day and answers nothing. */
function isPassingDay(written: string, { start, end }: { start: number; end: number }): boolean {
  if (!NEAR_DAY.test(written.slice(start, end))) return false;
  return (written.slice(0, start) + written.slice(end)).replace(AROUND_A_FOUNDING, "") !== "";
}

function answerField(
  field: ProfileField,
  scene: ReadingScene,
  part: Span,
  today: string,
  readers: FieldReaders,
  reading: AnswerReading,
): boolean {
  const written = scene.written.slice(part.start, part.end);
  const read = readFieldValue(field, written, today, readers);
  if (read && field.kind === "date" && isPassingDay(written, read)) return false;
  if (read) {
    const { value, period } = read;
    const [start, end] = [part.start + read.start, part.start + read.end];
    const words = scene.written.slice(start, end);
    reading.facts.push({ field: field.id, value, period, words, start, end, correction: false });
    return true;
  }
  const bare = unitOf(field) === "money" ? /^\D{0,4}(\d[\d.,]*)\D{0,2}$/u.exec(written.trim()) : null;
  if (!bare) return false;
  const message = `“${bare[1]}”的单位是元、万元还是亿元？请连同单位再说一次，例如“${bare[1]}万”。`;
  reading.problems.push({ field: field.id, words: written.trim(), kind: "unclear", message });
  return true;
}

/** Those named (“营收保密”), else all that were asked when it says so or is alone, else the next. */
function decline(
  text: string,
  open: readonly FieldId[],
  known: ReadonlySet<FieldId>,
  { lexicon }: FieldReaders,
  reading: AnswerReading,
): void {
  const named = [...lexicon.fields.values()]
    .filter(({ names, label }) =>
      [label, ...names].some((name) => name.length > 1 && text.includes(name.toLowerCase())),
    )
    .map(({ id }) => id)
    .filter((id) => !known.has(id));
  const asked = named.filter((id) => open.includes(id));
  const next =
    ALL.test(text) || reading.facts.length + reading.declined.length === 0 ? open : open.slice(0, 1);
  const declined = asked.length > 0 ? asked : named.length > 0 ? named : next;
  reading.declined.push(...declined.filter((id) => !reading.declined.includes(id)));
}
