import type { Actor, Visibility } from "../access/index.ts";
import type { Answer, AnswerKind } from "../answering/index.ts";
import type { DocumentMatch, DocumentMetadata, OutlineNode, Sidecar } from "../knowledge/index.ts";
import type { LowConfidence, SourceFormat } from "../readers/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";
import type {
  AuditEntry,
  AuditVerdict,
  FaqRecord,
  ProposalRecord,
  SubmissionRecord,
  VersionState,
} from "../storage/index.ts";

/** What people see of a version's life: the stored state, `received` before it is read, `expired` by its dates. */
export type LifeState = "received" | VersionState | "expired";

export interface PublishingSettings {
  /** Publishing, withdrawing and changing validity need a second admin. Default true; false for teams of one. */
  secondAdmin: boolean;
  /** Those who asked so many days ago or later are told of a changed answer. Default 30. */
  correctionDays: number;
  /** Hosts (with their subdomains) from which links are fetched; empty: none. */
  allowedHosts: readonly string[];
  /** When the digest goes out, `HH:MM` Asia/Shanghai. Default 09:00. */
  digestAt: string;
  /** A validity that ends within so many days is announced. Default 60. */
  expiryNoticeDays: number;
  /** A draft older than so many days should have a final text. Default 180. */
  draftNoticeDays: number;
  /** Lines recognised with less confidence are shown for review. Default 0.9. */
  lowConfidence: number;
}

export interface ReceivedFile {
  bytes: Uint8Array;
  fileName: string;
  /** `chat`, `upload`, `api`, or the link. */
  source: string;
}

/** Words with how they changed; the runs without `removed` are the new text, those without `added` the old one. */
export interface MarkedRun {
  text: string;
  mark?: "added" | "removed";
}

export interface ClauseChange {
  kind: "added" | "removed" | "changed" | "moved";
  /** In the new version; for `removed` in the old one. */
  section: string;
  /** For `moved` and `changed`, when it was another. */
  previousSection?: string;
  runs: MarkedRun[];
}

export interface VersionDiff {
  fromVersionId: VersionId | null;
  toVersionId: VersionId | null;
  changes: ClauseChange[];
  unchanged: number;
  /** Fields of the metadata that differ. */
  metadata: { field: string; before: string; after: string }[];
}

/** How one answer would change. */
export interface AnswerChange {
  question: string;
  before: { kind: AnswerKind; conclusion: string; sections: string[] };
  after: { kind: AnswerKind; conclusion: string; sections: string[] };
  /** A golden question that was answered as expected and would no longer be. */
  regression: boolean;
  why: string;
}

/** Something outside the document that a publication touches: programs, enterprises (added by the matching part). */
export interface ImpactItem {
  subject: string;
  change: string;
  severity: "info" | "warning" | "regression";
}

export interface Impact {
  versionId: VersionId | null;
  documentId: DocumentId;
  diff: VersionDiff;
  golden: { asked: number; changed: AnswerChange[] };
  /** Published FAQ entries whose quoted source would vanish or change. */
  faq: ImpactItem[];
  /** From the sources that other parts register; by name. */
  others: { name: string; items: ImpactItem[] }[];
  /** At least one regression: approving needs an override with a reason. */
  blocked: boolean;
  /** Askers of the last `correctionDays` whose answers cite the document. */
  askersAffected: number;
  assessedAt: string;
}

/** Where other parts join the preview. */
export interface ImpactSource {
  name: string;
  assess(change: {
    documentId: DocumentId;
    from: VersionId | null;
    to: VersionId | null;
    diff: VersionDiff;
  }): Promise<ImpactItem[]>;
}

/** A metadata field as it is shown for review. */
export interface ReviewedField {
  name: keyof DocumentMetadata;
  label: string;
  value: string;
  /** 原文载明 · 推算 · 按规定默认 · 管理员填写 · 未载明. */
  basis: "stated" | "computed" | "default" | "admin" | "none";
}

export interface VersionReview {
  documentId: DocumentId;
  versionId: VersionId;
  number: number;
  state: LifeState;
  title: string;
  fileName: string | null;
  format: SourceFormat | null;
  metadata: DocumentMetadata;
  fields: ReviewedField[];
  outline: OutlineNode[];
  clauses: number;
  pages: number | null;
  warnings: string[];
  lowConfidence: LowConfidence[];
  match: DocumentMatch | null;
  visibility: Visibility;
  /** Who sent it in, who proposed, who decided. */
  submittedBy: string | null;
  openProposal: ProposalRecord | null;
}

export interface DocumentStatus {
  documentId: DocumentId;
  title: string;
  collection: string;
  visibility: Visibility;
  published: {
    versionId: VersionId;
    number: number;
    statusToday: string;
    publishedAt: string;
    expired: boolean;
  } | null;
  versions: { versionId: VersionId; number: number; state: LifeState; createdAt: string }[];
  openProposals: ProposalRecord[];
}

export interface SubmissionOutcome {
  submission: SubmissionRecord;
  /** Absent when it could not be read; the reason stands in the submission, the original is kept. */
  review?: VersionReview;
  /** It was there already, word for word. */
  duplicate: boolean;
}

/** What became of a request to change what is published. */
export type Decision =
  | { outcome: "done"; proposal: ProposalRecord }
  /** Waits for a second admin. */
  | { outcome: "waiting"; proposal: ProposalRecord }
  /** Blocked by regressions; nothing was written. */
  | { outcome: "blocked"; impact: Impact };

export interface Reasoned {
  reason?: string;
  /** Approve in spite of regressions; needs a reason. */
  override?: boolean;
  /** Names a request to submit, withdraw or roll back: repeated after a crash under its name, it is carried out once. */
  requestKey?: string;
}

/** Life of a version. Every call checks the actor's rights (`forbidden`) and writes the audit log. */
export interface ReviewDesk {
  /** Keeps the original, then reads it. A file that cannot be read leaves a failed submission, never nothing. */
  receiveFile(file: ReceivedFile, by: Actor): Promise<SubmissionOutcome>;
  receiveLink(url: string, by: Actor): Promise<SubmissionOutcome>;
  /** Takes up what an interrupted process left `received`, and reports each. Returns how many. */
  resumeSubmissions(report?: (outcome: SubmissionOutcome) => Promise<void>): Promise<number>;
  getReview(versionId: VersionId, by: Actor): Promise<VersionReview>;
  /** Corrected metadata make a new version of the same text; a published one stays until the new one is published. */
  correctMetadata(versionId: VersionId, changes: Sidecar, by: Actor, reason?: string): Promise<VersionReview>;
  /** Says that a `new` or `alike` text is a version of this document after all, or (null) a document of its own. */
  assignDocument(versionId: VersionId, documentId: DocumentId | null, by: Actor): Promise<VersionReview>;
  assessImpact(versionId: VersionId, by: Actor): Promise<Impact>;
  diff(from: VersionId | null, to: VersionId, by: Actor): Promise<VersionDiff>;
  /** 提交复核. */
  submit(versionId: VersionId, by: Actor, options?: Reasoned): Promise<Decision>;
  withdraw(documentId: DocumentId, by: Actor, options?: Reasoned): Promise<Decision>;
  rollback(documentId: DocumentId, by: Actor, options?: Reasoned): Promise<Decision>;
  /**
   * 发布 and the like: by another admin than the proposer, unless `secondAdmin` is off. Asked for again by the one who
   * approved, it is the same decision, and nothing is done twice.
   */
  approve(proposalId: string, by: Actor, options?: Reasoned): Promise<Decision>;
  /** 退回, with a reason; repeated by the same admin, the same decision. */
  reject(proposalId: string, by: Actor, reason: string): Promise<ProposalRecord>;
  cancel(proposalId: string, by: Actor): Promise<ProposalRecord>;
  setVisibility(
    documentId: DocumentId,
    visibility: Visibility,
    by: Actor,
    reason?: string,
  ): Promise<DocumentStatus>;
  listDocuments(by: Actor, filter?: { search?: string; state?: LifeState }): Promise<DocumentStatus[]>;
  getStatus(documentId: DocumentId, by: Actor): Promise<DocumentStatus>;
  listProposals(by: Actor): Promise<ProposalRecord[]>;
}

/** Where a FAQ answer comes from: a verbatim quote of a published clause. */
export interface FaqSourceQuote {
  documentId: DocumentId;
  section: string;
  quote: string;
}

export interface FaqContent {
  /** The first is the one shown. */
  questions: string[];
  answer: string;
  /** At least one. */
  sources: FaqSourceQuote[];
  /** Last day, inclusive; null: as long as its sources hold. */
  validUntil: string | null;
  /** Department or account that answers for it. */
  owner: string;
}

export interface FaqProblem {
  where: "questions" | "answer" | "sources" | "validUntil";
  /** In Chinese: what is wrong and what to do. */
  message: string;
}

export interface FaqDesk {
  /** Checks that quotes are verbatim and that every sentence follows from them; problems are listed, the draft is kept. */
  save(
    content: FaqContent,
    by: Actor,
    faqId?: string,
  ): Promise<{ record: FaqRecord; problems: FaqProblem[] }>;
  submit(faqId: string, by: Actor, options?: Reasoned): Promise<Decision>;
  withdraw(faqId: string, by: Actor, options?: Reasoned): Promise<Decision>;
  list(by: Actor): Promise<{ record: FaqRecord; content: FaqContent; problems: FaqProblem[] }[]>;
}

export interface AuditDesk {
  list(by: Actor, filter?: { subject?: string; limit?: number; before?: number }): Promise<AuditEntry[]>;
  verify(by: Actor, expectedHead?: string): Promise<AuditVerdict>;
}

/** An answer as it was given. */
export interface GivenAnswer {
  turnId: string;
  question: string;
  at: string;
  answer: Answer;
  /** Per citation: the version cited, and what became of it. */
  citations: {
    versionId: VersionId | null;
    number: number | null;
    state: LifeState | null;
    quoteHolds: boolean;
  }[];
}

/** One of the answers given lately, to be shown whole by its id. */
export interface GivenAnswerHead {
  turnId: string;
  question: string;
  at: string;
  kind: AnswerKind;
}

/** One line of the digest. */
export interface WatchFinding {
  kind: "expires-soon" | "expired" | "period-over" | "draft-overdue" | "quote-vanished" | "open-proposal";
  subject: string;
  title: string;
  /** In Chinese. */
  text: string;
  /** `YYYY-MM-DD`, where it is about a day. */
  day?: string;
}

export interface Publishing {
  review: ReviewDesk;
  faq: FaqDesk;
  audit: AuditDesk;
  /** Turns are private: admins and auditors only, each look is audited. */
  getAnswer(turnId: string, by: Actor): Promise<GivenAnswer>;
  /** Newest first; `text`: words of the question. Default: 20 of the last 30 days. The search is audited too. */
  findAnswers(
    by: Actor,
    filter?: { text?: string; days?: number; limit?: number },
  ): Promise<GivenAnswerHead[]>;
  /** What stands before its end, overdue or without a source, on a day. */
  watch(day?: string): Promise<WatchFinding[]>;
  /**
   * Compares the answers that were given lately with those of now, for every publication not looked at yet, and hands a
   * correction to `notify` for each that changed. Safe to repeat: a correction has a key that is used once.
   */
  runCorrections(notify: NotifyAsker): Promise<number>;
  /** Registered by other parts at start. */
  addImpactSource(source: ImpactSource): void;
}

/** Returns false when this correction had been handed over before. */
export type NotifyAsker = (correction: Correction) => Promise<boolean>;

export interface Correction {
  /** Used once, for ever. */
  key: string;
  turnId: string;
  question: string;
  askedAt: string;
  /** JSON of conversation's Asker. */
  asker: unknown;
  before: Answer;
  after: Answer;
  /** In Chinese (English when asked in English): what changed, for the asker. */
  summary: string;
}
