import { randomUUID } from "node:crypto";

/** A string that carries the name of the thing it identifies. */
export type Id<Name extends string> = string & { readonly __id: Name };

export type DocumentId = Id<"document">;
export type VersionId = Id<"version">;

/** Makes fresh identifiers. Passed in; tests pass a counter. */
export type IdSource = () => string;

export const randomIds: IdSource = () => randomUUID();

/** `prefix-1`, `prefix-2`, … for tests. */
export function createCountingIds(prefix = "id"): IdSource {
  let next = 0;
  return () => {
    next += 1;
    return `${prefix}-${next}`;
  };
}
