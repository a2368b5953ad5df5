import type { Actor, Audience } from "../../access/index.ts";
import type { Logger } from "../../shared/index.ts";
import type { TicketStore } from "../../storage/index.ts";
import type { AbsenceDesk, DraftAnswer, EnterpriseTraits, Ticket, TicketDesk } from "../../triage/index.ts";

export type Language = "zh" | "en";

/** What may be shown of an enterprise to those who work on its request. */
export interface EnterpriseBrief {
  enterpriseId: string;
  name: string | null;
  lines: readonly string[];
  traits: EnterpriseTraits;
}

export interface FileToSave {
  /** Of the message that brought it; the same key and name may give the same file. */
  key: string;
  /** Whose it is: the asker's, whoever of both sides sent it. */
  account: string;
  enterpriseId: string | null;
  name: string;
  mediaType: string;
  bytes: Uint8Array;
  at: Date;
}

/** Out of office, as specialists say it themselves. */
export interface TicketAbsences extends Pick<AbsenceDesk, "set" | "cancel" | "list"> {
  /** For “三个工作日”. Absent: every day is one. */
  isWorkday?: (day: string) => boolean;
}

export interface TicketSkillOptions {
  desk: TicketDesk;
  dialogues: Pick<TicketStore, "getDialogue" | "saveDialogue">;
  /** The asker's last questions of a session, oldest first. */
  recentQuestions(sessionKey: string, at: Date): Promise<readonly string[]>;
  /** Undefined: no profile that this person may pass on. Absent: profiles are off. */
  describeEnterprise?(actor: Actor, chat: string | null, at: Date): Promise<EnterpriseBrief | undefined>;
  /** What the documents say to it. Absent or null: no draft. */
  draftAnswer?(request: {
    question: string;
    context: readonly string[];
    audience: Audience;
  }): Promise<DraftAnswer | null>;
  /** Keeps a file of a ticket; returns its id. */
  saveFile(file: FileToSave): Promise<string>;
  /** Whether one of these messages is one that told the asker of this ticket. Absent: never. */
  isMessageOf?(ticket: Ticket, channel: string, messageIds: readonly string[]): Promise<boolean>;
  /** What is said first when a message tells of danger; null: it does not. Absent: the desk is asked about suspicious words. */
  safetyNoticeFor?(text: string): string | null;
  /** Absent: says that absences are kept by the administrators. */
  absences?: TicketAbsences;
  logger: Logger;
}

/** Chinese unless they write English. */
export function say(language: Language, chinese: string, english: string): string {
  return language === "zh" ? chinese : english;
}
