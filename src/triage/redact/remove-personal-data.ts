import { findAddresses } from "./find-addresses.ts";
import { findContacts, findPublicPages } from "./find-contacts.ts";
import { findEnterprises, namesOfEnterprise } from "./find-enterprises.ts";
import { findFigures } from "./find-figures.ts";
import { findNames } from "./find-names.ts";
import { findLongNumbers, findNumbers } from "./find-numbers.ts";
import { foldNumerals, foldUnits } from "./fold-units.ts";
import {
  KIND_LABELS,
  type KnownPersonalData,
  type PersonalDataKind,
  type PersonalSpan,
  type RedactedText,
} from "./redact-types.ts";

/** What is left after one pass may read as a name again (江王经理); every pass takes something away, so this ends. */
const MAX_PASSES = 8;
const PLACEHOLDER = /〔[^〔〕]{1,8}〕/gu;
const TITLE_OF_DOCUMENT = /《[^《》]{2,80}》/gu;
const BIRTH =
  /(?:(?:(?<![日〕])出生(?:日期|年月)?|生日|生于)\s?[:：是为于在]{0,2}\s?)((?:19|20)\d{2}\s?[-年./]\s?\d{1,2}(?:\s?[-月./]\s?\d{1,2}\s?日?)?)|((?:19|20)\d{2}\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}\s?日?)(?=\s?出?生(?!效|产|态|物))/gu;

/**
 * Takes out what says who somebody is or how to reach them; amounts, days, numbers of documents and public authorities
 * stay. Pure; done twice it changes nothing more. Names without a title or label are found only when they are known.
 */
export function removePersonalData(text: string, known: KnownPersonalData = {}): RedactedText {
  const counts = new Map<PersonalDataKind, number>();
  let current = text;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const spans = findPersonalData(current, known);
    if (spans.length === 0) break;
    current = replaceSpans(current, spans);
    for (const { kind } of spans) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const kinds = Object.keys(KIND_LABELS) as PersonalDataKind[];
  const removed = kinds.flatMap((kind) => {
    const count = counts.get(kind);
    return count ? [{ kind, count }] : [];
  });
  return { text: current, removed };
}

/** 电话号码2处、姓名1处; empty when nothing was removed. */
export function describeRemoved(removed: RedactedText["removed"]): string {
  return removed.map(({ kind, count }) => `${KIND_LABELS[kind]}${count}处`).join("、");
}

function findPersonalData(text: string, known: KnownPersonalData): PersonalSpan[] {
  const folded = foldUnits(text);
  const numbers = foldNumerals(folded);
  const taken = new Uint8Array(text.length);
  const chosen: PersonalSpan[] = [];
  const keep = (places: readonly { start: number; end: number }[]) => {
    for (const { start, end } of places) {
      for (let at = start; at < end; at += 1) if (taken[at] === 0) taken[at] = 2;
    }
  };
  /** Earlier finds win; what is only kept may be part of a larger find, as a day in a number of identity. */
  const take = (spans: readonly PersonalSpan[], overKept: boolean) => {
    for (const span of spans) {
      if (span.end <= span.start) continue;
      const range = taken.subarray(span.start, span.end);
      if (range.includes(1) || (!overKept && range.includes(2))) continue;
      range.fill(1);
      chosen.push(span);
    }
  };
  keep([...matchPlaces(folded, PLACEHOLDER), ...findPublicPages(folded), ...findKept(folded, known)]);
  take(findKnown(folded, known), false);
  take(findContacts(folded), false);
  take(findNumbers(numbers), false);
  take(findBirthDays(numbers), false);
  keep(findFigures(folded));
  take(findLongNumbers(blankOut(numbers, taken)), false);
  keep(matchPlaces(folded, TITLE_OF_DOCUMENT));
  const words = blankOut(folded, taken);
  take(findAddresses(folded), true);
  take(findEnterprises(blankOut(text, taken), words), false);
  take(findNames(blankOut(text, taken), words), false);
  return chosen.toSorted((one, other) => one.start - other.start);
}

function findKnown(folded: string, { names = [], enterprises = [] }: KnownPersonalData): PersonalSpan[] {
  const places = (words: readonly string[], kind: "name" | "enterprise", put: string): PersonalSpan[] =>
    [...new Set(words.map((word) => foldUnits(word.trim())))]
      .filter((word) => [...word].length >= 2)
      .toSorted((one, other) => other.length - one.length)
      .flatMap((word) => occurrences(folded, word).map((place) => ({ ...place, kind, put })));
  const spans = [
    ...places(enterprises.flatMap(namesOfEnterprise), "enterprise", "某企业"),
    ...places(names, "name", "某某"),
  ];
  return spans.map((span) =>
    span.kind === "enterprise" &&
    /(?:我们|咱们|我|本|贵)$/u.test(folded.slice(Math.max(0, span.start - 2), span.start))
      ? { ...span, put: "企业" }
      : span,
  );
}

function findKept(folded: string, { keep = [] }: KnownPersonalData): { start: number; end: number }[] {
  return keep.filter((word) => word.trim() !== "").flatMap((word) => occurrences(folded, foldUnits(word)));
}

function occurrences(folded: string, word: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
    found.push({ start: at, end: at + word.length });
  }
  return found;
}

function findBirthDays(numbers: string): PersonalSpan[] {
  return [...numbers.matchAll(BIRTH)].map((match) => {
    const day = match[1] ?? match[2] ?? "";
    const start = match.index + match[0].lastIndexOf(day);
    return { kind: "birth-date", start, end: start + day.length, put: "〔出生日期〕" };
  });
}

function matchPlaces(text: string, pattern: RegExp): { start: number; end: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** What is known already, out of sight for the next rules. */
function blankOut(text: string, taken: Uint8Array): string {
  let seen = "";
  for (let at = 0; at < text.length; at += 1) seen += taken[at] === 0 ? text.charAt(at) : "\u0001";
  return seen;
}

function replaceSpans(text: string, spans: readonly PersonalSpan[]): string {
  let written = "";
  let at = 0;
  for (const { start, end, put } of spans) {
    written += text.slice(at, start) + put;
    at = end;
  }
  return written + text.slice(at);
}
