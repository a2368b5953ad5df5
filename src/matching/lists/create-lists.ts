import { requireRight } from "../../access/index.ts";
import { AppError, type IdSource } from "../../shared/index.ts";
import type { ListEntryRecord, ProgramStore } from "../../storage/index.ts";
import { stands } from "../catalogue/index-quotes.ts";
import type { ListContent } from "../catalogue/list-schema.ts";
import { toContent } from "../catalogue/sync-program-files.ts";
import { findListWish } from "./find-list-wish.ts";
import { type GatheringParts, gatherEntries } from "./gather-entries.ts";
import { FOUR_LISTS, LIST_NAMES, type Lists } from "./list-types.ts";
import { checkContent, readContent, unusable } from "./read-content.ts";
import { searchList } from "./search-list.ts";
import { isList } from "./show-entry.ts";
import { writeWorkbook } from "./write-workbook.ts";

export interface ListsParts extends Omit<GatheringParts, "store" | "nameAccount"> {
  store: Pick<ProgramStore, "listEntries" | "saveListEntry" | "removeListEntry">;
  ids: IdSource;
  /** An account as people may read it; default: as it is. */
  nameAccount?: (account: string) => string;
}

export function createLists(parts: ListsParts): Lists {
  const gathering: GatheringParts = { ...parts, nameAccount: parts.nameAccount ?? ((account) => account) };
  const lists: Lists = {
    findListWish: (text) => findListWish(text, parts.lexicon),
    async search(wish, audience, day) {
      const { entries } = await gatherEntries(gathering, wish.list, audience, day);
      return searchList(wish, entries, day, parts.lexicon);
    },
    async all(audience, day) {
      const found = [];
      for (const list of FOUR_LISTS) found.push(await lists.search({ list }, audience, day));
      return found;
    },
    toXlsx: (sheets) => writeWorkbook("title" in sheets ? [sheets] : sheets),
    async save({ entryId, list, content, reason }, by, at) {
      requireRight(by, "manage-programs");
      if (!isList(list)) throw unusable(`没有“${String(list)}”这份清单`);
      const known = entryId === undefined ? undefined : await findEntry(parts, entryId);
      const checked = checkContent(content, known && readContent(known.content), parts);
      await requireQuote(parts, checked);
      const id = known?.entryId ?? `${list}-desk-${parts.ids()}`;
      const origin = { actor: by.account, ...(reason === undefined ? {} : { reason }) };
      return parts.store.saveListEntry(
        { entryId: id, list: known?.list ?? list, ...toContent(checked) },
        at,
        origin,
      );
    },
    async remove(entryId, by, at) {
      requireRight(by, "manage-programs");
      return parts.store.removeListEntry(entryId, at, { actor: by.account });
    },
    async listProblems(day) {
      const problems = [];
      for (const list of [...FOUR_LISTS, "events" as const]) {
        const { lost } = await gatherEntries(gathering, list, null, day);
        problems.push(
          ...lost.map((one) => ({ ...one, message: `${LIST_NAMES[list]}“${one.name}”：${one.message}。` })),
        );
      }
      return problems;
    },
  };
  return lists;
}

async function findEntry(parts: ListsParts, entryId: string): Promise<ListEntryRecord> {
  const found = (await parts.store.listEntries()).find(
    (one) => one.entryId === entryId && one.state === "active",
  );
  if (found) return found;
  throw new AppError({
    code: "not-found",
    message: `no list entry ${entryId}`,
    safeMessage: `没有编号为 ${entryId} 的清单条目，可能已被删除。请先查看清单，再修改其中的条目。`,
  });
}

/** What an administrator quotes must stand in a published document. */
async function requireQuote({ catalogue }: ListsParts, { source }: ListContent): Promise<void> {
  if (source === null) return;
  const sources = await catalogue.sources();
  const [checked] = await sources.check(sources.find(source.document), [source]);
  if (checked && stands(checked)) return;
  throw unusable(`已发布的《${source.document}》中没有所引原文，请核对出处；没有文件依据的，不要填出处`);
}
