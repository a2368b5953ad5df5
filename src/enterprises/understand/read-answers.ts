import type { FieldId, ReadFact, ReadingContext } from "../types.ts";
import { readFieldValue } from "./read-field-value.ts";
import type { FieldReaders, ReadingScene } from "./reading-scene.ts";

const UNKNOWN =
  /不(?:太|大|是很)?(?:清楚|知道|了解|确定|晓得|好说|方便(?:说|透露|讲)?|便(?:透露|说)|想说|记得)|没(?:想好|定|确定|统计|算过|数)|还没(?:想好|定|确定)|说不(?:准|好|清)|保密|跳过|再说吧|以后再说|不一定|暂(?:时|且)?(?:不|未)(?:定|确定|清楚|知)|pass|skip|unknown|not sure|don'?t know|no idea/u;
const QUESTION = /[?？]|吗$|呢$|什么|怎么|如何|多少|哪些?|几时|为什么|能不能|可不可以/u;
/** Longer texts answer more than what was asked; they are read as a message. */
const MAX_ANSWER = 60;

export interface AnswerReading {
  facts: ReadFact[];
  declined: FieldId[];
}

/** A bare “30”, “没有”, “A轮” answers the first asked field that it fits; “不知道” declines what was asked. */
export function readAnswers(
  scene: ReadingScene,
  context: ReadingContext,
  stated: readonly ReadFact[],
  readers: FieldReaders,
): AnswerReading {
  const { lexicon } = readers;
  const known = new Set(stated.map(({ field }) => field));
  const open = (context.asked ?? []).filter((field) => !known.has(field));
  const written = scene.written.trim();
  if (UNKNOWN.test(scene.text)) return { facts: [], declined: declinedFields(scene, open, readers) };
  if (open.length === 0 || written.length > MAX_ANSWER || QUESTION.test(scene.text))
    return { facts: [], declined: [] };
  for (const id of open) {
    const field = lexicon.fields.get(id);
    if (!field) continue;
    // Words that say something else already are no answer in free words.
    if (field.kind === "text" && stated.length > 0) continue;
    const read = readFieldValue(field, scene.written, context.today, readers);
    if (!read) continue;
    const { value, start, end, period } = read;
    const words = scene.written.slice(start, end);
    return { facts: [{ field: id, value, period, words, start, end, correction: false }], declined: [] };
  }
  return { facts: [], declined: [] };
}

/** Those named (“营收保密”), else all that were asked and are not answered beside it. */
function declinedFields(scene: ReadingScene, open: readonly FieldId[], { lexicon }: FieldReaders): FieldId[] {
  const named = [...lexicon.fields.values()]
    .filter(({ names, label }) =>
      [label, ...names].some((name) => name.length > 1 && scene.text.includes(name.toLowerCase())),
    )
    .map(({ id }) => id);
  const fitting = named.filter((id) => open.length === 0 || open.includes(id));
  return fitting.length > 0 ? fitting : [...open];
}
