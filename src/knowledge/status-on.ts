import type { DocumentMetadata, DocumentRelations, StatusOnDay } from "./types.ts";

/**
 * What a document is on a day (`YYYY-MM-DD`, Asia/Shanghai). Validity is the half-open interval from the first day of
 * effect to the day after `expiresOn`, which is itself still a day of validity. `relations`: what other documents make of
 * it, from `relateDocuments`; without them only the document itself is asked. Pure.
 */
export function statusOn(
  metadata: DocumentMetadata,
  day: string,
  relations?: Pick<DocumentRelations, "endedBy" | "extendedUntil">,
): StatusOnDay {
  const { status, effectiveFrom } = metadata;
  const expiresOn = relations?.extendedUntil?.day ?? metadata.expiresOn;
  const ended = relations?.endedBy;
  if (ended && (ended.from === null || ended.from <= day) && status !== "已废止") return ended.status;
  if (status !== "正式" && status !== "未载明") return status;
  if (effectiveFrom !== null && day < effectiveFrom) return "尚未施行";
  if (expiresOn !== null) return day > expiresOn ? "已到期" : "现行有效";
  return status === "正式" ? "正式，有效期未载明" : "未载明";
}

/** A sentence about the planning period when it has not begun or is over on that day; null when there is nothing to say. */
export function periodNote(metadata: DocumentMetadata, day: string): string | null {
  const { period } = metadata;
  if (!period) return null;
  const year = Number(day.slice(0, 4));
  const span = period.from === period.to ? `${period.from}年` : `${period.from}—${period.to}年`;
  if (year > period.to) return `该文件的规划期为${span}，截至${day}已经届满。`;
  if (year < period.from) return `该文件的规划期为${span}，截至${day}尚未开始。`;
  return null;
}
