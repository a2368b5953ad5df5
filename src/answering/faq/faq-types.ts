import type { DocumentId } from "../../shared/index.ts";

/** A published question and answer with its sources. */
export interface FaqEntry {
  faqId: string;
  /** Ways of asking; the first is the one shown. */
  questions: readonly string[];
  answer: string;
  sources: readonly { documentId: DocumentId; section: string; quote: string }[];
}

/** Where answering finds FAQ entries. */
export interface FaqSource {
  /** Entries published and valid on a day. The same array as long as nothing has changed. */
  listEntries(day: string): Promise<readonly FaqEntry[]>;
}
