import { describeFact } from "../enterprises/index.ts";
import type { Matching, RequestedMatch } from "./create-matching.ts";

/** What `match` and REST give out: what was understood, with its words, and the result. */
export function describeRequestedMatch(
  { understood, profile, result }: RequestedMatch,
  { lexicon }: Pick<Matching, "lexicon">,
) {
  return {
    understood: [...profile.facts.values()].map((fact) => {
      const field = lexicon.fields.get(fact.field);
      return {
        field: fact.field,
        label: field?.label ?? fact.field,
        value: fact.value,
        text: field ? describeFact(fact, field, "zh", lexicon) : "",
        ...(fact.period && { period: fact.period }),
        words: fact.source.words ?? null,
      };
    }),
    problems: understood.problems,
    ...result,
  };
}
