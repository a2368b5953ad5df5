import type { CatalogueEntry, ClauseQuote, Match } from "../types.ts";
import { type Candidate, explainPoints } from "./rank-program.ts";
import { type NextStepContext, writeNextStep } from "./write-next-step.ts";

export function composeMatch(candidate: Candidate, context: NextStepContext): Match {
  const { entry, program } = candidate.indexed;
  return {
    programId: program.id,
    name: program.name,
    kind: program.kind,
    verdict: candidate.judged.verdict,
    criteria: candidate.judged.criteria,
    unconditional: candidate.judged.unconditional,
    documentId: entry.documentId,
    versionId: entry.versionId,
    documentTitle: entry.documentTitle,
    documentStatus: entry.documentStatus,
    programStatus: program.state.state,
    quotes: collectQuotes(entry),
    notStated: program.notStated,
    cautions: program.cautions,
    nextStep: writeNextStep(entry, context),
    score: candidate.score,
    ranking: explainPoints(candidate, context.lexicon),
  };
}

/** Each quote once, under its first role. */
function collectQuotes(entry: CatalogueEntry): Match["quotes"] {
  const { program } = entry;
  const quotes = new Map<string, Match["quotes"][number]>();
  const add = (source: ClauseQuote, role: Match["quotes"][number]["role"]) => {
    const key = `${source.section}\n${source.quote}`;
    if (!quotes.has(key)) quotes.set(key, { ...checkedQuote(entry, key, source), role });
  };
  add(program.state.source, "state");
  for (const { source } of program.benefits) add(source, "benefit");
  if (program.audience) add(program.audience.source, "audience");
  for (const { source } of program.criteria) add(source, "criterion");
  return [...quotes.values()];
}

function checkedQuote(entry: CatalogueEntry, key: string, { section, quote }: ClauseQuote) {
  return (
    entry.quotes.get(key) ?? {
      section,
      quote,
      state: "not-published" as const,
      start: null,
      end: null,
      presentSection: null,
    }
  );
}
