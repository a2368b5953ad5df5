import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { Label } from "./read-label.ts";

/** 1 总则, 1总则, 1.总则, 1、总则: a short heading after a number; figures and dates begin with a unit instead. */
const HEAD =
  /^([0-9０-９]{1,2})(?:([.．、])[ \u3000]{0,4}(?![0-9０-９])|([ \u3000]{0,4})(?=[\u4e00-\u9fff]))/;
const UNIT =
  /^(?:[亿万千百元倍天周号楼米吨亩户]|年(?!度|检|审|报)|月(?!度|报)|日(?!常|志)|个(?!人|体)|名(?!词|称|录|单)|家(?!庭)|人(?![员才力事防]|工智)|项(?!目)|次(?!生)|小时|分钟|平方|公里|份(?!额)|套|台(?!账|风)|件|页|所(?!有)|座|条(?!件|款|例)|款|位(?!置)|批(?!准|次|复)|种(?!类|子|质)|期(?!限|间)|级(?!别|差)|类(?!别|型)|层(?!次|级)|部(?!门|分|署)|分(?![级类工析布包支])|度(?!量)|[克升岁]|至|到|或|和|日内)/;
const MAX_HEAD = 30;
const LOOK_AHEAD = 60;

interface Candidate {
  index: number;
  value: number;
  label: Label;
  /** A line that can only be a heading: short, without marks of a sentence, apart from any unit. */
  isHeading: boolean;
  bare: boolean;
}

/**
 * The numbers of the outermost level of decimal numbering, by index: each goes on from the one before and stands over its own
 * decimals (1 → 1.1), or stands between two that do, or after the last of them.
 */
export function findDecimalHeads(paragraphs: readonly Paragraph[]): Map<number, Label> {
  const candidates = paragraphs.flatMap((paragraph, index) => readCandidate(paragraph, index) ?? []);
  const heads = new Map<number, Label>();
  let last: Candidate | undefined;
  for (const [at, candidate] of candidates.entries()) {
    if (!couldFollow(candidate, last?.value ?? 0)) continue;
    const next = candidates.slice(at + 1).find(({ value }) => value === candidate.value);
    const isOver = standsOverDecimals(paragraphs, candidate, next?.index ?? paragraphs.length);
    const goesOn =
      candidate.value > 1 &&
      candidate.value === (last?.value ?? 0) + 1 &&
      candidate.isHeading &&
      !isListed(paragraphs, candidate, last);
    const isStyled = candidate.bare && candidate.isHeading && isSetAsHeading(paragraphs[candidate.index]);
    const starts = candidate.value === 1 && candidate.bare && startsChain(paragraphs, candidates, at);
    if (!isOver && !goesOn && !isStyled && !starts) continue;
    if (last === undefined && candidate.value !== 1) continue;
    heads.set(candidate.index, candidate.label);
    last = candidate;
  }
  return heads;
}

const MAX_GAP = 3;

/** A number may be missing (unread, forgotten); 1 starts anew. */
function couldFollow({ value, isHeading }: Candidate, last: number): boolean {
  return (value > last && value <= last + MAX_GAP) || (value === 1 && isHeading);
}

function readCandidate(paragraph: Paragraph, index: number): Candidate | undefined {
  if (isRow(paragraph)) return undefined;
  const match = HEAD.exec(paragraph.text);
  if (!match) return undefined;
  const [printed, digits = "", point] = match;
  const value = Number(digits.normalize("NFKC"));
  const rest = paragraph.text.slice(printed.length);
  const bare = point === undefined;
  if (value === 0 || rest === "" || (bare && UNIT.test(rest.trimStart()))) return undefined;
  const mark = point === undefined ? String(value) : `${value}${point === "、" ? "、" : "."}`;
  const isHeading = rest.length <= MAX_HEAD && !/[。；，：;,:]/.test(rest);
  if (bare && !isHeading) return undefined;
  const label: Label = {
    style: "ar",
    value,
    mark,
    printed: bare ? `${mark} ` : mark,
    end: printed.length,
    apart: true,
    heads: true,
  };
  return { index, value, label, isHeading, bare };
}

function isSetAsHeading(paragraph: Paragraph | undefined): boolean {
  return paragraph?.note?.kind === "heading";
}

/** Its own first decimal stands below, before the same number comes again and before the next number's first decimal. */
function standsOverDecimals(
  paragraphs: readonly Paragraph[],
  { index, value }: Candidate,
  end: number,
): boolean {
  const own = new RegExp(`^${value}[ ]?[.．][ ]?1(?![0-9])`);
  const others = new RegExp(`^${value + 1}[.．]1(?![0-9.．])`);
  for (let next = index + 1; next < Math.min(end, index + LOOK_AHEAD); next += 1) {
    const paragraph = paragraphs[next];
    if (!paragraph || isRow(paragraph)) continue;
    if (own.test(paragraph.text)) return true;
    if (others.test(paragraph.text)) return false;
  }
  return false;
}

/** 1 范围 without decimals of its own, but 2 and a later 3.1 go on from it. */
function startsChain(
  paragraphs: readonly Paragraph[],
  candidates: readonly Candidate[],
  at: number,
): boolean {
  let value = 1;
  for (const candidate of candidates.slice(at + 1)) {
    if (!candidate.bare || candidate.value !== value + 1) continue;
    value += 1;
    if (standsOverDecimals(paragraphs, candidate, paragraphs.length)) return true;
  }
  return false;
}

/** 3. after 2. of a list that began under the last heading is that list's. */
function isListed(
  paragraphs: readonly Paragraph[],
  { index, value }: Candidate,
  last: Candidate | undefined,
): boolean {
  const before = new RegExp(`^${value - 1}[.．、](?![0-9])`);
  for (let above = index - 1; above > (last?.index ?? -1); above -= 1)
    if (before.test(paragraphs[above]?.text ?? "")) return true;
  return false;
}
