import { type Audience, canSee, parseVisibility, publicAudience } from "../access/index.ts";
import {
  type FieldId,
  type Profile,
  type ProfileLexicon,
  type ProfileReader,
  profileFromFacts,
  type Understanding,
} from "../enterprises/index.ts";
import { type Clock, toShanghaiDay } from "../shared/index.ts";
import type { Catalogue } from "./catalogue/create-catalogue.ts";
import { createMatchEngine } from "./recommend/create-match-engine.ts";
import type { CatalogueEntry, Direction, MatchEngine, MatchResult } from "./types.ts";

export interface MatchRequest {
  /** What somebody writes of their enterprise. */
  message?: string;
  /** Fields as in the interface of `match`; of a field said twice the message counts. */
  profile?: Readonly<Record<string, unknown>>;
  /** `YYYY-MM-DD`; default: today. */
  asOf?: string;
  /** Fields that were asked before. */
  asked?: readonly FieldId[];
  limit?: number;
  audience?: Audience;
}

/** A match of one request, kept by nobody. */
export interface RequestedMatch {
  understood: Understanding;
  profile: Profile;
  result: MatchResult;
}

/** The catalogue of today with its engine: what chat, command line and REST share. */
export interface Matching {
  lexicon: ProfileLexicon;
  reader: ProfileReader;
  directions: ReadonlyMap<string, Direction>;
  catalogue: Catalogue;
  /** Entries that an audience may learn of. Default: the public. */
  entriesFor(day: string, audience?: Audience): Promise<readonly CatalogueEntry[]>;
  engineFor(day: string, audience?: Audience): Promise<MatchEngine>;
  matchRequest(request: MatchRequest): Promise<RequestedMatch>;
}

export interface MatchingParts {
  lexicon: ProfileLexicon;
  reader: ProfileReader;
  directions: ReadonlyMap<string, Direction>;
  catalogue: Catalogue;
  /** Where the park lies, widest first. */
  home: readonly string[];
  clock: Clock;
}

export function createMatching({
  lexicon,
  reader,
  directions,
  catalogue,
  home,
  clock,
}: MatchingParts): Matching {
  /** For the entries that everybody sees; those of a narrower audience are few and made each time. */
  let shared: { entries: readonly CatalogueEntry[]; engine: MatchEngine } | undefined;

  async function entriesFor(day: string, audience: Audience = publicAudience) {
    const entries = await catalogue.entries(day);
    return entries.every(({ visibility }) => canSee(parseVisibility(visibility), audience))
      ? entries
      : entries.filter(({ visibility }) => canSee(parseVisibility(visibility), audience));
  }

  async function engineFor(day: string, audience?: Audience): Promise<MatchEngine> {
    const entries = await entriesFor(day, audience);
    if (shared?.entries === entries) return shared.engine;
    const engine = createMatchEngine({ entries, directions, lexicon, home });
    shared = { entries, engine };
    return engine;
  }

  return {
    lexicon,
    reader,
    directions,
    catalogue,
    entriesFor,
    engineFor,
    async matchRequest({ message, profile: given, asOf, asked, limit, audience }) {
      const today = toShanghaiDay(clock());
      const context = { today: asOf ?? today };
      const fields = reader.readProfile(given ?? {}, context);
      const words = message ? await reader.read(message, context) : undefined;
      const understood = words ? join(fields, words) : fields;
      const at = clock().toISOString();
      const profile = profileFromFacts(understood.facts, { at, by: "api:match", reference: "request" });
      const engine = await engineFor(asOf ?? today, audience);
      const result = engine.match(profile, {
        asOf: asOf ?? today,
        asked: [...(asked ?? []), ...understood.declined],
        ...(limit !== undefined && { limit }),
      });
      return { understood, profile, result };
    },
  };
}

function join(fields: Understanding, words: Understanding): Understanding {
  return {
    facts: [...fields.facts, ...words.facts],
    problems: [...fields.problems, ...words.problems],
    declined: [...fields.declined, ...words.declined],
    aboutSelf: true,
    wishesMatch: words.wishesMatch,
  };
}
