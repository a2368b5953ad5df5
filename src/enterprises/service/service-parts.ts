import type { Clock, IdSource } from "../../shared/index.ts";
import type {
  AuditStore,
  ConversationStore,
  EnterpriseRecord,
  EnterpriseStore,
  OutreachStore,
} from "../../storage/index.ts";
import type { Enterprise, ProfileLexicon, ProfileReader } from "../types.ts";

export interface EnterpriseServiceOptions {
  store: EnterpriseStore;
  conversation: Pick<ConversationStore, "eraseUser" | "eachTurnSince">;
  outreach: Pick<OutreachStore, "removeAccount" | "subscriptionsOf" | "remindersOf">;
  audit: Pick<AuditStore, "append">;
  lexicon: ProfileLexicon;
  /** Reads the cells of imported lists. */
  reader: Pick<ProfileReader, "readProfile">;
  ids: IdSource;
  /** For the audit entries of looks, which pass no instant. */
  clock: Clock;
}

export function toEnterprise({ enterpriseId, name, creditCode, createdAt }: EnterpriseRecord): Enterprise {
  return { enterpriseId, name, creditCode, createdAt };
}
