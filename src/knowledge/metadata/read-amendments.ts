import { findDates } from "../reading/find-dates.ts";
import type { Amendment } from "../types.ts";
import { lastDayOf } from "./add-days.ts";
import { findListedTexts } from "./find-listed-texts.ts";
import { findNamedTexts, type NamedText } from "./named-texts.ts";
import { withoutQuoted } from "./quoted-spans.ts";
import { SHORT_NAME } from "./read-references.ts";
import { type PrintedSentence, splitPrinted } from "./split-printed.ts";
import { makeTitleKey } from "./title-key.ts";

const EXTENDED =
  /(?:有效期|施行期|试行期|实施期|执行期|期限)[^，。；]{0,14}?(?:延长|延续|顺延|延期|展期|延)[^，。；]{0,6}?至(.{6,20})|(?:延长|延续|顺延)[^，。；]{0,6}?(?:有效期|期限)[^，。；]{0,6}?至(.{6,20})|(?:继续(?:有效|实施|施行|执行)|(?:延长|延续|顺延))[^，。；]{0,10}?至(.{6,20})/;
const REPEALED = /废止(?!的)|停止(?:执行|施行|实施)|不再(?:执行|施行)|(?:宣布|即行|自行|自动|同时)失效/;
const AMENDED = /作(?:出)?(?:如下|以下|部分)修[改订正]|修改为|予以修[改订正]/;
const PREVAILS = /以本[一-龥]{2,8}为准|按(?:照)?本[一-龥]{2,8}(?:执行|规定执行)/;
/** 以下文件自本决定施行之日起废止： with the list below it. */
const LIST_OF_REPEALED =
  /(?:下列|以下|如下)[^。]{0,40}(?:废止|失效|停止执行)[^。]{0,6}[：:]?$|(?:废止|失效|停止执行)[^。]{0,80}(?:下列|以下|如下)[^。]{0,24}[：:]$/;
/** 一、予以废止的文件（3件）: a heading over such a list. */
const HEADS_REPEALED =
  /^[^。；《》]{0,8}(?:决定|予以|宣布|拟)?(?:废止|失效|停止执行)(?:和(?:宣布)?失效)?的?[^。；，《》]{0,16}(?:文件|规定|目录|清单|制度)(?:[（(][^（()）]*[)）])?[：:]?$/;

/** What the document does to others, sentence by sentence; its title counts as its first sentence. */
export function readAmendments(title: string, paragraphs: readonly string[]): Amendment[] {
  const own = makeTitleKey(title);
  const ofTitle = readTitle(title);
  const found: Amendment[] = [];
  let listed: { from: string | undefined } | undefined;
  const unquoted = withoutQuoted(paragraphs);
  for (const [index, paragraph] of paragraphs.entries()) {
    const isRow = paragraph.includes(" | ");
    if (unquoted[index] === "" || (isRow && listed === undefined)) continue;
    const sentences = splitPrinted(paragraph);
    if (listed !== undefined) {
      const texts = namesOfItem(paragraph, sentences[0], isRow);
      if (texts.length > 0 && !REPEALED.test(paragraph) && !EXTENDED.test(paragraph)) {
        for (const text of texts) found.push(make("repeals", text, paragraph.trim(), listed));
        continue;
      }
      if (isRow) continue;
      if (found.length > 0 || texts.length === 0) listed = undefined;
    }
    const lead = sentences.at(-1);
    if (lead && (LIST_OF_REPEALED.test(lead.plain) || HEADS_REPEALED.test(lead.plain))) {
      listed = { from: startOf(lead.plain) };
      if (findNamedTexts(lead.plain).length === 0) continue;
    }
    let named: NamedText[] = [];
    let open = 0;
    for (const { printed, plain } of sentences) {
      const isQuoted = open > 0;
      open += countOpen(printed);
      if (isQuoted) continue;
      const sentence = { printed, plain: plain.replace(LONG_QUOTATION, "“”") };
      const texts = findNamedTexts(sentence.plain);
      if (texts.length > 0) named = texts;
      found.push(...readSentence(sentence, texts, named.length > 0 ? named : ofTitle, own));
    }
  }
  return unique(found, ofTitle, title);
}

const LONG_QUOTATION = /“[^“”]{14,}(?:”|$)/g;

/** Quotations that begin in a sentence and go on: the clause put in place of another is that document's, not this one's. */
function countOpen(sentence: string): number {
  return (sentence.match(/“/g)?.length ?? 0) - (sentence.match(/”/g)?.length ?? 0);
}

/** An item names its text in 《》, or by its number: 1.X（文号）, 1 | X | 文号. */
function namesOfItem(paragraph: string, first: PrintedSentence | undefined, isRow: boolean): NamedText[] {
  const named = findNamedTexts(first?.plain ?? "");
  return named.length > 0 && !isRow ? named : findListedTexts(paragraph, isRow);
}

/** A title without the titles that it names: 《X（修订草案）》 is not being revised by its notice. */
function aroundNames(title: string): string {
  return title.replace(/《.*》/, "《》");
}

/** 关于延长《X》有效期的通知, 关于废止《X》的决定, 关于修改《X》的决定: what the title is about. */
function readTitle(title: string): NamedText[] {
  return /延长|延期|延续|顺延|继续(?:有效|实施|施行|执行)|废止|停止执行|修改|修订|修正/.test(
    aroundNames(title),
  )
    ? findNamedTexts(title)
    : [];
}

function readSentence(
  sentence: PrintedSentence,
  texts: readonly NamedText[],
  inReach: readonly NamedText[],
  own: string,
): Amendment[] {
  const { plain, printed } = sentence;
  const extended = EXTENDED.exec(plain);
  if (extended) {
    const until = endDay(extended[1] ?? extended[2] ?? extended[3] ?? "");
    const before = texts.filter(({ end }) => end <= extended.index);
    const subjects = before.length > 0 ? before : texts.length === 0 ? inReach : texts;
    return subjects.map((text) => make("extends", text, printed, { until }));
  }
  const repeal = REPEALED.exec(plain);
  if (repeal) return readRepeal(sentence, repeal.index, texts, inReach, own);
  if (AMENDED.test(plain)) return texts.slice(0, 1).map((text) => make("amends", text, printed));
  if (PREVAILS.test(plain) && /不一致|不符|抵触|冲突|此前|以往|原有/.test(plain)) {
    return texts.length > 0
      ? texts.map((text) => make("amends", text, printed))
      : [{ effect: "amends", title: null, documentNumber: null, until: null, quote: printed }];
  }
  return [];
}

function readRepeal(
  { plain, printed }: PrintedSentence,
  verb: number,
  texts: readonly NamedText[],
  inReach: readonly NamedText[],
  own: string,
): Amendment[] {
  const before = plain.slice(0, verb);
  const from = startOf(plain);
  const basis = Math.max(
    before.lastIndexOf("根据"),
    before.lastIndexOf("按照"),
    before.lastIndexOf("依据"),
    before.lastIndexOf("依照"),
  );
  const subjects = texts.filter(({ start }) => start < before.length && start > basis);
  const after = textsAfter(plain, texts, before.length);
  if (subjects.length === 0 && after.length > 0)
    return after.map((text) => make("repeals", text, printed, { from }));
  const isShort = texts.length === 0 && /^(?:该|上述|原|此前|现予|予以|自|同时|即行|现|经)/.test(before);
  return (isShort ? inReach : subjects)
    .filter(({ title }) => !SHORT_NAME.test(title))
    .map((text) =>
      make(makeTitleKey(text.title) === own ? "supersedes" : "repeals", text, printed, { from }),
    );
}

const VERB = /^(?:废止|停止(?:执行|施行|实施)|不再(?:执行|施行))(?:下列|以下)?(?:文件)?[：:]?$/;
const BETWEEN = /^(?:[、，和及与]|以及)*$/;

/** 决定废止《A》（文号）、《B》（文号）: the texts that follow the verb one after the other. */
function textsAfter(plain: string, texts: readonly NamedText[], verb: number): NamedText[] {
  const [first, ...others] = texts.filter(({ start }) => start > verb);
  if (!first || !VERB.test(plain.slice(verb, first.start))) return [];
  const found = [first];
  for (const text of others) {
    if (!BETWEEN.test(plain.slice(found.at(-1)?.end ?? 0, text.start))) break;
    found.push(text);
  }
  return found;
}

function make(
  effect: Amendment["effect"],
  { title, documentNumber }: NamedText,
  quote: string,
  { until = null, from }: { until?: string | null; from?: string | undefined } = {},
): Amendment {
  return { effect, title, documentNumber, until, quote, ...(from !== undefined && { from }) };
}

/** 自2025年1月1日起停止执行; 于…废止 */
function startOf(plain: string): string | undefined {
  const match = /(?:自|从|于)(.{6,16}?)(?:起|后|开始|停止|废止|失效)/.exec(plain);
  const day = match && findDates(match[1] ?? "")[0]?.day;
  return day?.length === 10 ? day : undefined;
}

function endDay(text: string): string | null {
  const date = findDates(text)[0];
  if (date && date.start <= 4) return date.day.length === 10 ? date.day : lastDayOf(date.day);
  const year = /^.{0,3}?((?:19|20)\d{2})年(?:底|末|年底)/.exec(text)?.[1];
  return year ? `${year}-12-31` : null;
}

/** One entry for a text and an effect. A title that says 废止 or 修改 counts when no sentence does. */
function unique(found: readonly Amendment[], ofTitle: readonly NamedText[], title: string): Amendment[] {
  const kept = new Map<string, Amendment>();
  const add = (amendment: Amendment) => {
    const key = `${amendment.effect}|${amendment.title === null ? amendment.quote : makeTitleKey(amendment.title)}`;
    const known = kept.get(key);
    if (!known) kept.set(key, amendment);
    else if (known.documentNumber === null) known.documentNumber = amendment.documentNumber;
  };
  for (const amendment of found) add(amendment);
  const effect = /废止|停止执行/.test(aroundNames(title))
    ? "repeals"
    : /修改|修订|修正/.test(aroundNames(title))
      ? "amends"
      : undefined;
  if (effect) for (const text of ofTitle) add(make(effect, text, title));
  return [...kept.values()];
}
