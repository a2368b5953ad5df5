const MAX_QUOTED_PARAGRAPHS = 40;
const LONG = 14;

/**
 * Paragraphs without the words that they put in quotation marks: a decision that changes another document quotes whole clauses of it,
 * over several paragraphs even, and what those say is not said of the decision. Short quotations stay.
 */
export function withoutQuoted(paragraphs: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < paragraphs.length; index += 1) {
    const text = (paragraphs[index] ?? "").replace(new RegExp(`“[^“”]{${LONG},}”`, "g"), "“”");
    const open = text.lastIndexOf("“");
    const closing = open > text.lastIndexOf("”") ? findClosing(paragraphs, index + 1) : undefined;
    kept.push(closing === undefined ? text : text.slice(0, open));
    if (closing === undefined) continue;
    for (let skipped = index + 1; skipped < closing; skipped += 1) kept.push("");
    const last = paragraphs[closing] ?? "";
    kept.push(last.slice(last.indexOf("”") + 1));
    index = closing;
  }
  return kept;
}

/** Index of the paragraph with the closing mark; each quoted paragraph may begin with an opening mark of its own. */
function findClosing(paragraphs: readonly string[], from: number): number | undefined {
  for (let index = from; index < Math.min(paragraphs.length, from + MAX_QUOTED_PARAGRAPHS); index += 1) {
    const text = paragraphs[index] ?? "";
    const open = text.lastIndexOf("“");
    const close = text.lastIndexOf("”");
    if (close !== -1 && close > open) return index;
    if (open > 0 && close === -1) return undefined;
  }
  return undefined;
}
