import { type Audience, canSee, parseVisibility, publicAudience } from "../../access/index.ts";
import { type PublishedDocument, relateDocuments } from "../../knowledge/index.ts";
import { type DocumentId, fromShanghaiDay, type VersionId } from "../../shared/index.ts";
import type { AnswerRequest } from "../types.ts";
import { type AnswerableDocument, applyRelations, isPublic } from "./apply-relations.ts";

export interface CatalogSource {
  /** What is published now, or was at an instant. */
  listPublished(asOf?: Date): Promise<PublishedDocument[]>;
  /** Versions as if they were published, for previews; unknown ones are left out. */
  describeVersions?(versionIds: readonly VersionId[]): Promise<PublishedDocument[]>;
  /** Grows with every change of what is published and of who may see it; absent: nothing is kept between questions. */
  revision?(): Promise<number>;
}

/** The documents that exist for one question. */
export interface Selection {
  documents: readonly AnswerableDocument[];
  byId: ReadonlyMap<DocumentId, AnswerableDocument>;
  versionIds: ReadonlySet<VersionId>;
  /** That the documents are about. */
  places: ReadonlySet<string>;
  /** True when the index holds more than these: the search must be held to them. */
  restricted: boolean;
}

export interface Catalog {
  select(request: Pick<AnswerRequest, "asOf" | "audience" | "preview">, today: string): Promise<Selection>;
}

/** Which documents answer: published (or previewed, or as of a day), seen by the audience, with what others made of them. */
export function createCatalog(source: CatalogSource): Catalog {
  const present = createPresentList(source);
  const previewed = createPreviewList(source);
  const visible = createVisibleList();
  const related = createRelatedList();
  const onDay = createDayList(source);
  const summaries = createSummaries();
  return {
    async select({ asOf, audience = publicAudience, preview }, today) {
      const now = await present();
      const listed = preview
        ? await previewed(now, preview)
        : asOf === undefined
          ? now
          : await onDay(now, asOf);
      const seen = visible(listed, audience);
      const documents = related(seen, asOf ?? today);
      const restricted = preview !== undefined || asOf !== undefined || seen.length < listed.length;
      return { documents, restricted, ...summaries(documents) };
    },
  };
}

/** Reading thousands of documents for every question would cost more than the search. */
function createPresentList(source: CatalogSource): () => Promise<PublishedDocument[]> {
  let kept: { revision: number; documents: PublishedDocument[] } | undefined;
  return async () => {
    // Before the list, so that a change in between is noticed at the next question.
    const revision = await source.revision?.();
    if (revision !== undefined && kept?.revision === revision) return kept.documents;
    const documents = await source.listPublished();
    kept = revision === undefined ? undefined : { revision, documents };
    return documents;
  };
}

interface VisibleLists {
  /** Not for everybody: few of thousands, as a rule. */
  limited: readonly PublishedDocument[];
  byHidden: Map<string, PublishedDocument[]>;
}

/**
 * What an audience may see of a list, before documents are related: a repeal or an extension by a hidden document must not
 * show. The same list for the same hidden documents, so that it is related once.
 */
function createVisibleList(): (listed: PublishedDocument[], audience: Audience) => PublishedDocument[] {
  const kept = new WeakMap<PublishedDocument[], VisibleLists>();
  const open = (listed: PublishedDocument[]): VisibleLists => {
    const lists = { limited: listed.filter((document) => !isPublic(document)), byHidden: new Map() };
    kept.set(listed, lists);
    return lists;
  };
  return (listed, audience) => {
    const { limited, byHidden } = kept.get(listed) ?? open(listed);
    const hidden = limited.filter(({ visibility }) => !canSee(parseVisibility(visibility), audience));
    if (hidden.length === 0) return listed;
    const key = hidden.map(({ documentId }) => documentId).join(" ");
    const known = byHidden.get(key);
    if (known) return known;
    const unseen = new Set(hidden);
    const seen = listed.filter((document) => !unseen.has(document));
    byHidden.set(key, seen);
    return seen;
  };
}

type Summary = Pick<Selection, "byId" | "versionIds" | "places">;

/** What every question asks of its list, made once. */
function createSummaries(): (documents: readonly AnswerableDocument[]) => Summary {
  const kept = new WeakMap<readonly AnswerableDocument[], Summary>();
  return (documents) => {
    const known = kept.get(documents);
    if (known) return known;
    const summary = {
      byId: new Map(documents.map((document) => [document.documentId, document])),
      versionIds: new Set(documents.map(({ versionId }) => versionId)),
      places: new Set(documents.flatMap(({ metadata }) => metadata.places)),
    };
    kept.set(documents, summary);
    return summary;
  };
}

function createRelatedList(): (documents: PublishedDocument[], day: string) => AnswerableDocument[] {
  const kept = new WeakMap<PublishedDocument[], { day: string; documents: AnswerableDocument[] }>();
  return (from, day) => {
    const known = kept.get(from);
    if (known?.day === day) return known.documents;
    const relations = relateDocuments(from, day);
    const documents = from.map((document) =>
      applyRelations(document, relations.get(document.documentId), day),
    );
    kept.set(from, { day, documents });
    return documents;
  };
}

/** One preview asks many questions over the same set: the same list as long as nothing else is published. */
function createPreviewList(source: CatalogSource) {
  const kept = new WeakMap<
    ReadonlySet<VersionId>,
    { present: PublishedDocument[]; listed: PublishedDocument[] }
  >();
  return async (present: PublishedDocument[], preview: ReadonlySet<VersionId>) => {
    const known = kept.get(preview);
    if (known?.present === present) return known.listed;
    const listed = await listPreview(source, present, preview);
    kept.set(preview, { present, listed });
    return listed;
  };
}

async function listPreview(
  source: CatalogSource,
  present: readonly PublishedDocument[],
  preview: ReadonlySet<VersionId>,
): Promise<PublishedDocument[]> {
  const kept = present.filter(({ versionId }) => preview.has(versionId));
  const known = new Set(kept.map(({ versionId }) => versionId));
  const others = [...preview].filter((versionId) => !known.has(versionId));
  return others.length === 0 ? kept : [...kept, ...((await source.describeVersions?.(others)) ?? [])];
}

/** Days looked back at lately, kept as long as nothing else is published. */
const MAX_KEPT_DAYS = 4;

function createDayList(source: CatalogSource) {
  const kept = new WeakMap<PublishedDocument[], Map<string, PublishedDocument[]>>();
  return async (present: PublishedDocument[], day: string): Promise<PublishedDocument[]> => {
    const days = kept.get(present) ?? new Map<string, PublishedDocument[]>();
    kept.set(present, days);
    const listed = days.get(day) ?? (await listOnDay(source, present, day));
    // The day asked for last goes last.
    days.delete(day);
    days.set(day, listed);
    const [oldest] = days.keys();
    if (days.size > MAX_KEPT_DAYS && oldest !== undefined) days.delete(oldest);
    return listed;
  };
}

/**
 * What answers on a day: the versions published then; and of documents that came into the knowledge base only later, the
 * present version when the document itself was dated by that day.
 */
async function listOnDay(
  source: CatalogSource,
  present: readonly PublishedDocument[],
  day: string,
): Promise<PublishedDocument[]> {
  const then = await source.listPublished(endOfDay(day));
  const now = new Map(present.map((document) => [document.versionId, document]));
  const known = new Set(then.map(({ documentId }) => documentId));
  const later = present.filter(({ documentId, metadata }) => {
    const dated = metadata.publishedOn ?? metadata.signedOn;
    return !known.has(documentId) && (dated === null || dated <= day);
  });
  const same = (document: PublishedDocument) => {
    const current = now.get(document.versionId);
    return current?.publishedAt === document.publishedAt ? current : document;
  };
  // Most are those of today: one object for both keeps a kept day small.
  return [...then.map(same), ...later];
}

function endOfDay(day: string): Date {
  return new Date(fromShanghaiDay(day).getTime() + 24 * 60 * 60 * 1000 - 1);
}
