import type { ProfileField } from "../types.ts";

/**
 * Further words of a text that say something of a field, as a language model sees them. Whatever fails gives none: rules
 * alone are enough.
 */
export type FindSpans = (
  text: string,
  fields: readonly ProfileField[],
) => Promise<readonly { field: string; words: string }[]>;
