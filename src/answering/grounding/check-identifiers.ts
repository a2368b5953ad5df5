import type { GroundingProblem } from "./grounding-types.ts";
import type { Span } from "./normalize-text.ts";
import type { Support } from "./read-support.ts";

export function checkIdentifiers(
  statement: string,
  identifiers: readonly Span[],
  support: Support,
): GroundingProblem[] {
  const plain = withOneBracket(support.text);
  const joined = withoutFiller(plain);
  return identifiers.flatMap(({ start, end }) => {
    const text = statement.slice(start, end);
    const token = withOneBracket(text);
    return holdsToken(plain, token) || holdsToken(joined, withoutFiller(token))
      ? []
      : [{ kind: "identifier" as const, text, reason: "no such number or address in the clauses" }];
  });
}

/** Brackets of document numbers come in four shapes. */
function withOneBracket(text: string): string {
  return text
    .replace(/[[【(]/g, "〔")
    .replace(/[\]】)]/g, "〕")
    .toLowerCase();
}

/** Blanks and hyphens inside of phone numbers come and go. */
function withoutFiller(text: string): string {
  return text.replace(/(?<=\d)[- ](?=\d)/g, "");
}

/** As a whole: 12345 is not found in 123456. */
function holdsToken(known: string, token: string): boolean {
  const isWord = (character: string | undefined) => character !== undefined && /[\da-z]/.test(character);
  for (let at = known.indexOf(token); at >= 0; at = known.indexOf(token, at + 1)) {
    const before = isWord(token[0]) && isWord(known[at - 1]);
    const after = isWord(token.at(-1)) && isWord(known[at + token.length]);
    if (!before && !after) return true;
  }
  return false;
}
