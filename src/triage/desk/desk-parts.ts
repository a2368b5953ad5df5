import type { Role } from "../../access/index.ts";
import type { Clock, IdSource, Logger } from "../../shared/index.ts";
import type { TicketStore } from "../../storage/index.ts";
import type { Absence, Classifier, DeskSettings, RefineClassification, WorkCalendar } from "../types.ts";

/** A closed ticket as the draft of a frequent question: without personal data, with the documents' clauses it stood on. */
export interface FaqDraft {
  question: string;
  answer: string;
  sources: readonly { documentId: string; section: string; quote: string }[];
  owner: string;
}

export interface TicketDeskOptions {
  store: TicketStore;
  classifier: Classifier;
  /** Absent: rules alone. */
  refine?: RefineClassification;
  /** As they are now. */
  settings(): DeskSettings;
  calendar(): WorkCalendar;
  absences(): readonly Absence[];
  rolesOf(account: string): Promise<ReadonlySet<Role>>;
  /** Accounts of administrators. */
  listAdmins(): Promise<readonly string[]>;
  /** Whether the bot can write to this person or group at all; asked before something is left to them. */
  canReach(place: { account: string } | { group: string }): boolean;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export const SYSTEM_ACCOUNT = "system:desk";
