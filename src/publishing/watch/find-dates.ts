import {
  type DocumentMetadata,
  type DocumentRelations,
  type PublishedDocument,
  periodNote,
  statusOn,
} from "../../knowledge/index.ts";
import type { DocumentId } from "../../shared/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { PublishingSettings, WatchFinding } from "../types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export type WatchSettings = Pick<PublishingSettings, "expiryNoticeDays" | "draftNoticeDays">;

/** What the dates of published documents say on a day. Pure. */
export function findDates(
  documents: readonly PublishedDocument[],
  relations: ReadonlyMap<DocumentId, DocumentRelations>,
  day: string,
  settings: WatchSettings,
): WatchFinding[] {
  const finals = new Set(
    documents
      .filter(({ metadata }) => metadata.status === "正式")
      .map(({ metadata }) => toKey(metadata.title)),
  );
  return documents.flatMap((document) => [
    ...findExpiry(document, relations.get(document.documentId), day, settings.expiryNoticeDays),
    ...findPeriod(document, day),
    ...findOverdueDraft(document, finals, day, settings.draftNoticeDays),
  ]);
}

function findExpiry(
  { documentId, metadata }: PublishedDocument,
  relations: DocumentRelations | undefined,
  day: string,
  noticeDays: number,
): WatchFinding[] {
  if (relations?.endedBy) return [];
  const last = relations?.extendedUntil?.day ?? metadata.expiresOn;
  if (last === null) return [];
  const finding = { subject: `document:${documentId}`, title: metadata.title, day: last };
  const left = daysBetween(day, last);
  if (left < 0) {
    const tail = metadata.tailClause ? "；文中另有到期后继续执行的条款，请一并核对" : "";
    return [
      { ...finding, kind: "expired", text: `有效期已于 ${last} 届满，请确认是否延期、修订或撤下${tail}。` },
    ];
  }
  if (left > noticeDays) return [];
  const when = left === 0 ? "今天" : `还有 ${left} 天`;
  return [{ ...finding, kind: "expires-soon", text: `有效期至 ${last}（${when}），请确认后续安排。` }];
}

function findPeriod({ documentId, metadata }: PublishedDocument, day: string): WatchFinding[] {
  const { period } = metadata;
  if (!period || Number(day.slice(0, 4)) <= period.to) return [];
  const text = `${periodNote(metadata, day) ?? ""}请确认是否有接续文件。`;
  return [
    {
      kind: "period-over",
      subject: `document:${documentId}`,
      title: metadata.title,
      text,
      day: `${period.to}-12-31`,
    },
  ];
}

function findOverdueDraft(
  { documentId, metadata, publishedAt }: PublishedDocument,
  finals: ReadonlySet<string>,
  day: string,
  noticeDays: number,
): WatchFinding[] {
  const status = statusOn(metadata, day);
  if ((status !== "征求意见稿" && status !== "送审稿") || finals.has(toKey(metadata.title))) return [];
  const dated = draftDay(metadata, publishedAt);
  const age = daysBetween(dated, day);
  if (age <= noticeDays) return [];
  const text = `${status}已公布 ${age} 天（${dated}），库内尚无正式文本，请核对是否已正式印发。`;
  return [
    { kind: "draft-overdue", subject: `document:${documentId}`, title: metadata.title, text, day: dated },
  ];
}

function draftDay({ publishedOn, signedOn }: DocumentMetadata, publishedAt: string): string {
  return publishedOn ?? signedOn ?? toShanghaiDay(new Date(publishedAt));
}

function toKey(title: string): string {
  return title.replace(/[（(](?:征求意见稿|送审稿|草案)[）)]/g, "").replace(/[\s\p{P}]/gu, "");
}
