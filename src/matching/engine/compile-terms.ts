import type { ProfileField, ProfileLexicon } from "../../enterprises/index.ts";
import type { Direction } from "../types.ts";

/** One thing that is asked for: any of `accepted` is it. */
export interface WantedTerms {
  accepted: ReadonlySet<string>;
  /** As the program names them, directions opened up. */
  named: readonly string[];
}

export interface TermsTest {
  /** `certified`: counts only with a certificate that is valid on the day. `tree`: what people state is their main business. */
  manner: "tree" | "certified" | "plain";
  /** All of these must be held; `within` asks for one. */
  groups: readonly WantedTerms[];
  unclear: WantedTerms;
  /** Of the tree: all ancestors of a term, itself included. */
  lineage: (term: string) => ReadonlySet<string>;
}

const DIRECTION = "direction:";

export function compileTerms(
  test: { operator: string; value: unknown; unclear?: string[] },
  field: ProfileField,
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
): TermsTest {
  const tree = field.vocabulary === "industries";
  const manner = tree ? "tree" : field.vocabulary === "qualifications" ? "certified" : "plain";
  const lineage = tree ? lineageOf(lexicon) : (term: string) => new Set([term]);
  const values = Array.isArray(test.value) ? (test.value as string[]) : [];
  const want = (ids: readonly string[]): WantedTerms =>
    collectWanted(ids, lexicon, directions, tree, lineage);
  const groups = test.operator === "has" ? values.map((value) => want([value])) : [want(values)];
  return { manner, groups, unclear: want(test.unclear ?? []), lineage };
}

function collectWanted(
  ids: readonly string[],
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
  tree: boolean,
  lineage: (term: string) => ReadonlySet<string>,
): WantedTerms {
  const named = ids.flatMap((id) =>
    id.startsWith(DIRECTION)
      ? ((directions.get(id.slice(DIRECTION.length)) ?? directions.get(id))?.industries ?? [])
      : [id],
  );
  const wanted = new Set(named);
  if (!tree) return { accepted: wanted, named };
  const accepted = new Set(named);
  for (const id of lexicon.industries.keys())
    if ([...lineage(id)].some((each) => wanted.has(each))) accepted.add(id);
  return { accepted, named };
}

const LINEAGES = new WeakMap<ProfileLexicon, Map<string, ReadonlySet<string>>>();

function lineageOf(lexicon: ProfileLexicon): (term: string) => ReadonlySet<string> {
  const known = LINEAGES.get(lexicon) ?? new Map<string, ReadonlySet<string>>();
  LINEAGES.set(lexicon, known);
  return (term) => {
    const found = known.get(term);
    if (found) return found;
    const lineage = new Set<string>();
    for (
      let id: string | null = term;
      id !== null && !lineage.has(id);
      id = lexicon.industries.get(id)?.parent ?? null
    )
      lineage.add(id);
    known.set(term, lineage);
    return lineage;
  };
}
