import type { Audience } from "../../access/index.ts";

/** What a question for a list asks: which list, filtered by what. Opaque to the conversation. */
export interface ListWish {
  list: string;
}

export interface ListedEntry {
  name: string;
  /** What is known of it, for people. */
  details: readonly { label: string; value: string }[];
  source: { title: string; status: string; section: string; quote: string; url?: string } | null;
}

export interface FoundList {
  /** `空间载体清单（生物医药）`. */
  title: string;
  entries: readonly ListedEntry[];
  /** What must be said beside it: empty until an administrator fills it, dates not stated. */
  notes: readonly string[];
}

/** The maintained lists, as the chat uses them. */
export interface MatchingLists {
  /** Undefined: no question for a list. Only sure ones; the answering part is good at the rest. */
  findListWish(text: string): ListWish | undefined;
  search(wish: ListWish, audience: Audience, day: string): Promise<FoundList>;
  toXlsx(list: FoundList): Promise<Uint8Array>;
}
