export { describeStorage } from "./describe-storage.ts";
export type { StorageFacts } from "./dialect.ts";
export { openStorage } from "./open-storage.ts";
export type * from "./types.ts";
