import type { Audience } from "../../access/index.ts";
import type {
  Enterprise,
  EnterpriseService,
  Profile,
  ProfileLexicon,
  ProfileReader,
} from "../../enterprises/index.ts";
import type { CatalogueEntry, Lists, MatchEngine, MatchResult } from "../../matching/index.ts";
import type { IdSource, Logger } from "../../shared/index.ts";
import type { EnterpriseStore, ReminderRecord, SubscriptionRecord } from "../../storage/index.ts";
import type { CitationUrl } from "../render-answer.ts";
import type { Reply } from "../types.ts";

export type Language = "zh" | "en";

export interface MatchingSkillOptions {
  enterprises: EnterpriseService;
  reader: ProfileReader;
  lexicon: ProfileLexicon;
  /** Of the programs that this audience may learn of. */
  engineFor(day: string, audience: Audience): Promise<MatchEngine>;
  /** Entries that this audience may learn of. */
  entriesFor(day: string, audience: Audience): Promise<readonly CatalogueEntry[]>;
  dialogues: Pick<EnterpriseStore, "getDialogue" | "saveDialogue">;
  files: Pick<EnterpriseStore, "saveFile">;
  /** The address of a generated file; channels make a relative one whole. */
  fileUrl?(fileId: string): string;
  /** Absent: questions for lists stay with the answering part. */
  lists?: MatchingLists;
  /** Absent: says that pushes are off here. */
  outreach?: MatchingOutreach;
  /** Absent: says that reports are off here. */
  report?(request: ReportRequest): Promise<readonly ReportFile[]>;
  /** Sends a reply to a person's direct chat, once for a key; false when their platform has no direct chats. */
  notify?(account: string, key: string, reply: Reply): Promise<boolean>;
  citationUrl?: CitationUrl;
  ids: IdSource;
  logger: Logger;
}

/** The maintained lists, as the chat uses them. */
export type MatchingLists = Pick<Lists, "findListWish" | "search" | "all" | "toXlsx">;

export interface ReportRequest {
  enterprise: Enterprise;
  profile: Profile;
  result: MatchResult;
  /** `YYYY-MM-DD`. */
  today: string;
  language: Language;
}

export interface ReportFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** Pushes and reminders that a person asks for. */
export interface MatchingOutreach {
  subscribe(
    request: Pick<SubscriptionRecord, "account" | "enterpriseId" | "kind" | "topic" | "cadence">,
    at: Date,
  ): Promise<SubscriptionRecord>;
  /** How many were on. */
  unsubscribe(
    account: string,
    filter: { kind?: SubscriptionRecord["kind"]; topic?: string },
    at: Date,
  ): Promise<number>;
  subscriptionsOf(account: string): Promise<readonly SubscriptionRecord[]>;
  /** False: it stands already. */
  remind(request: ReminderRequest, at: Date): Promise<boolean>;
  remindersOf(account: string): Promise<readonly ReminderRecord[]>;
  /** False: there is none such of this account. */
  cancelReminder(account: string, reminderId: string): Promise<boolean>;
}

export interface ReminderRequest {
  account: string;
  enterpriseId: string | null;
  programId: string;
  programName: string;
  /** `YYYY-MM-DD`. */
  dueOn: string;
  /** For people: what will hold from then on. No business figures. */
  what: string;
}

/** Chinese unless they write English. */
export function say(language: Language, chinese: string, english: string): string {
  return language === "zh" ? chinese : english;
}
