import type { ChangeOrigin } from "./audit.ts";

export interface TicketRecord {
  ticketId: string;
  /** `20261123-0007`: unique. */
  number: string;
  revision: number;
  status: string;
  askerAccount: string;
  sessionKey: string;
  enterpriseId: string | null;
  category: string;
  urgency: string;
  openedAt: string;
  updatedAt: string;
  closedAt: string | null;
  /** JSON of triage's Ticket. */
  content: unknown;
}

/** What is looked up by task; the task itself stands in the ticket's content. */
export interface TaskRecord {
  taskId: string;
  ticketId: string;
  department: string;
  assignee: string | null;
  state: string;
  urgency: string;
  queuedAt: string;
  /** When its clocks want to be looked at next; null: not. */
  checkAt: string | null;
}

export interface TicketEventRecord {
  ticketId: string;
  sequence: number;
  at: string;
  by: string;
  kind: string;
  taskId: string | null;
  /** Unique in the ticket. */
  key: string;
  /** JSON of triage's TicketEvent. */
  content: unknown;
}

export interface EffectRecord {
  /** Unique for ever. */
  key: string;
  ticketId: string;
  /** JSON of triage's TicketEffect. */
  content: unknown;
  state: "pending" | "sent" | "unreachable";
  attempts: number;
  dueAt: string;
}

/** A message of the platform that shows a task, kept true by editing it. */
export interface CardRecord {
  cardId: string;
  ticketId: string;
  taskId: string;
  channel: string;
  /** Group, or the person's id for a direct chat. */
  chatId: string;
  chatKind: "group" | "direct";
  /** Key of the notice that put it there, and of the latest edit under way. */
  noticeKey: string;
  /** The platform's id of the message; null until delivered. */
  receipt: string | null;
  /** Revision of the ticket that it shows (or will, when the notice is delivered). */
  shownRevision: number;
  /** `gone`: the place cannot be reached any more. */
  state: "live" | "gone";
}

export interface TicketChange {
  ticket: TicketRecord;
  tasks: readonly TaskRecord[];
  events: readonly TicketEventRecord[];
  effects: readonly Omit<EffectRecord, "state" | "attempts">[];
}

export interface TicketFilter {
  statuses?: readonly string[];
  /** Any task of the ticket is with it. */
  department?: string;
  departments?: readonly string[];
  assignee?: string;
  askerAccount?: string;
  enterpriseId?: string;
  category?: string;
  urgency?: string;
  openedFrom?: string;
  openedTo?: string;
  /** In number or content. */
  search?: string;
  /** Open ones only (neither closed, cancelled nor merged). */
  open?: boolean;
  before?: { openedAt: string; ticketId: string };
  /** Default 50, at most 1000. */
  limit?: number;
}

/** A revision of a part of the desk's settings. */
export interface SettingsRecord {
  part: string;
  revision: number;
  /** JSON. */
  content: unknown;
  origin: "file" | "desk";
  contentHash: string;
  by: string;
  at: string;
  reason: string | null;
}

export interface AbsenceRecord {
  absenceId: string;
  account: string;
  from: string;
  to: string;
  deputy: string | null;
  note: string | null;
  cancelledAt: string | null;
}

/** A question that no document answers, folded from turns. */
export interface GapRecord {
  gapId: string;
  /** The question that stands for the group. */
  question: string;
  /** Normalised wordings with counts. JSON. */
  wordings: unknown;
  count: number;
  askers: number;
  firstAt: string;
  lastAt: string;
  state: "open" | "answered" | "dismissed";
  by: string | null;
  note: string | null;
}

/** Tickets, their tasks, log and messages. Every change is one transaction with an entry of the audit log (ids and kinds, no texts). */
export interface TicketStore {
  /** The next number of a day: `20261123-0007`. Gaps may occur, repeats not. */
  nextNumber(day: string): Promise<string>;
  /** `duplicate`: a ticket with this request key is there; nothing is written, its id is given. */
  create(
    change: TicketChange,
    requestKey: string,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<{ outcome: "created" | "duplicate"; ticketId: string }>;
  get(ticketId: string): Promise<TicketRecord | undefined>;
  getByNumber(number: string): Promise<TicketRecord | undefined>;
  eventsOf(ticketId: string): Promise<TicketEventRecord[]>;
  hasEvent(ticketId: string, key: string): Promise<boolean>;
  /** Ids of the tickets that log this key. */
  ticketsWithEvent(key: string): Promise<string[]>;
  /** `stale`: the ticket is not at `expectedRevision`; `repeated`: an event key is known. Nothing is written then. */
  commit(
    change: TicketChange,
    expectedRevision: number,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<"committed" | "stale" | "repeated">;
  /** Two tickets in one transaction, for merging. */
  commitBoth(
    first: { change: TicketChange; expectedRevision: number },
    second: { change: TicketChange; expectedRevision: number },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<"committed" | "stale" | "repeated">;
  /** Newest first. */
  list(filter?: TicketFilter): Promise<TicketRecord[]>;
  count(filter?: TicketFilter): Promise<number>;
  /** In batches by id, after an id; for figures. */
  eachBatch(afterId: string | null, size: number, filter?: TicketFilter): Promise<TicketRecord[]>;
  /** Tickets with a task whose clocks are due for a look, oldest first. */
  dueTickets(at: Date, limit: number): Promise<string[]>;
  /** Tasks that have not ended (neither `closed` nor `cancelled`), by person and department; the oldest first. */
  openTasks(filter?: { department?: string; assignee?: string }): Promise<TaskRecord[]>;
  /** Moves the next look at a task's clocks, where what counts has changed beside the ticket (hours, days off). */
  moveCheck(taskId: string, checkAt: string | null): Promise<void>;
  /** Pending effects that are due, in the order of insertion; one that has to wait holds back those behind it in its ticket. */
  dueEffects(at: Date, limit: number): Promise<EffectRecord[]>;
  markEffect(key: string, state: "sent" | "unreachable" | "pending", retryAt?: Date): Promise<void>;
  /** Nothing when its id is known. Throws `not-found` without the ticket. */
  addCard(card: CardRecord): Promise<void>;
  updateCard(cardId: string, change: Partial<Omit<CardRecord, "cardId">>): Promise<void>;
  cardsOf(ticketId: string): Promise<CardRecord[]>;
  /** Of all tasks that have not ended, where they stand. */
  liveCardsOfOpenTasks(): Promise<Pick<CardRecord, "taskId" | "channel" | "chatId">[]>;
  /** Live cards behind their ticket's revision, or without a receipt yet, oldest first. */
  staleCards(limit: number): Promise<CardRecord[]>;
  /** By the first of the receipts that is known. */
  findCard(channel: string, receipts: readonly string[]): Promise<CardRecord | undefined>;
  /** Newest revision of every part. */
  settings(): Promise<SettingsRecord[]>;
  settingsHistory(part: string): Promise<SettingsRecord[]>;
  /** Throws `conflict` when the part is not at `expectedRevision` (0: none yet). */
  saveSettings(
    record: Omit<SettingsRecord, "revision">,
    expectedRevision: number,
    origin: ChangeOrigin,
  ): Promise<SettingsRecord>;
  /** `at`: when it was said, for the log; without it the log has its beginning. */
  addAbsence(absence: Omit<AbsenceRecord, "cancelledAt">, origin: ChangeOrigin, at?: Date): Promise<void>;
  cancelAbsence(absenceId: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** Not cancelled, ending after an instant. */
  absences(after: Date): Promise<AbsenceRecord[]>;
  getDialogue(
    sessionKey: string,
  ): Promise<{ account: string; state: unknown; updatedAt: string } | undefined>;
  saveDialogue(record: {
    sessionKey: string;
    account: string;
    state: unknown;
    updatedAt: string;
  }): Promise<void>;
  /** Gaps are folded by triage; the store keeps them and how far turns were read. */
  gaps(filter?: { state?: GapRecord["state"]; limit?: number }): Promise<GapRecord[]>;
  saveGaps(gaps: readonly GapRecord[], readUntil: string): Promise<void>;
  gapsReadUntil(): Promise<string | null>;
  decideGap(
    gapId: string,
    state: GapRecord["state"],
    at: Date,
    origin: ChangeOrigin,
    note?: string,
  ): Promise<boolean>;
  /**
   * What a person said and who they are goes from their tickets, events, effects and dialogues (`erase` rewrites the JSON);
   * numbers, states and times stay for the figures. Without `erase.effect` nothing is kept of effects, and those that wait
   * do not go out. Every ticket is one revision further, so that its cards are drawn anew. Returns how many tickets.
   */
  forgetAsker(
    account: string,
    erase: {
      ticket(content: unknown): unknown;
      event(content: unknown): unknown;
      effect?(content: unknown): unknown;
    },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<number>;
}
