export { isEnglish } from "./check-english.ts";
export { checkAgainst, checkStatement } from "./check-statement.ts";
export type {
  GroundedClause,
  GroundingOptions,
  GroundingProblem,
  GroundingProblemKind,
  GroundingVerdict,
} from "./grounding-types.ts";
export { readSupport, type Support } from "./read-support.ts";
