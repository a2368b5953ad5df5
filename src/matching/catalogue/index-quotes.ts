import type { Clause } from "../../knowledge/index.ts";
import type { CheckedQuote, ClauseQuote, Program } from "../types.ts";

export interface QuoteIndex {
  check(quote: ClauseQuote): CheckedQuote;
}

/** Looks quotes up in one text. `holds`: in its section. `moved`: verbatim elsewhere. `changed`: nowhere. Pure. */
export function indexQuotes(text: string, clauses: readonly Clause[]): QuoteIndex {
  const extents = measureSections(clauses);
  return {
    check({ section, quote }) {
      const extent = extents.get(section) ?? findParent(section, clauses);
      const inside = extent === undefined ? -1 : text.slice(extent.start, extent.end).indexOf(quote);
      if (extent && inside >= 0 && quote !== "") {
        const start = extent.start + inside;
        return { section, quote, state: "holds", start, end: start + quote.length, presentSection: section };
      }
      const elsewhere = quote === "" ? -1 : text.indexOf(quote);
      if (elsewhere < 0) return { section, quote, state: "changed", ...NOWHERE };
      const presentSection = clauses.find(({ end }) => end > elsewhere)?.section ?? null;
      return {
        section,
        quote,
        state: "moved",
        start: elsewhere,
        end: elsewhere + quote.length,
        presentSection,
      };
    },
  };
}

const NOWHERE = { start: null, end: null, presentSection: null };

/** Where there is no text to look in. */
export function withoutText({ section, quote }: ClauseQuote): CheckedQuote {
  return { section, quote, state: "not-published", ...NOWHERE };
}

interface Extent {
  start: number;
  end: number;
}

function measureSections(clauses: readonly Clause[]): Map<string, Extent> {
  const extents = new Map<string, Extent>();
  for (const { section, start, end } of clauses) widen(extents, section, start, end);
  return extents;
}

function widen(extents: Map<string, Extent>, section: string, start: number, end: number): void {
  const known = extents.get(section);
  if (!known) extents.set(section, { start, end });
  else {
    known.start = Math.min(known.start, start);
    known.end = Math.max(known.end, end);
  }
}

/** A section that has no clause of its own: 第五条 of 第五条（一） and 第五条（二）. */
function findParent(section: string, clauses: readonly Clause[]): Extent | undefined {
  if (section === "") return undefined;
  const extents = new Map<string, Extent>();
  for (const clause of clauses) {
    const rest = clause.section.startsWith(section) ? clause.section.slice(section.length) : "";
    if (rest !== "" && !/^\d/.test(rest)) widen(extents, section, clause.start, clause.end);
  }
  return extents.get(section);
}

/** Every quote that a program rests on, each once, in the order in which it is read. */
export function quotesOf(program: Program): ClauseQuote[] {
  const all = [
    program.state.source,
    program.audience?.source,
    ...program.criteria.map(({ source }) => source),
    ...[...program.benefits, ...program.steps, ...program.materials].map(({ source }) => source),
    program.window?.source,
    program.responsibleBody?.source,
  ].filter((source) => source !== undefined);
  return [...new Map(all.map((source) => [quoteKey(source), source])).values()];
}

/** The key of `CatalogueEntry.quotes`. */
export function quoteKey({ section, quote }: ClauseQuote): string {
  return `${section}\n${quote}`;
}

export function stands({ state }: Pick<CheckedQuote, "state">): boolean {
  return state === "holds" || state === "moved";
}
