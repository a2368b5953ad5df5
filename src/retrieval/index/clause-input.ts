/** A clause on its way into the index. */
export interface ClauseInput {
  /** The document's title, or the passage's own. */
  title: string;
  ordinal: number;
  section: string;
  heading: readonly string[];
  text: string;
  start: number;
  end: number;
  passageId: string | null;
}

/** How much one occurrence in a field counts, in occurrences in the text. */
export interface FieldWeights {
  title: number;
  heading: number;
  /** The paragraph above a list, for its items. */
  leadIn: number;
}
