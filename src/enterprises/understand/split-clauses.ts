/** A stretch between two marks; offsets of the whole text. */
export interface Clause {
  start: number;
  end: number;
  text: string;
  /** The sentence that it belongs to, counted from 0: cues such as “需要：” reach to its end. */
  sentence: number;
  /** Ends with a question mark. */
  asks: boolean;
}

const BREAK =
  /[。！!？?；;\n\r]+|[，：:|]+|,(?!\d{3}(?!\d))|(?<=[^\w\s.])\s+(?=[^\s])|(?=但是?|不过|然后|另外|而且|同时|还有就是|顺便|因此|所以)/gu;

/** Clauses of folded text, in order; empty ones left out. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let [from, sentence] = [0, 0];
  const push = (end: number, mark: string) => {
    if (end > from && text.slice(from, end).trim() !== "") {
      clauses.push({ start: from, end, text: text.slice(from, end), sentence, asks: /[?？]/.test(mark) });
    }
    if (/[。！!？?；;\n]/.test(mark)) sentence += 1;
  };
  for (const match of text.matchAll(BREAK)) {
    if (isInsideFigure(text, match.index, match[0])) continue;
    push(match.index, match[0]);
    from = match.index + match[0].length;
  }
  push(text.length, "");
  return clauses;
}

/** “员工 300 人”: a space beside digits is no break. */
function isInsideFigure(text: string, at: number, mark: string): boolean {
  if (mark.trim() !== "" || mark === "") return false;
  const after = text[at + mark.length] ?? "";
  return /[\d]/.test(after) || /^(?:人|名|万|亿|元|平|亩|年|月|%)/.test(after);
}

export function clauseAt(clauses: readonly Clause[], position: number): Clause | undefined {
  let [low, high] = [0, clauses.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const clause = clauses[middle];
    if (!clause) return undefined;
    if (position < clause.start) high = middle - 1;
    else if (position >= clause.end) low = middle + 1;
    else return clause;
  }
  return undefined;
}
