export type * from "./types.ts";
export { PROGRAM_KINDS, PROGRAM_STATES } from "./types.ts";
