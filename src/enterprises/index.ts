export { loadProfileLexicon } from "./lexicon/load-profile-lexicon.ts";
export { profileFromFacts } from "./profile-from-facts.ts";
export type * from "./types.ts";
