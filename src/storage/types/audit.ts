/** Who makes a change, and why: written to the audit log in the transaction of the change. */
export interface ChangeOrigin {
  /** `feishu:ou_…`, `cli:name`, `api:name`, `system:sync`. */
  actor: string;
  reason?: string;
  /** Further facts for the log; plain JSON without personal data. */
  details?: Readonly<Record<string, unknown>>;
}

export interface AuditEntry {
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  at: string;
  actor: string;
  /** `document.publish`, `version.submit`, `role.grant` … */
  action: string;
  /** `document:…`, `version:…`, `faq:…`, `account:…`. */
  subject: string;
  reason: string | null;
  /** Plain JSON. */
  details: unknown;
  previousHash: string;
  /** SHA-256 over the canonical JSON of everything above. */
  hash: string;
}

export type NewAuditEntry = Pick<AuditEntry, "at" | "actor" | "action" | "subject" | "reason" | "details">;

export type AuditVerdict =
  | { intact: true; entries: number; headHash: string }
  /** `entries`: sound ones before the break; `brokenAt`: the sequence where it is; `why`: for people, in Chinese. */
  | { intact: false; entries: number; brokenAt: number; why: string };

/** Append-only and chained: nothing here changes or deletes an entry, and the database refuses both by triggers. */
export interface AuditStore {
  append(entry: NewAuditEntry): Promise<AuditEntry>;
  /** Newest first, at most 100 unless told. Only the subject has an index; other filters walk back from the newest. */
  list(filter?: {
    subject?: string;
    actor?: string;
    action?: string;
    before?: number;
    limit?: number;
  }): Promise<AuditEntry[]>;
  /**
   * Recomputes the chain from the first entry. `expectedHead`: a hash noted elsewhere that must occur in the chain, so that
   * a cut-off end is found too.
   */
  verify(expectedHead?: string): Promise<AuditVerdict>;
}
