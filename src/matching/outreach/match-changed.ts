import { type Audience, canSee, parseVisibility, publicAudience } from "../../access/index.ts";
import { foldProfile, type Profile } from "../../enterprises/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { FactRecord } from "../../storage/index.ts";
import { createMatchEngine } from "../recommend/create-match-engine.ts";
import type { CatalogueEntry, Match, MatchEngine } from "../types.ts";
import type { OutreachParts } from "./outreach-types.ts";

/** No list is made here: whatever is worth the reader's time counts. */
const ALL = 1000;

/** The same engine as everywhere, over a few programs only. */
export function createChangedEngine(
  entries: readonly CatalogueEntry[],
  { directions, lexicon, home }: Pick<OutreachParts, "directions" | "lexicon" | "home">,
): MatchEngine {
  return createMatchEngine({ entries, directions, lexicon, ...(home && { home }) });
}

/** What of these programs is met or unknown for an enterprise, and not beside the point. */
export function matchRelevant(engine: MatchEngine, profile: Profile, asOf: string): Match[] {
  if (profile.facts.size === 0) return [];
  return engine
    .match(profile, { asOf, limit: ALL })
    .matches.filter(({ verdict }) => verdict !== "not-eligible");
}

export function toProfile(
  facts: readonly FactRecord[],
  { lexicon }: Pick<OutreachParts, "lexicon">,
  today: string,
): Profile {
  return foldProfile(facts, lexicon.fields, today);
}

/** Of the published programs, by id, those that stand on what is published today. */
export async function readUsable(
  { catalogue }: Pick<OutreachParts, "catalogue">,
  now: Date,
): Promise<Map<string, CatalogueEntry>> {
  const entries = await catalogue.entries(toShanghaiDay(now));
  return new Map(entries.filter(({ usable }) => usable).map((entry) => [entry.program.id, entry]));
}

export async function readAudience(
  parts: Pick<OutreachParts, "audienceOf">,
  account: string,
): Promise<Audience> {
  return (await parts.audienceOf?.(account)) ?? publicAudience;
}

export function mayLearnOf({ visibility }: CatalogueEntry, audience: Audience): boolean {
  return canSee(parseVisibility(visibility), audience);
}
