import type { Access, Actor } from "../../access/index.ts";
import type { Logger } from "../../shared/index.ts";
import type { TicketStore } from "../../storage/index.ts";
import type {
  CategoryDefinition,
  CategoryId,
  DeskOffice,
  FeedbackDesk,
  GapDesk,
  SettingsDesk,
  TicketDesk,
} from "../../triage/index.ts";
import type { FileToSave } from "../tickets/ticket-parts.ts";
import type { InboundMessage, Reply, SkillContext } from "../types.ts";

export interface OfficeSkillOptions {
  settings: SettingsDesk;
  office: Pick<
    DeskOffice,
    "describeFigures" | "figuresFile" | "suggestRouting" | "adoptRouting" | "draftFaq"
  >;
  gaps: Pick<GapDesk, "list" | "decide">;
  feedback: Pick<FeedbackDesk, "list" | "figures">;
  desk: Pick<TicketDesk, "list">;
  access: Pick<Access, "actorOf" | "grant" | "revoke">;
  categories: ReadonlyMap<CategoryId, CategoryDefinition>;
  /** Pending registrations (`office:register:…`) and changes (`office:change:…`). */
  dialogues: Pick<TicketStore, "getDialogue" | "saveDialogue">;
  /** Accounts of the role admin. */
  listAdmins(): Promise<readonly string[]>;
  /** To a person's direct chat, once for a key; false when they cannot be reached there. */
  notifyPerson(account: string, key: string, reply: Reply): Promise<boolean>;
  /** Keeps charts and workbooks for the reader; returns the id. */
  saveFile(file: FileToSave): Promise<string>;
  logger: Logger;
}

/** One message in work. */
export interface OfficeTurn {
  options: OfficeSkillOptions;
  message: InboundMessage;
  context: SkillContext;
  at: Date;
  /** Of what is done for it: the same message does it once. */
  key: string;
  /** What concerns the same thing is done one after the other. */
  inTurn<T>(subject: string, work: () => Promise<T>): Promise<T>;
}

/** Enters what people do to their own registration: they have no right to change settings, and need none. */
export const OFFICE: Actor = { account: "system:desk", roles: new Set(["admin"]) };
