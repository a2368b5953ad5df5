export { profileFromFacts } from "./profile-from-facts.ts";
export type * from "./types.ts";
