import type { ProfileLexicon } from "../../enterprises/index.ts";
import { relateIndustry } from "./find-industries.ts";
import type { GatheredEntry } from "./gather-entries.ts";
import { type FoundList, LIST_NAMES, type ListWish } from "./list-types.ts";

/** Filters and orders what was gathered, and says what must be said beside it. Pure. */
export function searchList(
  wish: ListWish,
  gathered: readonly GatheredEntry[],
  day: string,
  lexicon: ProfileLexicon,
): FoundList {
  const notes: string[] = [];
  const byIndustry = filterByIndustry(wish, gathered, lexicon, notes);
  const byPlace = narrow(byIndustry, wish.place, (entry, place) =>
    [entry.shown.name, ...entry.places].some((known) => known.includes(place)),
  );
  if (byPlace === undefined) notes.push(`清单中没有写明在“${wish.place}”的条目，以下不分地点。`);
  const placed = byPlace ?? byIndustry;
  const byText = narrow(placed, wish.text, ({ words }, text) =>
    words.toLowerCase().includes(text.toLowerCase()),
  );
  if (byText === undefined) notes.push(`清单中没有写明与“${wish.text}”有关的条目，以下为清单中的其他条目。`);
  const entries = (byText ?? placed).map(({ shown }) => shown);
  return {
    list: wish.list,
    title: writeTitle(wish, lexicon),
    entries,
    notes: [...notes, ...writeNotes(wish, gathered.length, entries)],
    asOf: day,
  };
}

/** Undefined: something was asked for, and nothing has it. */
function narrow(
  entries: readonly GatheredEntry[],
  wanted: string | undefined,
  fits: (entry: GatheredEntry, wanted: string) => boolean,
): readonly GatheredEntry[] | undefined {
  if (wanted === undefined || entries.length === 0) return entries;
  const found = entries.filter((entry) => fits(entry, wanted));
  return found.length > 0 ? found : undefined;
}

function filterByIndustry(
  { industries: wanted = [], list }: ListWish,
  gathered: readonly GatheredEntry[],
  lexicon: ProfileLexicon,
  notes: string[],
): readonly GatheredEntry[] {
  if (wanted.length === 0) return gathered;
  const related = gathered
    .map((entry) => ({ entry, distance: relateIndustry(entry.industries, wanted, lexicon) }))
    .filter((one): one is { entry: GatheredEntry; distance: number } => one.distance !== undefined)
    .sort((one, other) => one.distance - other.distance)
    .map(({ entry }) => entry);
  const open = gathered.filter(({ industries }) => industries.length === 0);
  if (open.length === 0) return related;
  if (list === "policies" || list === "events") return [...related, ...open];
  notes.push(`另有 ${open.length} 项原文未写产业：${open.map(({ shown }) => shown.name).join("、")}。`);
  return related;
}

function writeTitle({ list, industries = [], place, text }: ListWish, lexicon: ProfileLexicon): string {
  const named = [...industries.map((id) => lexicon.industries.get(id)?.name ?? id), place, text].filter(
    (word) => word !== undefined,
  );
  return named.length === 0 ? LIST_NAMES[list] : `${LIST_NAMES[list]}（${named.join("、")}）`;
}

const EMPTY_NOTES: Readonly<Partial<Record<ListWish["list"], string>>> = {
  contacts: "文件没有写任何联系人、电话或地址，本清单须由管理员录入；录入之前，请通过本对话请专员联系您。",
};

function writeNotes({ list, industries }: ListWish, total: number, entries: FoundList["entries"]): string[] {
  if (total === 0) return [EMPTY_NOTES[list] ?? "文件没有点名的条目，本清单须由管理员录入。"];
  if (entries.length === 0 && industries !== undefined) return ["清单中没有写明面向该产业的条目。"];
  const undated = entries.some(({ details }) => details.some(({ value }) => value === "文件未载明"));
  if (list === "events" && undated)
    return ["文件没有写活动的日期和报名方式，由管理员补录；请以主办方通知为准。"];
  if (list === "space")
    return ["文件没有写各载体的地址、面积、租金和入驻条件；标明“推进建设”的是否可入驻，须向专员确认。"];
  return [];
}
