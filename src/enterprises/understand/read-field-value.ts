import type { FactValue, HeldTerm, ProfileField } from "../types.ts";
import { pickBounds } from "./read-figures.ts";
import { fromAge } from "./read-founded.ts";
import { type FieldReaders, type ReadingScene, setScene, unitOf } from "./reading-scene.ts";

export interface FieldValue {
  value: FactValue;
  start: number;
  end: number;
  period: string | null;
}

const NOTHING =
  /^(?:目前|现在|暂时|暂|都|一个|什么|啥|也|还)*(?:无|没有?|没有的|零|0|没|无收入|尚无|没呢)(?:呢|了|吧|啊)?[。！!]?$/u;
const YES =
  /^(?:是|是的|有|对|对的|已经?(?:有|是|在|入|进)?|愿意|可以|同意|嗯+|好的?|会|打算|计划|有的|行|要|yes|y|true|想|在)[^不没]{0,12}$/u;
const NO = /^(?:不|没|无|否|未|尚未|还没|暂不|暂无|no|n|false|别|non|先不|算了)/u;

/** Figures of money without a unit are 元 from here on; smaller ones may be 万元. */
const SURELY_YUAN = 100_000;

/** A text that is about one field anyway: an answer, a column, a form, JSON. Undefined: it says nothing of the field. */
export function readFieldValue(
  field: ProfileField,
  written: string,
  today: string,
  readers: FieldReaders,
): FieldValue | undefined {
  const scene = setScene(written, today, readers.lexicon);
  const whole = { start: 0, end: written.length, period: null };
  switch (field.kind) {
    case "text":
      return written.trim() === "" ? undefined : { ...whole, value: { kind: "text", text: written.trim() } };
    case "number":
      return readNumber(field, scene);
    case "date":
      return readDay(scene);
    case "flag":
      return readFlag(scene.text.trim(), whole);
    case "choice": {
      const found = readers.choices.get(field.id)?.find(scene.text);
      return found && { ...whole, ...found, value: { kind: "choice", oneOf: found.oneOf } };
    }
    case "place": {
      const named = readers.places.find(scene.text);
      // “是的” to “是否在奉贤”: the place that was asked about.
      const isYes = named.length === 0 && /^(?:是的?|对的?|在的?|嗯+|yes)[。！!]?$/u.test(scene.text.trim());
      const found = isYes ? readers.places.find(field.ask).at(-1) : named.at(-1);
      return (
        found && {
          ...whole,
          ...(!isYes && { start: found.start, end: found.end }),
          value: { kind: "place", path: found.path },
        }
      );
    }
    case "terms":
      return readTerms(field, scene, readers, whole);
  }
}

function readNumber(field: ProfileField, scene: ReadingScene): FieldValue | undefined {
  const unit = unitOf(field);
  const figure =
    scene.figures.find((one) => one.unit === unit) ??
    scene.figures.find((one) => one.unit === "none" || one.unit === "count");
  if (figure) {
    const { min, max, ...open } = pickBounds(figure);
    // “3000” of revenue: 元 or 万元, nobody knows.
    if (unit === "money" && figure.bare && max !== null && max > 0 && max < SURELY_YUAN) return undefined;
    const low = min ?? (field.id === "net-profit" ? null : 0);
    const before = scene.text.slice(Math.max(0, figure.start - 3), figure.start);
    // What cannot be less than none is refused by its bounds.
    const negative = /负|(?:^|[^\d])-\s*$/u.test(before) || (field.id === "net-profit" && /亏/u.test(before));
    const value: FactValue = negative
      ? { kind: "number", min: max === null ? null : -max, max: low === null ? null : -low }
      : { kind: "number", min: low, max, ...open };
    const year = scene.dates.find(({ yearOnly }) => yearOnly);
    return { value, start: figure.start, end: figure.end, period: year ? String(year.year) : null };
  }
  const isZero =
    NOTHING.test(scene.text.trim()) || /(?:无|没有?|零)(?:营业)?(?:收入|营收|销售)/u.test(scene.text);
  if (!isZero) return undefined;
  return { value: { kind: "number", min: 0, max: 0 }, start: 0, end: scene.written.length, period: null };
}

function readDay(scene: ReadingScene): FieldValue | undefined {
  const [date] = scene.dates;
  if (date) {
    const { from, to, start, end } = date;
    return { value: { kind: "date", from, to }, start, end, period: null };
  }
  const figure = scene.figures.find(({ unit }) => unit === "years" || unit === "months" || unit === "days");
  const age = figure && fromAge(figure, scene.today);
  if (figure && age)
    return { value: { kind: "date", ...age }, start: figure.start, end: figure.end, period: null };
  const bare = /^\s*((?:19|20)\d{2})\s*$/.exec(scene.text);
  if (!bare) return undefined;
  const year = Number(bare[1]);
  const value: FactValue = { kind: "date", from: `${year}-01-01`, to: `${year + 1}-01-01` };
  return { value, start: 0, end: scene.written.length, period: null };
}

function readFlag(text: string, whole: Omit<FieldValue, "value">): FieldValue | undefined {
  const isNo = NO.test(text);
  if (!isNo && !YES.test(text)) return undefined;
  return { ...whole, value: { kind: "flag", value: !isNo } };
}

function readTerms(
  field: ProfileField,
  scene: ReadingScene,
  readers: FieldReaders,
  whole: Omit<FieldValue, "value">,
): FieldValue | undefined {
  const terms = (has: HeldTerm[], lacks: string[], closed: boolean): FieldValue => ({
    ...whole,
    value: { kind: "terms", has, lacks, closed },
  });
  if (NOTHING.test(scene.text.trim())) return terms([], [], true);
  if (field.vocabulary === "industries") {
    const found = readers.industries.find(scene.text);
    return found.length > 0
      ? terms(
          found.map(({ id }) => ({ id })),
          [],
          false,
        )
      : undefined;
  }
  if (field.vocabulary === "needs") {
    const found = readers.needs.find(scene.text);
    return found.length > 0
      ? terms(
          found.map(({ id }) => ({ id })),
          [],
          false,
        )
      : undefined;
  }
  const held = field.vocabulary === "qualifications" ? readers.qualifications : readers.ip;
  const read = held.read(scene.text, scene.clauses, scene.dates);
  if (read && (read.has.length > 0 || read.lacks.length > 0 || read.closed)) {
    return terms(read.has, read.lacks, read.closed);
  }
  const found = held.find(scene.text);
  return found.length > 0
    ? terms(
        found.map(({ id }) => ({ id })),
        [],
        false,
      )
    : undefined;
}
