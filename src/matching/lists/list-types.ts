import type { Actor, Audience } from "../../access/index.ts";
import type { ListEntryRecord, MaintainedList } from "../../storage/index.ts";
import type { ListContent } from "../catalogue/list-schema.ts";

export const LIST_NAMES: Readonly<Record<MaintainedList, string>> = {
  space: "空间载体清单",
  projects: "研发项目清单",
  policies: "扶持政策清单",
  contacts: "沟通联络清单",
  events: "活动与赛事清单",
};

/** 四清单 of the plan, in its order. */
export const FOUR_LISTS: readonly MaintainedList[] = ["space", "projects", "policies", "contacts"];

/** What a question for a list asks. Filters that are left out do not filter. */
export interface ListWish {
  list: MaintainedList;
  /** Ids of industries. */
  industries?: readonly string[];
  /** Part of a place's name. */
  place?: string;
  /** Words of the entry: name, what it is. Where nothing has them all entries are shown, and that is said. */
  text?: string;
}

export interface ListedEntry {
  /** Of the store, or `program:P02`. */
  entryId: string;
  name: string;
  /** What is known of it, for people; an administrator's entries end with who entered them and when. */
  details: { label: string; value: string }[];
  /** The clause that names it, as published now; null: an administrator entered it. */
  source: { title: string; status: string; section: string; quote: string } | null;
}

export interface FoundList {
  list: MaintainedList;
  /** `空间载体清单（生物医药）`. */
  title: string;
  entries: ListedEntry[];
  /** What must be said beside it: empty until an administrator fills it, dates not stated. */
  notes: string[];
  /** `YYYY-MM-DD`. */
  asOf: string;
}

/** What goes onto one sheet: a found list, or anything of its shape. */
export interface SheetContent {
  title: string;
  entries: readonly {
    name: string;
    details: readonly { label: string; value: string }[];
    source: ListedEntry["source"];
  }[];
  notes: readonly string[];
  asOf?: string;
}

/** What an administrator writes of an entry; what is left out stays as it is. */
export type ListInput = Partial<Omit<ListContent, "name">> & { name?: string };

/** The maintained lists: 四清单 and the calendar of events. */
export interface Lists {
  /** Undefined: no question for a list. Only sure ones. */
  findListWish(text: string): ListWish | undefined;
  /** Entries whose document the audience may not see, and those whose clause no longer stands, are left out. */
  search(wish: ListWish, audience: Audience, day: string): Promise<FoundList>;
  /** 四清单, unfiltered. */
  all(audience: Audience, day: string): Promise<FoundList[]>;
  /** A workbook with a sheet for each. */
  toXlsx(lists: SheetContent | readonly SheetContent[]): Promise<Uint8Array>;
  /**
   * A new entry, or a change of one. Throws AppError `forbidden`; `unusable-input` names what is wrong; `not-found` for an
   * unknown `entryId`.
   */
  save(
    entry: { entryId?: string; list: MaintainedList; content: ListInput; reason?: string },
    by: Actor,
    at: Date,
  ): Promise<ListEntryRecord>;
  /** False: there is none. Throws AppError `forbidden`. */
  remove(entryId: string, by: Actor, at: Date): Promise<boolean>;
  /** Entries whose clause or document is no longer there, for admins. */
  listProblems(day: string): Promise<{ entryId: string; name: string; message: string }[]>;
}
