import type { ChangeOrigin } from "./audit.ts";

export interface EnterpriseRecord {
  enterpriseId: string;
  name: string | null;
  /** Unique among enterprises that are not deleted. */
  creditCode: string | null;
  createdBy: string;
  createdAt: string;
  updatedAt: string;
}

export interface FactRecord {
  /** Grows; a later one of the same field displaces an earlier one unless the caller says otherwise. */
  factId: number;
  enterpriseId: string;
  field: string;
  /** JSON of enterprises' FactValue. */
  value: unknown;
  /** JSON of enterprises' FactSource. */
  source: unknown;
  /** Of the source: message, file line, request. With the field it is unique in the enterprise. */
  reference: string;
  at: string;
  period: string | null;
  validTo: string | null;
  confirmedAt: string | null;
  /** `current`: counts. `conflicting`: said, but a stronger source counts. `replaced`: history. */
  state: "current" | "conflicting" | "replaced";
}

export type NewFact = Omit<FactRecord, "factId" | "enterpriseId" | "confirmedAt"> & { confirmedAt?: string };

export interface NewEnterprise {
  enterpriseId: string;
  name: string | null;
  creditCode: string | null;
  facts: readonly NewFact[];
}

export interface EnterpriseMember {
  enterpriseId: string;
  account: string;
  joinedAt: string;
}

/** What a dialogue has asked, by session; JSON of the conversation's own. */
export interface DialogueRecord {
  sessionKey: string;
  account: string;
  enterpriseId: string | null;
  state: unknown;
  updatedAt: string;
}

/**
 * Profiles. Audit entries name the enterprise and the fields, never a value. What is deleted is gone; only its id stays in
 * the audit log.
 */
export interface EnterpriseStore {
  /** One transaction: enterprise and its first member. Throws `conflict` when the code is taken. */
  create(
    enterprise: { enterpriseId: string; name: string | null; creditCode: string | null },
    member: string | null,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<EnterpriseRecord>;
  /**
   * One transaction: new enterprises without members, each with the facts that are said of it first, at most one a field.
   * Nothing is written when an id or a code is taken.
   */
  createMany(enterprises: readonly NewEnterprise[], at: Date, origin: ChangeOrigin): Promise<void>;
  get(enterpriseId: string): Promise<EnterpriseRecord | undefined>;
  findByCreditCode(creditCode: string): Promise<EnterpriseRecord | undefined>;
  /** By name (contains) or code (starts with), newest first. */
  list(filter?: { search?: string; limit?: number }): Promise<EnterpriseRecord[]>;
  /** In batches ordered by id, after an id: resumable. */
  eachBatch(afterId: string | null, size: number): Promise<EnterpriseRecord[]>;
  rename(
    enterpriseId: string,
    identity: { name?: string; creditCode?: string | null },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<EnterpriseRecord>;
  /** Newest membership first. */
  enterprisesOf(account: string): Promise<EnterpriseRecord[]>;
  membersOf(enterpriseId: string): Promise<EnterpriseMember[]>;
  addMember(enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  removeMember(enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  specialistsOf(enterpriseId: string): Promise<string[]>;
  assignedTo(account: string): Promise<EnterpriseRecord[]>;
  assignSpecialist(enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  unassignSpecialist(enterpriseId: string, account: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** All facts that are not `replaced`, newest first. */
  factsOf(enterpriseId: string): Promise<FactRecord[]>;
  /** All facts, `replaced` ones included, newest first: for giving a person what is kept of them. */
  historyOf(enterpriseId: string): Promise<FactRecord[]>;
  /** Of many at once, for the reverse match; every id is in the map. */
  factsOfMany(enterpriseIds: readonly string[]): Promise<Map<string, FactRecord[]>>;
  /**
   * One transaction. A fact whose (field, reference) is known is left out; one that comes as `current` makes the present
   * current one `replaced`, or, when `keep` names its field, `conflicting`. Without `keep` it settles its field: earlier
   * conflicts of it are `replaced` as well. Returns those written.
   */
  addFacts(
    enterpriseId: string,
    facts: readonly NewFact[],
    at: Date,
    origin: ChangeOrigin,
    keep?: readonly string[],
  ): Promise<FactRecord[]>;
  /** Current facts count as confirmed, conflicts with them as settled. Returns how many were not confirmed before. */
  confirmFacts(enterpriseId: string, at: Date, origin: ChangeOrigin): Promise<number>;
  /** Removes every fact of a field, history included. */
  removeField(enterpriseId: string, field: string, at: Date, origin: ChangeOrigin): Promise<number>;
  /** Removes the enterprise with everything that hangs on it: facts, members, bindings, subscriptions, reminders, files. */
  remove(enterpriseId: string, at: Date, origin: ChangeOrigin): Promise<{ facts: number }>;
  /** At most one enterprise for a chat. Throws `conflict` when another is bound. */
  bindChat(chat: string, enterpriseId: string, at: Date, origin: ChangeOrigin): Promise<void>;
  unbindChat(chat: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  boundTo(chat: string): Promise<EnterpriseRecord | undefined>;
  chatsOf(enterpriseId: string): Promise<string[]>;
  getDialogue(sessionKey: string): Promise<DialogueRecord | undefined>;
  saveDialogue(record: DialogueRecord): Promise<void>;
  removeDialogues(account: string): Promise<number>;
  /**
   * One transaction: the account's memberships, assignments, dialogues and files go; in facts that stay with an enterprise of
   * others `instead` takes the place of its name. Returns how many such facts. Enterprises that are theirs alone are
   * removed before.
   */
  forgetAccount(account: string, instead: string, at: Date, origin: ChangeOrigin): Promise<{ facts: number }>;
  /** Generated files (reports, exports), handed out by id. */
  saveFile(file: StoredFile): Promise<void>;
  getFile(fileId: string): Promise<StoredFile | undefined>;
  /** Deletes files older than an instant. */
  pruneFiles(before: Date): Promise<number>;
  /** Deletes the files of an account, whatever enterprise they are about. */
  removeFiles(account: string): Promise<number>;
}

export interface StoredFile {
  fileId: string;
  /** Whose it is; only they (and the enterprise's other members) may fetch it. */
  account: string;
  enterpriseId: string | null;
  name: string;
  mediaType: string;
  bytes: Uint8Array;
  createdAt: string;
}
