import type { ProgramBlock, VerdictRow } from "../shared/wire.ts";

export interface ShownQuote {
  title: string;
  section: string;
  quote: string;
  url?: string;
}

/** What the verdicts rest on, verbatim, then what the text says of the program. Criteria that share words share an entry. */
export function collectQuotes({ criteria, quotes }: ProgramBlock): ShownQuote[] {
  const groups = new Map<string, VerdictRow[]>();
  for (const row of criteria.filter(({ quote }) => quote !== "")) {
    const key = JSON.stringify([row.section, row.quote, row.url ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const ofCriteria = [...groups.values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    const title = [first, ...rest].map(({ label, text }) => `〔${label}〕${text}`).join("　");
    const { section, quote, url } = first;
    return [{ title, section, quote, ...(url !== undefined && { url }) }];
  });
  return [...ofCriteria, ...quotes.map((quote) => ({ ...quote, title: `《${quote.title}》` }))];
}
