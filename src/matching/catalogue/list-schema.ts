import { z } from "zod";
import type { MaintainedList } from "../../storage/index.ts";
import type { ClauseQuote } from "../types.ts";
import { type CheckingContext, isKnownIndustry } from "./check-test.ts";
import type { ProgramProblem } from "./program-problem.ts";

const line = z.string().trim().min(1);

export const LIST_FILES: readonly { file: string; list: MaintainedList }[] = (
  ["space", "projects", "policies", "contacts", "events"] as const
).map((list) => ({ file: `lists/${list}.yaml`, list }));

/** A file of `knowledge/programs/lists/`; its head says how to write an entry. */
export const listFileSchema = z.strictObject({
  document: line.optional(),
  entries: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/, "编号应为小写英文"),
      name: line,
      aliases: z.array(line).default([]),
      about: line.optional(),
      industries: z.array(line).default([]),
      direction: line.optional(),
      places: z.array(line).default([]),
      programs: z.array(line).default([]),
      document: line.optional(),
      section: line,
      quote: line,
    }),
  ),
});

/** What an entry of a maintained list says; the content of `ListEntryRecord`. Null: not stated. */
export interface ListContent {
  name: string;
  aliases: string[];
  /** What it is or does, in the text's words. */
  about: string | null;
  industries: string[];
  /** Name of the direction that the text puts it under: 生命健康. */
  direction: string | null;
  /** Administrative places or areas, as the source names them. */
  places: string[];
  /** Ids of programs. */
  programs: string[];
  /** Of events; half-open days. */
  startsOn: string | null;
  endsOn: string | null;
  /** Further columns of an admin: 电话, 面积; shown as they are. */
  details: { label: string; value: string }[];
  /** Title of the document and the clause that names it; null: an admin entered it. */
  source: (ClauseQuote & { document: string }) | null;
}

export interface ListFileEntry {
  entryId: string;
  list: MaintainedList;
  content: ListContent;
}

/** Pure. */
export function readListEntries(
  file: z.output<typeof listFileSchema>,
  list: MaintainedList,
  { lexicon, directions }: CheckingContext,
): { entries: ListFileEntry[]; problems: { entry: string; problem: ProgramProblem }[] } {
  const problems: { entry: string; problem: ProgramProblem }[] = [];
  const seen = new Set<string>();
  const entries = file.entries.map((one): ListFileEntry => {
    const add = (place: string, what: string, next: string) =>
      problems.push({ entry: one.id, problem: { place, what, next } });
    if (seen.has(one.id)) add("id", `编号“${one.id}”写了两次`, "请改用不同的编号");
    seen.add(one.id);
    const direction = one.direction === undefined ? undefined : directions.get(one.direction);
    if (one.direction !== undefined && !direction)
      add(
        "direction",
        `没有编号为“${one.direction}”的方向`,
        "请对照 knowledge/programs/directions.yaml 改正",
      );
    for (const industry of one.industries)
      if (!isKnownIndustry(industry, lexicon, directions))
        add("industries", `“${industry}”不在词表中`, "请对照 knowledge/lexicon/industries.yaml 改正");
    const document = one.document ?? file.document;
    if (document === undefined) add("document", "没有写出自哪份文件", "请在此处或文件开头写 document");
    return {
      entryId: `${list}-${one.id}`,
      list,
      content: {
        name: one.name,
        aliases: one.aliases,
        about: one.about ?? null,
        industries: one.industries,
        direction: direction?.name ?? null,
        places: one.places,
        programs: one.programs,
        startsOn: null,
        endsOn: null,
        details: [],
        source: { document: document ?? "", section: one.section, quote: one.quote },
      },
    };
  });
  return { entries, problems };
}
