import type { ChangeOrigin } from "./audit.ts";

export interface FaqRecord {
  faqId: string;
  revision: number;
  state: "draft" | "in-review" | "published" | "superseded" | "withdrawn" | "returned";
  /** JSON of publishing's FaqContent. */
  content: unknown;
  createdBy: string;
  createdAt: string;
  publishedAt: string | null;
  retiredAt: string | null;
}

export interface FaqStore {
  /** Grows with every change of what is published. */
  revision(): Promise<number>;
  /** A new entry, or the next revision of one; earlier drafts and returned revisions become `superseded`. */
  saveDraft(faqId: string, content: unknown, at: Date, origin: ChangeOrigin): Promise<FaqRecord>;
  get(faqId: string, revision?: number): Promise<FaqRecord | undefined>;
  /** The newest revision of every entry, or the newest that is in a state; by entry. */
  list(filter?: { state?: FaqRecord["state"] }): Promise<FaqRecord[]>;
  /** As published at an instant; default now. */
  published(asOf?: Date): Promise<FaqRecord[]>;
}
