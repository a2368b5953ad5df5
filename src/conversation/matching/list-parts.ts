import type { Audience } from "../../access/index.ts";
import type { MaintainedList } from "../../storage/index.ts";

/** What a question for a list asks. Filters that are left out do not filter. */
export interface ListWish {
  list: MaintainedList;
  industries?: readonly string[];
  place?: string;
  text?: string;
}

export interface ListedEntry {
  entryId: string;
  name: string;
  /** What is known of it, for people. */
  details: { label: string; value: string }[];
  /** The clause that names it; null: an administrator entered it. */
  source: { title: string; status: string; section: string; quote: string } | null;
}

export interface FoundList {
  list: MaintainedList;
  /** `空间载体清单（生物医药）`. */
  title: string;
  entries: ListedEntry[];
  /** What must be said beside it: empty until an administrator fills it, dates not stated. */
  notes: string[];
  asOf: string;
}

/** The maintained lists, as the chat uses them; `Lists` of matching is one. */
export interface MatchingLists {
  /** Undefined: no question for a list. Only sure ones; the answering part is good at the rest. */
  findListWish(text: string): ListWish | undefined;
  search(wish: ListWish, audience: Audience, day: string): Promise<FoundList>;
  /** 四清单. */
  all(audience: Audience, day: string): Promise<FoundList[]>;
  toXlsx(lists: FoundList | readonly FoundList[]): Promise<Uint8Array>;
}
