export { URGENCIES } from "./classification-types.ts";
export type * from "./desk/desk-types.ts";
export type * from "./types.ts";
