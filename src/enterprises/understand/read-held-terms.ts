import type { HeldTerm } from "../types.ts";
import { addMonths } from "./calendar.ts";
import { createTermFinder, type Findable, type TermMention } from "./find-terms.ts";
import { readPolarity } from "./polarity.ts";
import type { DateMention } from "./read-dates.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface HeldReading {
  has: HeldTerm[];
  lacks: string[];
  closed: boolean;
  /** From the first to the last word that it was read from. */
  span: Span;
  /** Something is being applied for: wanted, not held. */
  wanted: TermMention[];
}

export interface HeldReader {
  read(text: string, clauses: readonly Clause[], dates: readonly DateMention[]): HeldReading | undefined;
  find(text: string): TermMention[];
}

interface HeldOptions {
  terms: readonly Findable[];
  /** “什么资质都没有”: none of the whole vocabulary. */
  none: RegExp;
  /** “只有高企”. */
  only: RegExp;
  /** 专利 → three kinds: said to be missing all are, said to be held nobody knows which. */
  groups: readonly { word: RegExp; ids: readonly string[] }[];
}

/** Certificates and rights: held, lacked, lapsed or only wished for. */
export function createHeldReader({ terms, none, only, groups }: HeldOptions): HeldReader {
  const finder = createTermFinder(terms);
  return {
    find: (text) => finder.find(text),
    read: (text, clauses, dates) => {
      const mentions = finder.find(text);
      const reading: HeldReading = {
        has: [],
        lacks: [],
        closed: false,
        span: { start: text.length, end: 0 },
        wanted: [],
      };
      for (const mention of mentions) sortMention(reading, mention, text, clauses, dates);
      for (const group of groups) sortGroup(reading, group, text, clauses, mentions);
      const nothing = none.exec(text);
      if (nothing && reading.has.length === 0) {
        reading.closed = true;
        widen(reading, { start: nothing.index, end: nothing.index + nothing[0].length });
      }
      if (reading.has.length > 0 && only.test(text)) reading.closed = true;
      if (
        reading.has.length === 0 &&
        reading.lacks.length === 0 &&
        !reading.closed &&
        reading.wanted.length === 0
      ) {
        return undefined;
      }
      const held = new Set(reading.has.map(({ id }) => id));
      return { ...reading, lacks: [...new Set(reading.lacks)].filter((id) => !held.has(id)) };
    },
  };
}

function sortMention(
  reading: HeldReading,
  mention: TermMention,
  text: string,
  clauses: readonly Clause[],
  dates: readonly DateMention[],
): void {
  const clause = clauseAt(clauses, mention.start);
  if (!clause) return;
  const polarity = readPolarity(clause, mention);
  if (polarity === "asked") return;
  if (polarity === "wanted") {
    reading.wanted.push(mention);
    return;
  }
  if (polarity === "lacks") reading.lacks.push(mention.id);
  else if (!reading.has.some(({ id }) => id === mention.id)) {
    reading.has.push({
      id: mention.id,
      ...(polarity === "lapsed" ? { lapsed: true as const } : {}),
      ...readCertificate(mention, text, dates),
    });
  }
  widen(reading, mention);
}

function sortGroup(
  reading: HeldReading,
  group: HeldOptions["groups"][number],
  text: string,
  clauses: readonly Clause[],
  mentions: readonly TermMention[],
): void {
  for (const match of text.matchAll(group.word)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (mentions.some((one) => one.start < span.end && span.start < one.end)) continue;
    const clause = clauseAt(clauses, span.start);
    if (!clause || readPolarity(clause, span) !== "lacks" || /有没有|是否/u.test(clause.text)) continue;
    reading.lacks.push(...group.ids);
    widen(reading, span);
  }
}

function widen(reading: HeldReading, { start, end }: Span): void {
  reading.span = { start: Math.min(reading.span.start, start), end: Math.max(reading.span.end, end) };
}

const NUMBER =
  /(?:证书)?(?:编号|号码?|证号)\s*(?:是|为)?\s*[:：]?\s*([a-z]{0,4}\d[a-z\d-]{6,24})|\b(g[rf]20\d{9,10})\b/u;

/** Number and validity that stand near: “高企，证书号GR202131000123，2024年12月4日到期”. */
function readCertificate(
  mention: TermMention,
  text: string,
  dates: readonly DateMention[],
): Pick<HeldTerm, "certificate" | "validFrom" | "validTo"> {
  const window = text.slice(mention.end, mention.end + 60).split(/[。；;\n]/u)[0] ?? "";
  const number = NUMBER.exec(window);
  const found: Pick<HeldTerm, "certificate" | "validFrom" | "validTo"> = {};
  const certificate = number?.[1] ?? number?.[2];
  if (certificate) found.certificate = certificate.toUpperCase();
  for (const date of dates) {
    if (date.start < mention.end - 24 || date.end > mention.end + window.length) continue;
    const after = text.slice(date.end, date.end + 8);
    const before = text.slice(Math.max(0, date.start - 8), date.start);
    if (
      /^(?:才)?(?:到期|过期|截止|失效|为止)/u.test(after) ||
      /(?:有效期?(?:至|到|截至)|到期(?:日|时间)?(?:是|为)?[:：]?|有效至|至|到)$/u.test(before)
    ) {
      found.validTo = date.to;
    } else if (
      date.start >= mention.start - 12 &&
      !date.yearOnly &&
      /^(?:发证|评|认定|拿|获|颁|取得|批|通过|入选)/u.test(after)
    ) {
      found.validFrom = date.from;
    }
  }
  if (found.validFrom && !found.validTo && /有效期(?:三|3)年/u.test(window))
    found.validTo = addMonths(found.validFrom, 36);
  return found;
}
