import type { Clause } from "../../knowledge/index.ts";
import type { CheckedQuote, Program } from "../types.ts";
import { indexQuotes, quotesOf, stands } from "./index-quotes.ts";

/** A program that a text would change. */
export interface AssessedProgram {
  programId: string;
  name: string;
  /** Those that would not stand where they stand now: `moved` or `changed`. */
  quotes: CheckedQuote[];
  /** False: it would no longer be matched. */
  usable: boolean;
}

/** Which of these programs a new text of their document would change; those that it leaves alone are not named. Pure. */
export function assessQuotes(
  programs: readonly Program[],
  newText: string,
  newClauses: readonly Clause[],
): AssessedProgram[] {
  const text = indexQuotes(newText, newClauses);
  return programs.flatMap((program) => {
    const checked = quotesOf(program).map(text.check);
    const quotes = checked.filter(({ state }) => state !== "holds");
    if (quotes.length === 0) return [];
    return [{ programId: program.id, name: program.name, quotes, usable: checked.every(stands) }];
  });
}
