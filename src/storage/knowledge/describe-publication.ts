import { describeChange } from "../audit/append-audit.ts";
import type { ChangeOrigin, NewAuditEntry } from "../types.ts";
import type { PublicationChange } from "./publication-events.ts";

export type PublicationAction =
  | "version.published"
  | "document.rolled-back"
  | "document.withdrawn"
  /** Its source was no longer there. */
  | "document.vanished";

export function describePublication(
  action: PublicationAction,
  { documentId, fromVersionId, toVersionId }: PublicationChange,
  at: Date,
  origin: ChangeOrigin | undefined,
): NewAuditEntry {
  const facts = { versionId: toVersionId ?? fromVersionId, fromVersionId, toVersionId };
  return describeChange(action, `document:${documentId}`, facts, at, origin);
}
