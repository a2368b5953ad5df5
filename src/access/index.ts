export type { AccountName, Actor, Audience, Operation, Role, Visibility } from "./types.ts";
