const QUOTE_MARKS = /[“”‘’"'「」『』《》〈〉]/g;
const PLACEHOLDER = "\uE001";

/**
 * One spelling for what means the same: width, dashes of ranges, blanks. Punctuation ends up full-width, digits and
 * Latin letters half-width. The result is compared, never shown.
 */
export function normalizeText(text: string): string {
  return text
    .replaceAll("，", PLACEHOLDER)
    .normalize("NFKC")
    .replace(/,(?!\d{3}(?!\d))|(?<!\d),/g, "，")
    .replaceAll(PLACEHOLDER, "，")
    .replaceAll(";", "；")
    .replaceAll("!", "！")
    .replaceAll("?", "？")
    .replace(/:(?!\/\/|\d)/g, "：")
    .replace(/\.(?![\dA-Za-z])/g, "。")
    .replace(/[‐‑‒–—―−﹣]+/g, "-")
    .replace(/[～〜]/g, "~")
    .replace(/\s+/g, " ")
    .replace(/ (?![A-Za-z\d])|(?<![A-Za-z\d]) /g, "")
    .trim();
}

/** Normalised, without quotation marks, and with modal verbs in their short form: what all checks but the quotes read. */
export function toSkeleton(text: string): string {
  return normalizeText(text)
    .replace(QUOTE_MARKS, "")
    .replaceAll("可以", "可")
    .replaceAll("应当", "应")
    .replaceAll("必须", "须")
    .replaceAll("需要", "需")
    .replaceAll("能够", "能");
}

/** Takes out the clause numbers that a model puts into its sentences: [1], 【2、3】. */
export function stripReferences(text: string): string {
  return text.replace(/\s*[[【［]\s*\d{1,2}(?:\s*[,，、]\s*\d{1,2})*\s*[\]】］]/g, "");
}

export interface Span {
  start: number;
  end: number;
}

/** Parts between commas, colons and stronger marks. */
export function splitSegments(text: string): Span[] {
  return splitAt(text, /[，；：。！？\n]/g);
}

/** Parts between full stops, semicolons and line ends. */
export function splitSentences(text: string): Span[] {
  return splitAt(text, /[；。！？\n]/g);
}

function splitAt(text: string, mark: RegExp): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(mark)) {
    if (match.index > start) spans.push({ start, end: match.index });
    start = match.index + 1;
  }
  if (start < text.length) spans.push({ start, end: text.length });
  return spans;
}

/** The span that holds a position, by binary search; spans are in order and do not overlap. */
export function spanAt(spans: readonly Span[], position: number): Span | undefined {
  let low = 0;
  let high = spans.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (!span) return undefined;
    if (position < span.start) high = middle - 1;
    else if (position >= span.end) low = middle + 1;
    else return span;
  }
  return undefined;
}

/** Blanks out spans, keeping every position. */
export function maskSpans(text: string, spans: readonly Span[]): string {
  let masked = text;
  for (const { start, end } of spans) {
    masked = masked.slice(0, start) + "\u0000".repeat(end - start) + masked.slice(end);
  }
  return masked;
}
