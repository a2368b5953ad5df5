import { type Audience, canSee, parseVisibility } from "../../access/index.ts";
import type { ListEntryRecord, MaintainedList, ProgramStore } from "../../storage/index.ts";
import type { CatalogueDocuments } from "../catalogue/catalogue-documents.ts";
import type { Catalogue } from "../catalogue/create-catalogue.ts";
import { stands } from "../catalogue/index-quotes.ts";
import type { ListContent } from "../catalogue/list-schema.ts";
import type { CatalogueEntry } from "../types.ts";
import type { ListedEntry } from "./list-types.ts";
import { readContent } from "./read-content.ts";
import { describeContent, describePolicy, openDirections, type ShowingContext } from "./show-entry.ts";

/** An entry with what it is filtered by. */
export interface GatheredEntry {
  shown: ListedEntry;
  industries: string[];
  places: string[];
  /** Everything that is said of it. */
  words: string;
  /** Where the document names it; an administrator's entries stand behind. */
  position: number;
}

export interface GatheringParts extends ShowingContext {
  store: Pick<ProgramStore, "listEntries">;
  catalogue: Pick<Catalogue, "entries" | "sources">;
  documents: Pick<CatalogueDocuments, "statusOn">;
}

export interface LostEntry {
  entryId: string;
  name: string;
  message: string;
}

/** What of a list may be shown to an audience on a day (null: everything), and what lost its source. */
export async function gatherEntries(
  parts: GatheringParts,
  list: MaintainedList,
  audience: Audience | null,
  day: string,
): Promise<{ entries: GatheredEntry[]; lost: LostEntry[] }> {
  const records = (await parts.store.listEntries(list)).filter(({ state }) => state === "active");
  const entries: GatheredEntry[] = list === "policies" ? await gatherPolicies(parts, audience, day) : [];
  const lost: LostEntry[] = [];
  for (const record of records) {
    const content = readContent(record.content);
    if (!content)
      lost.push({ entryId: record.entryId, name: record.entryId, message: "内容不完整，请重新录入或删除" });
    else {
      const gathered = await gatherOne(parts, record, content, audience, day);
      if (gathered === "hidden") continue;
      if ("message" in gathered) lost.push(gathered);
      else entries.push(gathered);
    }
  }
  if (list !== "policies") entries.sort((one, other) => one.position - other.position);
  return { entries, lost };
}

async function gatherOne(
  parts: GatheringParts,
  record: ListEntryRecord,
  content: ListContent,
  audience: Audience | null,
  day: string,
): Promise<GatheredEntry | LostEntry | "hidden"> {
  const { entryId } = record;
  const details = describeContent(content, record, parts);
  if (content.source === null)
    return toGathered(
      { entryId, name: content.name, details, source: null },
      content,
      Number.POSITIVE_INFINITY,
      parts,
    );
  const sources = await parts.catalogue.sources();
  const document = sources.find(content.source.document);
  const { name } = content;
  if (!document) return { entryId, name, message: `所依据的《${content.source.document}》没有已发布的版本` };
  if (audience && !canSee(parseVisibility(document.visibility), audience)) return "hidden";
  const [checked] = await sources.check(document, [content.source]);
  if (!checked || !stands(checked))
    return {
      entryId,
      name,
      message: `《${document.metadata.title}》现行文本中已没有所引原文（${content.source.section}）`,
    };
  const source = {
    title: document.metadata.title,
    status: await parts.documents.statusOn(document, day),
    section: checked.presentSection ?? checked.section,
    quote: checked.quote,
  };
  const position = (checked.start ?? 0) + Math.max(0, checked.quote.indexOf(name.replace(/（.*$/, "")));
  return toGathered({ entryId, name, details, source }, content, position, parts);
}

function toGathered(
  shown: ListedEntry,
  content: ListContent,
  position: number,
  context: ShowingContext,
): GatheredEntry {
  return {
    shown,
    industries: openDirections(content.industries, context),
    places: content.places,
    words: [content.name, ...content.aliases, ...shown.details.map(({ value }) => value)].join(" "),
    position,
  };
}

async function gatherPolicies(
  parts: GatheringParts,
  audience: Audience | null,
  day: string,
): Promise<GatheredEntry[]> {
  const entries = await parts.catalogue.entries(day);
  return entries
    .filter(({ usable }) => usable)
    .filter(({ visibility }) => !audience || canSee(parseVisibility(visibility), audience))
    .map((entry) => toPolicy(entry, parts));
}

function toPolicy(entry: CatalogueEntry, context: ShowingContext): GatheredEntry {
  const { program, documentTitle, documentStatus } = entry;
  const { section, quote } = program.state.source;
  const details = describePolicy(entry, context);
  return {
    shown: {
      entryId: `program:${program.id}`,
      name: program.name,
      details,
      source: { title: documentTitle, status: documentStatus, section, quote },
    },
    industries: openDirections(program.industries, context),
    places: [],
    words: [program.name, ...program.aliases, ...details.map(({ value }) => value)].join(" "),
    position: 0,
  };
}
