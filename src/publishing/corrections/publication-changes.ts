import type { Answer, Citation } from "../../answering/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { PublicationEvent } from "../../storage/index.ts";
import { citesDocument } from "../given-answer.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { ChangedText } from "./compare-given.ts";

/** A document with what became of its publication in the events that are looked at. */
export interface PublicationChange {
  documentId: DocumentId;
  /** Published now; null: withdrawn. */
  versionId: VersionId | null;
  /** The latest event. */
  event: PublicationEvent;
  /** Published before the first event after an instant; undefined: there was none after it. */
  versionBefore(at: string): VersionId | null | undefined;
  /** When the version that a citation names was replaced or withdrawn; undefined: it was not, in these events. */
  replacedAt(citation: Citation): string | undefined;
}

export async function describeChanges(
  { storage }: PublishingParts,
  events: readonly PublicationEvent[],
): Promise<PublicationChange[]> {
  const changes: PublicationChange[] = [];
  for (const [documentId, list] of Map.groupBy(events, (event) => event.documentId)) {
    const event = list.at(-1);
    if (!event) continue;
    const versionId = (await storage.knowledge.getDocument(documentId))?.publishedVersionId ?? null;
    const versionBefore = (at: string) => list.find((each) => at < each.at)?.fromVersionId;
    const replacedAt = (citation: Citation) =>
      citation.documentId === documentId && citation.versionId !== versionId
        ? list.findLast(({ fromVersionId }) => fromVersionId === citation.versionId)?.at
        : undefined;
    changes.push({ documentId, versionId, event, versionBefore, replacedAt });
  }
  return changes;
}

export interface TextSource {
  /** What is published now of the documents that an answer cites; of the others the id alone. */
  present(answer: Answer, changes: readonly PublicationChange[]): Promise<ChangedText[]>;
  /** What was published of them before the events after an instant. */
  earlier(answer: Answer, changes: readonly PublicationChange[], at: string): Promise<ChangedText[]>;
}

/** Each text is read once, and only when an answer cites its document. */
export function createTextSource({ knowledge }: PublishingParts): TextSource {
  const texts = new Map<VersionId, Promise<string>>();

  async function textOf(versionId: VersionId | null | undefined): Promise<string> {
    if (!versionId) return "";
    const reading = texts.get(versionId) ?? knowledge.documentText(versionId);
    texts.set(versionId, reading);
    return reading;
  }

  const read = (
    answer: Answer,
    changes: readonly PublicationChange[],
    versionOf: (change: PublicationChange) => VersionId | null | undefined,
  ) =>
    Promise.all(
      changes.map(async (change) => {
        const { documentId } = change;
        return { documentId, text: citesDocument(answer, documentId) ? await textOf(versionOf(change)) : "" };
      }),
    );

  return {
    present: (answer, changes) => read(answer, changes, ({ versionId }) => versionId),
    earlier: (answer, changes, at) => read(answer, changes, ({ versionBefore }) => versionBefore(at)),
  };
}

/** What was published before the first event after an instant. */
export type EarlierStates = (at: string) => ReadonlySet<VersionId>;

/** The same set for all turns of the same state: its list of documents is made once. */
export async function createEarlierStates(
  { storage }: PublishingParts,
  changes: readonly PublicationChange[],
): Promise<EarlierStates> {
  const present = (await storage.knowledge.publishedVersions()).map(({ versionId }) => versionId);
  const states = new Map<string, ReadonlySet<VersionId>>();
  return (at) => {
    const before = changes.map(({ versionBefore }) => versionBefore(at));
    const key = before.map((versionId) => (versionId === undefined ? "-" : versionId)).join(" ");
    const known = states.get(key);
    if (known) return known;
    const state = new Set(present);
    for (const [index, versionId] of before.entries()) {
      const now = changes[index]?.versionId;
      if (versionId !== undefined && now) state.delete(now);
      if (versionId) state.add(versionId);
    }
    states.set(key, state);
    return state;
  };
}
