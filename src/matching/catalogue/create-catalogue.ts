import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { PublishedDocument } from "../../knowledge/index.ts";
import type { DocumentId, Logger } from "../../shared/index.ts";
import type { ProgramRecord, ProgramStore } from "../../storage/index.ts";
import type { CatalogueEntry, Direction, Program } from "../types.ts";
import type { CatalogueDocuments } from "./catalogue-documents.ts";
import { type CatalogueProblem, describeEntry, describeUnreadable } from "./catalogue-problem.ts";
import { checkProgram } from "./check-program.ts";
import { quoteKey, quotesOf, stands } from "./index-quotes.ts";
import { type PublishedSources, readPublishedSources } from "./published-sources.ts";
import { readStoredProgram } from "./stored-program.ts";

export interface CatalogueParts {
  store: Pick<ProgramStore, "revision" | "listPrograms">;
  documents: CatalogueDocuments;
  directions: readonly Direction[];
  lexicon: ProfileLexicon;
  logger: Logger;
}

export interface Catalogue {
  /**
   * The published programs with what they rest on, on a day (`YYYY-MM-DD`). Unusable ones are among them. The same array
   * comes again until a program or a document changes.
   */
  entries(day: string): Promise<readonly CatalogueEntry[]>;
  /** Programs that lost their clause or document, or that cannot be read; worst first. Empty: all is sound. */
  listProblems(): Promise<CatalogueProblem[]>;
  /** Programs that rest on a document, for a preview of its next version with `assessQuotes`. */
  programsOf(documentId: DocumentId): Promise<Program[]>;
  /** Changes whenever entries may have changed. */
  revision(): Promise<string>;
  /** What is published now, for whoever else must check quotes. */
  sources(): Promise<PublishedSources>;
}

/** An entry without what depends on the day. */
interface Standing {
  entry: Omit<CatalogueEntry, "documentStatus">;
  document: PublishedDocument | undefined;
}

interface Snapshot {
  revision: string;
  sources: PublishedSources;
  standing: readonly Standing[];
  problems: readonly CatalogueProblem[];
  byDay: Map<string, Promise<readonly CatalogueEntry[]>>;
}

const KEPT_DAYS = 4;
/** What a program whose document is not published says in the place of a status. */
export const NOT_PUBLISHED = "未发布";

export function createCatalogue(parts: CatalogueParts): Catalogue {
  let latest: { revision: string; snapshot: Promise<Snapshot> } | undefined;

  async function revision(): Promise<string> {
    const [programs, documents] = await Promise.all([parts.store.revision(), parts.documents.revision()]);
    return `${programs}.${documents}`;
  }

  async function present(): Promise<Snapshot> {
    const wanted = await revision();
    if (latest?.revision === wanted) return latest.snapshot;
    const snapshot = takeSnapshot(wanted, parts);
    const kept = { revision: wanted, snapshot };
    latest = kept;
    snapshot.catch(() => {
      if (latest === kept) latest = undefined;
    });
    return snapshot;
  }

  return {
    revision,
    async entries(day) {
      const snapshot = await present();
      const known = snapshot.byDay.get(day);
      if (known) return known;
      const entries = addStatus(snapshot.standing, day, parts.documents);
      snapshot.byDay.set(day, entries);
      entries.catch(() => snapshot.byDay.delete(day));
      for (const old of [...snapshot.byDay.keys()].slice(0, -KEPT_DAYS)) snapshot.byDay.delete(old);
      return entries;
    },
    listProblems: async () => [...(await present()).problems],
    async programsOf(documentId) {
      const { standing } = await present();
      return standing
        .filter(({ entry }) => entry.documentId === documentId)
        .map(({ entry }) => entry.program);
    },
    sources: async () => (await present()).sources,
  };
}

async function takeSnapshot(revision: string, parts: CatalogueParts): Promise<Snapshot> {
  const records = await parts.store.listPrograms({ state: "published" });
  const sources = await readPublishedSources(parts.documents);
  const context = {
    lexicon: parts.lexicon,
    directions: new Map(parts.directions.map((direction) => [direction.id, direction])),
  };
  const standing: Standing[] = [];
  const problems: CatalogueProblem[] = [];
  for (const record of records) {
    const program = readStoredProgram(record.content);
    const checked = program && checkProgram(program, context);
    if (!checked || checked.problems.length > 0) {
      problems.push(describeUnreadable(record, checked?.problems ?? []));
      continue;
    }
    const one = await standOn(checked.program, record, sources);
    standing.push(one);
    const problem = describeEntry(one.entry);
    if (problem) problems.push(problem);
  }
  for (const { programId, message } of problems)
    parts.logger.warn({ programId, reason: message }, "program withheld");
  standing.sort((one, other) =>
    one.entry.program.id.localeCompare(other.entry.program.id, "en", { numeric: true }),
  );
  problems.sort((one, other) => Number(one.usable) - Number(other.usable));
  return { revision, sources, standing, problems, byDay: new Map() };
}

async function standOn(
  program: Program,
  { revision }: ProgramRecord,
  sources: PublishedSources,
): Promise<Standing> {
  const document = sources.find(program.document);
  const checked = await sources.check(document, quotesOf(program));
  return {
    document,
    entry: {
      program,
      revision,
      documentId: document?.documentId ?? null,
      versionId: document?.versionId ?? null,
      documentTitle: document?.metadata.title ?? program.document,
      visibility: document ? document.visibility : { kind: "internal" },
      quotes: new Map(checked.map((quote) => [quoteKey(quote), quote])),
      usable: checked.every(stands),
    },
  };
}

async function addStatus(
  standing: readonly Standing[],
  day: string,
  documents: CatalogueDocuments,
): Promise<readonly CatalogueEntry[]> {
  const statuses = new Map<PublishedDocument, string>();
  const entries: CatalogueEntry[] = [];
  for (const { entry, document } of standing) {
    const status = document
      ? (statuses.get(document) ?? (await documents.statusOn(document, day)))
      : NOT_PUBLISHED;
    if (document) statuses.set(document, status);
    entries.push({ ...entry, documentStatus: status });
  }
  return entries;
}
