import { readLabel } from "../outline/read-label.ts";
import { closeGaps } from "../reading/close-gaps.ts";
import { isOrganName, readDocumentNumberLine } from "../reading/line-roles.ts";
import { findDocumentNumber } from "./document-number.ts";
import { findNamedTexts, type NamedText } from "./named-texts.ts";

const NUMBERED =
  /^(.{4,90}?)[ \u3000]*[（(]([^（()）]*[〔[［【][^（()）]{4,6}[〕\]］】][^（()）]{1,8}号)[)）]/;

/** The texts that a line of such a list names: 《X》（文号）, X（文号）, or a row with a title and a number. */
export function findListedTexts(text: string, isRow: boolean): NamedText[] {
  if (isRow) return readRow(text);
  const named = findNamedTexts(text);
  if (named.length > 0) return /^将|^第.{1,6}条|修改为/.test(text) ? [] : named.slice(0, 1);
  const words = text.slice(readLabel(text)?.end ?? 0);
  const numbered = NUMBERED.exec(words);
  const documentNumber = numbered && findDocumentNumber(numbered[2] ?? "");
  if (!numbered?.[1] || !documentNumber) return [];
  return [{ title: closeGaps(numbered[1]), documentNumber, start: 0, end: numbered[0].length }];
}

function readRow(text: string): NamedText[] {
  const cells = text.split(" | ").map((cell) => closeGaps(cell.trim()));
  const numbers = cells.map((cell) => readDocumentNumberLine(cell));
  const named = findNamedTexts(text)[0];
  const number = numbers.find((found) => found !== undefined) ?? null;
  if (named) return [{ ...named, documentNumber: named.documentNumber ?? number }];
  if (number === null) return [];
  const title = cells.find((cell, at) => cell.length >= 6 && !numbers[at] && !isOrganName(cell));
  return title === undefined ? [] : [{ title, documentNumber: number, start: 0, end: 0 }];
}
