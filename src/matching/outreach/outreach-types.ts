import type { Audience } from "../../access/index.ts";
import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Clock, DocumentId, IdSource, Logger, VersionId } from "../../shared/index.ts";
import type {
  EnterpriseStore,
  KnowledgeStore,
  OutreachStore,
  ProgramStore,
  ReminderRecord,
  SubscriptionRecord,
} from "../../storage/index.ts";
import type { CatalogueDocuments } from "../catalogue/catalogue-documents.ts";
import type { Catalogue } from "../catalogue/create-catalogue.ts";
import type { Direction, MatchVerdict, Program } from "../types.ts";

export interface OutreachSettings {
  /** `HH:MM`, Asia/Shanghai. */
  quietFrom: string;
  quietTo: string;
  /** Messages in seven days. */
  weeklyLimit: number;
  /** Enterprises that are looked at in one step of a run. */
  batchSize: number;
  /** At most so many enterprises are looked at for a preview. */
  reachLimit: number;
}

export interface OutreachParts {
  store: OutreachStore;
  enterprises: Pick<EnterpriseStore, "eachBatch" | "factsOf" | "factsOfMany" | "membersOf" | "get">;
  programs: Pick<ProgramStore, "pendingEvents" | "markHandled" | "listPrograms" | "listEntries">;
  catalogue: Pick<Catalogue, "entries" | "revision">;
  /** For programs that stand again because of a new version of their document. */
  documents: Pick<CatalogueDocuments, "documentText" | "getClauses">;
  knowledge: Pick<KnowledgeStore, "publicationHistory">;
  directions: ReadonlyMap<string, Direction>;
  lexicon: ProfileLexicon;
  /** Where the park lies, widest first. */
  home?: readonly string[];
  /** What an account may learn of in its direct chat. Default: what is public. */
  audienceOf?(account: string): Promise<Audience>;
  settings?: Partial<OutreachSettings>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** A program in a message; quotes are verbatim. Nothing in it tells a figure of the enterprise. */
export interface OutreachProgram {
  programId: string;
  name: string;
  /** Set when one message is about several enterprises of the reader. */
  enterprise: string | null;
  /** `new`, `changed`: a new revision; `again`: stands again after its document was changed. Null: of no matter here. */
  news: "new" | "changed" | "again" | null;
  verdict: MatchVerdict;
  /** 符合文字条件, 可能符合，待确认, … */
  verdictLabel: string;
  /** What hit: need, industry, criteria. */
  reasons: string[];
  /** Criteria that are still to be confirmed, in the text's words. */
  open: string[];
  clause: { section: string; quote: string; start: number | null; end: number | null } | null;
  documentId: DocumentId | null;
  versionId: VersionId | null;
  documentTitle: string;
  documentStatus: string;
  programStatus: string;
  nextStep: string;
}

/** A message as plain data; the conversation renders it. */
export interface OutreachMessage {
  kind: "programs" | "withdrawal" | "reminder" | "event";
  headline: string;
  /** Empty where nothing is recommended: withdrawals and events. */
  programs: OutreachProgram[];
  lines: string[];
  footer: string;
  /** Whether the reader can end these messages with the command 退订. */
  canUnsubscribe: boolean;
}

/**
 * Hands a message over to a person's direct chat, at most once for a key: true when it was taken, now or before; false
 * when their platform has no direct chats. What it throws is tried again.
 */
export type NotifyPerson = (account: string, key: string, message: OutreachMessage) => Promise<boolean>;

export interface OutreachReminderRequest {
  account: string;
  enterpriseId: string | null;
  programId: string;
  programName: string;
  /** `YYYY-MM-DD`. */
  dueOn: string;
  what: string;
}

export interface Reach {
  programs: { programId: string; name: string; eligible: number; open: number }[];
  /** Enterprises for which at least one of them is met or unknown, and those among them who subscribed. */
  enterprises: number;
  subscribed: number;
  /** Enterprises that were looked at. */
  seen: number;
  /** True: there are more than were looked at; the counts are of those only. */
  capped: boolean;
}

/** Policy finds the enterprise: who wishes it, what is new for whom, and when it may be said. */
export interface Outreach {
  /** Consent, with its time. Throws AppError `unusable-input` for programs without an enterprise. */
  subscribe(
    request: Pick<SubscriptionRecord, "account" | "enterpriseId" | "kind" | "topic" | "cadence"> &
      Partial<Pick<SubscriptionRecord, "quietFrom" | "quietTo" | "weeklyLimit">>,
    at: Date,
  ): Promise<SubscriptionRecord>;
  /** How many were on. */
  unsubscribe(
    account: string,
    filter: { kind?: SubscriptionRecord["kind"]; topic?: string },
    at: Date,
  ): Promise<number>;
  subscriptionsOf(account: string): Promise<SubscriptionRecord[]>;
  /** False: it stands already. */
  remind(request: OutreachReminderRequest, at: Date): Promise<boolean>;
  remindersOf(account: string): Promise<ReminderRecord[]>;
  /** False: there is none such of this account that waits. */
  cancelReminder(account: string, reminderId: string): Promise<boolean>;
  /**
   * Looks the enterprises through for what has changed. Resumes what a killed process left. A call while one is under
   * way gets that one's outcome. Stops between two steps when the signal is aborted.
   */
  runPending(signal?: AbortSignal): Promise<{ runs: number; seen: number }>;
  /** Sends what is due: found programs, withdrawals, events, reminders. Never overlapping, safe to repeat. */
  sendDue(notify: NotifyPerson): Promise<{ messages: number }>;
  /** For whom these programs would be met or unknown today: counts only. */
  assessReach(programs: readonly Program[]): Promise<Reach>;
}
