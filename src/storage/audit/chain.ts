import { createHash } from "node:crypto";
import { toOptionalText, toText } from "../row-values.ts";
import type { AuditEntry, NewAuditEntry } from "../types.ts";
import { toCanonicalJson } from "./canonical-json.ts";

export interface AuditRow {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  reason: string | null;
  /** Canonical JSON. */
  details: string;
  previous_hash: string;
  hash: string;
}

/** What the first entry follows. */
export const FIRST_PREVIOUS_HASH = "0".repeat(64);

export function linkEntry(
  entry: NewAuditEntry,
  previous: Pick<AuditRow, "sequence" | "hash"> | undefined,
): AuditRow {
  const row = {
    sequence: (previous?.sequence ?? 0) + 1,
    at: entry.at,
    actor: storable(entry.actor),
    action: storable(entry.action),
    subject: storable(entry.subject),
    reason: entry.reason === null ? null : storable(entry.reason),
    details: toCanonicalJson(entry.details),
    previous_hash: previous?.hash ?? FIRST_PREVIOUS_HASH,
  };
  return { ...row, hash: hashRow(row) };
}

/** What the database gives back must be what was hashed: half of a surrogate pair would come back as another character. */
function storable(text: string): string {
  return toText(text).toWellFormed();
}

/**
 * SHA-256 over the canonical JSON of the entry without its hash. The details go in as they are stored, so that a change
 * of a single blank is found as well.
 */
export function hashRow(row: Omit<AuditRow, "hash">): string {
  const members: [string, string][] = [
    ["action", JSON.stringify(row.action)],
    ["actor", JSON.stringify(row.actor)],
    ["at", JSON.stringify(row.at)],
    ["details", row.details],
    ["previousHash", JSON.stringify(row.previous_hash)],
    ["reason", JSON.stringify(toOptionalText(row.reason))],
    ["sequence", JSON.stringify(row.sequence)],
    ["subject", JSON.stringify(row.subject)],
  ];
  const text = members.map(([name, value]) => `"${name}":${value}`).join(",");
  return createHash("sha256").update(`{${text}}`).digest("hex");
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    sequence: row.sequence,
    at: row.at,
    actor: row.actor,
    action: row.action,
    subject: row.subject,
    reason: row.reason,
    details: JSON.parse(row.details),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
