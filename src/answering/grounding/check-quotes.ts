import type { GroundingProblem } from "./grounding-types.ts";
import { normalizeText } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";

const OPENING = new Map([
  ["“", "”"],
  ["「", "」"],
  ["『", "』"],
  ["《", "》"],
]);
const ANY_QUOTE = /[“”‘’"'「」『』]/g;
const ELLIPSIS = /(?:\.{3,}|…+|。{3,})/;
const SHORTEST_CHECKED = 3;
const SHORTEST_PIECE = 4;

export interface Quote {
  text: string;
  /** In 《》: a title. */
  isTitle: boolean;
}

/** Outermost quotes and titles of a text, without their marks. An opening mark without its counterpart ends the text. */
export function readQuotes(statement: string): Quote[] {
  const text = evenStraightMarks(statement);
  const quotes: Quote[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const opening = text[index] ?? "";
    const closing = OPENING.get(opening);
    if (!closing) continue;
    const end = findClosing(text, index, opening, closing);
    quotes.push({ text: text.slice(index + 1, end), isTitle: opening === "《" });
    index = end;
  }
  return quotes;
}

function evenStraightMarks(text: string): string {
  let isOpen = false;
  return text.replace(/"/g, () => {
    isOpen = !isOpen;
    return isOpen ? "“" : "”";
  });
}

function findClosing(text: string, start: number, opening: string, closing: string): number {
  let depth = 0;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === opening) depth += 1;
    if (text[index] === closing) depth -= 1;
    if (depth === 0) return index;
  }
  // Nested marks that do not pair off: take the nearest closing one, or all of the rest.
  const nearest = text.indexOf(closing, start + 1);
  return nearest < 0 ? text.length : nearest;
}

/** Quotes of more than two characters must be verbatim; with … their pieces must stand in one line in this order. */
export function checkQuotes(statement: string, support: Support): GroundingProblem[] {
  const lines = support.quotable.replace(ANY_QUOTE, "");
  return readQuotes(statement).flatMap(({ text, isTitle }) => {
    const wanted = trimPunctuation(normalizeText(text).replace(ANY_QUOTE, ""));
    if (wanted.length < SHORTEST_CHECKED) return [];
    const isHeld = isTitle ? lines.includes(wanted) : holdsPieces(lines, text);
    return isHeld ? [] : [{ kind: "quote" as const, text, reason: "not verbatim in the clauses" }];
  });
}

function holdsPieces(lines: string, quote: string): boolean {
  const pieces = quote
    .split(ELLIPSIS)
    .map((piece) => trimPunctuation(normalizeText(piece).replace(ANY_QUOTE, "")))
    .filter((piece) => piece !== "");
  if (pieces.length === 1) return lines.includes(pieces[0] ?? "");
  if (pieces.some((piece) => piece.length < SHORTEST_PIECE)) return false;
  return lines.split("\n").some((line) => {
    let from = 0;
    return pieces.every((piece) => {
      const at = line.indexOf(piece, from);
      from = at + piece.length;
      return at >= 0;
    });
  });
}

/** A quote may end with the mark of the sentence that holds it. */
function trimPunctuation(text: string): string {
  return text.replace(/^[，。；：、]+|[，。；：、！？]+$/g, "");
}
