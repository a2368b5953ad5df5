import { NEUTRAL_PATTERN } from "./neutral-words.ts";
import { type Span, spanAt, splitSegments, splitSentences } from "./normalize-text.ts";
import { type DateMention, isCoveredBy } from "./read-dates.ts";
import type { Figure, NumericReading } from "./read-figures.ts";
import { QUALIFIER_WORDS, type QualifierClass, readQualifiers } from "./read-qualifiers.ts";

/** A figure or a date with the words around it that say what it is. */
export interface PlacedFigure {
  figure: Figure;
  qualifiers: ReadonlySet<QualifierClass>;
  /** Pairs of characters directly around the figure: what it counts. */
  near: ReadonlySet<string>;
  /** The pair nearest to the figure: the last one before it, or the first one after it. */
  head: string | undefined;
  /** Pairs of characters of its whole sentence. */
  sentence: ReadonlySet<string>;
  /** Content pairs of each condition that its own or the previous segment sets: 首次通过评审的企业, 费用超过500万元的企业. */
  conditions: readonly ReadonlySet<string>[];
  /** The date that governs it: the last one before it in its sentence, or the only one in its segment. */
  date: DateMention | undefined;
}

export interface PlacedDate {
  date: DateMention;
  near: ReadonlySet<string>;
  sentence: ReadonlySet<string>;
  /** The nearest pairs in its segment: the last one before it and the first one after it. */
  neighbours: readonly string[];
}

const CONDITION =
  /(?:符合|经|首次|获得?|通过|入选|列入|取得|凡|具有|属于|达到|超过|不低于|满|对)[^，；。]{2,40}?的(?=[\u4e00-\u9fff])/g;

export interface NumericContext {
  text: string;
  reading: NumericReading;
  segments: readonly Span[];
  sentences: readonly Span[];
}

export function numericContext(text: string, reading: NumericReading): NumericContext {
  return { text, reading, segments: splitSegments(text), sentences: splitSentences(text) };
}

export function placeFigure(figure: Figure, context: NumericContext): PlacedFigure {
  const { text } = context;
  const segment = spanAt(context.segments, figure.start) ?? figure;
  const sentence = spanAt(context.sentences, figure.start) ?? segment;
  const ownStart = ownScopeStart(figure, segment, context);
  const after = text.slice(figure.end, segment.end);
  const qualifiers = readQualifiers({
    segmentBefore: text.slice(segment.start, figure.start),
    ownBefore: text.slice(ownStart, figure.start),
    after,
  });
  if (figure.isMore) qualifiers.add("more-than");
  const before = pairsOf(maskedSlice(context, ownStart, figure.start).replace(LEANING, " "));
  const behind = pairsOf(ownAfter(figure, segment, context));
  const near = new Set([...before, ...behind]);
  for (const token of ordinalTokens(segment, context)) near.add(token);
  const wide = pairsOf(maskedSlice(context, sentence.start, sentence.end));
  for (const token of ordinalTokens(sentence, context)) wide.add(token);
  return {
    figure,
    qualifiers,
    near,
    head: [...before].at(-1) ?? [...behind][0],
    sentence: wide,
    conditions: conditionsBefore(text.slice(sentence.start, figure.start), segment.start - sentence.start),
    date: governingDate(figure, segment, sentence, context),
  };
}

export function placeDate(date: DateMention, context: NumericContext): PlacedDate {
  const segment = spanAt(context.segments, date.start) ?? date;
  const sentence = spanAt(context.sentences, date.start) ?? segment;
  const before = pairsOf(maskedSlice(context, segment.start, date.start));
  const behind = pairsOf(maskedSlice(context, date.end, segment.end));
  return {
    date,
    near: new Set([...before, ...behind]),
    sentence: pairsOf(maskedSlice(context, sentence.start, sentence.end)),
    neighbours: [[...before].at(-1), [...behind][0]].filter((pair) => pair !== undefined),
  };
}

/** After the previous figure or enumeration mark: what stands before that belongs to another figure. */
function ownScopeStart(figure: Figure, segment: Span, { text, reading }: NumericContext): number {
  let start = segment.start;
  for (const other of reading.figures) {
    if (other.end <= figure.start && other.end > start && other.unit !== "大") start = other.end;
  }
  const mark = text.slice(start, figure.start).search(/、(?!.*、)/);
  return mark >= 0 && text.slice(start + mark + 1, figure.start).length > 1 ? start + mark + 1 : start;
}

function ownAfter(figure: Figure, segment: Span, context: NumericContext): string {
  const next = context.reading.figures.find((other) => other.start >= figure.end && other.unit !== "大");
  const end = Math.min(segment.end, next?.start ?? segment.end);
  return maskedSlice(context, figure.end, end).split("、")[0] ?? "";
}

function maskedSlice({ reading }: NumericContext, start: number, end: number): string {
  return reading.masked.slice(start, end);
}

/** 第一年30万元，第二年20万元: the ordinal tells the amounts apart. */
function ordinalTokens(segment: Span, { reading }: NumericContext): string[] {
  return reading.figures
    .filter((figure) => figure.isOrdinal && figure.start >= segment.start && figure.end <= segment.end)
    .map((figure) => `#${figure.values.join("-")}${figure.unit}`);
}

/** Those of its own segment and of the one before: farther away another subject has begun. */
function conditionsBefore(text: string, ownStart: number): Set<string>[] {
  const from = text.lastIndexOf("，", ownStart - 2) + 1;
  return [...text.slice(from).matchAll(CONDITION)]
    .map(([words]) => pairsOf(words))
    .filter((pairs) => pairs.size >= 2);
}

function governingDate(
  figure: Figure,
  segment: Span,
  sentence: Span,
  { reading }: NumericContext,
): DateMention | undefined {
  const inSentence = reading.dates.filter((date) => date.start >= sentence.start && date.end <= sentence.end);
  const before = inSentence.findLast((date) => date.end <= figure.start);
  if (before) return before;
  return inSentence.find((date) => date.start >= segment.start && date.end <= segment.end);
}

/** Pairs with these say how words hang together, not what they are. */
const PARTICLE = /[ 的了是为将被把由在与和及等之其到至从自]/;
/** One-character qualifiers directly before a number. */
const LEANING = /[约近超逾满达仅共]$/;

/** Pairs of neighbouring content characters, without neutral words, qualifiers and figures. */
export function pairsOf(text: string): Set<string> {
  const content = text
    .replace(NEUTRAL_PATTERN, " ")
    .replace(QUALIFIER_WORDS, " ")
    .replace(/[^\u4e00-\u9fffA-Za-z]+/g, " ");
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < content.length; index += 1) {
    const pair = content.slice(index, index + 2);
    if (!PARTICLE.test(pair)) pairs.add(pair);
  }
  return pairs;
}

export function countShared(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared += pair.startsWith("#") ? 4 : 1;
  return shared;
}

/** Two governing dates that exclude each other: 2025年 and 2026年. */
export function datesConflict(one: DateMention | undefined, other: DateMention | undefined): boolean {
  return Boolean(one && other && !isCoveredBy(one, other) && !isCoveredBy(other, one));
}
