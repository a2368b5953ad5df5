import type { ChangeOrigin } from "./audit.ts";

export interface SubscriptionRecord {
  subscriptionId: string;
  account: string;
  enterpriseId: string | null;
  /** `programs`: policy finds the enterprise. `event`: one event of the calendar (`topic` is its entry). */
  kind: "programs" | "event";
  topic: string | null;
  cadence: "at-once" | "daily" | "weekly";
  /** `HH:MM`, Asia/Shanghai; nothing goes out from `quietFrom` until `quietTo`. */
  quietFrom: string;
  quietTo: string;
  /** At most so many messages in seven days. */
  weeklyLimit: number;
  consentedAt: string;
  /** Null: on. */
  endedAt: string | null;
}

export interface OutreachRun {
  runId: string;
  /** `program:P02@3`, `document-event:17`; unique: a trigger runs once. */
  trigger: string;
  /** JSON: the programs that are looked at. */
  programs: unknown;
  /** The last enterprise that is done; the run goes on behind it. */
  cursor: string | null;
  state: "running" | "done";
  startedAt: string;
  finishedAt: string | null;
  seen: number;
  found: number;
}

export interface OutreachItem {
  itemId: number;
  runId: string;
  enterpriseId: string;
  account: string;
  programId: string;
  programRevision: number;
  /** JSON: verdict, reason, clause; without business figures. */
  reason: unknown;
  /** `withdrawn`: the program was taken back after it was sent; the receiver is told once. */
  state: "waiting" | "sent" | "dropped" | "withdrawn";
  dueAt: string;
  sentAt: string | null;
}

export interface ReminderRecord {
  reminderId: string;
  account: string;
  enterpriseId: string | null;
  /** `YYYY-MM-DD`. */
  dueOn: string;
  /** JSON: program, criterion, what will hold. */
  subject: unknown;
  state: "waiting" | "sent" | "cancelled";
  createdAt: string;
}

export interface OutreachStore {
  /** One that is on for the same account, kind, topic and enterprise takes the new settings and keeps its id. */
  subscribe(record: Omit<SubscriptionRecord, "endedAt">, origin: ChangeOrigin): Promise<SubscriptionRecord>;
  /** Ends one or all of an account; what was found for it and waits is `dropped`. Returns how many. */
  unsubscribe(
    account: string,
    filter: { subscriptionId?: string; kind?: SubscriptionRecord["kind"]; topic?: string },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<number>;
  /** On ones only. */
  subscriptionsOf(account: string): Promise<SubscriptionRecord[]>;
  subscribersOf(filter: {
    enterpriseIds?: readonly string[];
    kind: SubscriptionRecord["kind"];
    topic?: string;
  }): Promise<SubscriptionRecord[]>;
  /** Opens the run of a trigger, or gives the one that is there. */
  openRun(run: Pick<OutreachRun, "runId" | "trigger" | "programs">, at: Date): Promise<OutreachRun>;
  unfinishedRuns(): Promise<OutreachRun[]>;
  /**
   * One transaction: the found items and the cursor behind them. Items that the run has already, and those of enterprises
   * deleted meanwhile, are left out; `seen` is of this step. Throws `conflict` when the run is done.
   */
  advanceRun(
    runId: string,
    step: {
      cursor: string | null;
      seen: number;
      items: readonly Omit<OutreachItem, "itemId" | "sentAt">[];
      done: boolean;
    },
    at: Date,
  ): Promise<void>;
  /** Waiting items that are due, by account. */
  dueItems(at: Date, limit: number): Promise<OutreachItem[]>;
  /** Messages, not items: what one call of `markItems` marks as sent was one message to each account. */
  sentSince(account: string, since: Date): Promise<number>;
  /** `sent`, `dropped`, `waiting` (put off): of those that wait; `withdrawn`: of those that were sent. Others stay. */
  markItems(
    itemIds: readonly number[],
    change: { state: OutreachItem["state"]; dueAt?: string },
    at: Date,
  ): Promise<void>;
  /** In every state, by item: what there is of these programs, for these enterprises or for all. */
  itemsFor(filter: {
    programIds: readonly string[];
    enterpriseIds?: readonly string[];
  }): Promise<OutreachItem[]>;
  /** Sent items of a program that is no longer published. */
  sentItemsOf(programId: string): Promise<OutreachItem[]>;
  addReminder(reminder: Omit<ReminderRecord, "state">): Promise<boolean>;
  dueReminders(today: string, limit: number): Promise<ReminderRecord[]>;
  /** In every state, by day. */
  remindersOf(account: string): Promise<ReminderRecord[]>;
  markReminder(reminderId: string, state: ReminderRecord["state"]): Promise<void>;
  /** Removes everything of an account. */
  removeAccount(account: string, at: Date, origin: ChangeOrigin): Promise<number>;
}
