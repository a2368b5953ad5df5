export interface InboxRecord {
  /** Primary key: `channel` + the platform's own message id, with the tenant where the platform has one. */
  channel: string;
  messageKey: string;
  state: "accepted" | "answering" | "done";
  /** JSON of conversation's InboundMessage. */
  message: unknown;
  sessionKey: string;
  attempts: number;
  acceptedAt: string;
  /** JSON: what the channel needs to take up the message that it had opened for the reply before this attempt. */
  stream?: unknown;
}

export interface OutboxRecord {
  outboxId: string;
  channel: string;
  /** The message that this replies to; unique with the channel, so one message has one reply. */
  messageKey: string;
  /** JSON of conversation's OutgoingReply. */
  reply: unknown;
  state: "pending" | "delivered" | "dead";
  attempts: number;
  /** Not to be tried before. */
  dueAt: string;
  /** The platform's id of the delivered reply. */
  receipt: string | null;
  lastError: string | null;
  createdAt: string;
  /** Lower goes first: 0 answers, 1 what tickets have to say, 2 pushes. Absent: 0. */
  priority?: number;
  /** Where it goes, as far as the platform limits it: `feishu:oc_…`. Absent: limited by nothing. */
  lane?: string;
}

export interface TurnRecord {
  turnId: string;
  sessionKey: string;
  channel: string;
  messageKey: string;
  question: string;
  /** The question as understood, with what earlier turns added. */
  resolvedQuestion: string;
  /** JSON of answering's Answer. */
  answer: unknown;
  at: string;
  /** JSON of conversation's Asker: who asked where, and how to reply there; null for turns before this was kept. */
  asker?: unknown;
}

export type WithdrawnMessage =
  /** `unknown`: no such message. */
  | { outcome: "unknown" | "kept" }
  /** There is no reply, and there will be none. `stream`: what was opened by an attempt that is no longer in work. */
  | { outcome: "withdrawn"; message: unknown; stream?: unknown }
  /** The reply was sent already, as this receipt; what it was, with its turn when it had one. */
  | { outcome: "delivered"; receipt: string | null; reply: unknown; turn?: TurnRecord };

export interface ConversationStore {
  /** Writes the message unless its key is known. `duplicate` means that it was accepted before, however long ago. */
  acceptMessage(record: Omit<InboxRecord, "state" | "attempts">): Promise<"accepted" | "duplicate">;
  /**
   * Like `acceptMessage`, and takes the message at once, as `claimNextMessage` would, when none of its session waits or is in
   * work: one change instead of two. Absent where other processes take in and claim as well.
   */
  acceptAndClaim?(
    record: Omit<InboxRecord, "state" | "attempts">,
    at: Date,
  ): Promise<"accepted" | "duplicate" | InboxRecord>;
  /** Takes the oldest accepted message whose session has none in work; marks it `answering`, counts the attempt. */
  claimNextMessage(at: Date): Promise<InboxRecord | undefined>;
  /** After a restart: messages in `answering` become `accepted` again. Returns how many. */
  releaseClaims(): Promise<number>;
  /**
   * Keeps what the channel needs to take up the message that it opened for the reply. No effect on a message that is
   * not in work.
   */
  noteStream(channel: string, messageKey: string, stream: unknown): Promise<void>;
  /**
   * The asker took the question back. Waiting or in work: done without a reply, and a reply that is completed
   * afterwards is refused as for a message that is done. A reply that is not delivered yet is dropped; one that is
   * delivered afterwards cannot be noted (`not-found`). The turn goes. `keep`: told of the message (null: its content is
   * gone already), says that it stays as it is.
   */
  withdrawMessage(
    channel: string,
    messageKey: string,
    at: Date,
    keep?: (message: unknown) => boolean,
  ): Promise<WithdrawnMessage>;
  /**
   * One transaction: the reply into the outbox, the turn (when there is one) into history, the message `done`.
   * Throws `conflict`, and changes nothing, when the message has a reply already or was never accepted.
   */
  completeMessage(input: {
    channel: string;
    messageKey: string;
    outbox: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">;
    turn?: TurnRecord;
  }): Promise<void>;
  /**
   * A message that answers nothing: a correction, a digest. One transaction: a finished inbox row under its key, the
   * outbox row, the turn when there is one. `duplicate`: the key is known, nothing was written.
   */
  enqueueNotice(input: {
    channel: string;
    /** Unique in the channel for ever: `correction:<turnId>:<eventId>`, `digest:2026-11-23:<user>`. */
    messageKey: string;
    sessionKey: string;
    outbox: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">;
    turn?: TurnRecord;
  }): Promise<"enqueued" | "duplicate">;
  /** Turns at or after an instant, oldest first, in batches. */
  eachTurnSince(
    since: Date,
    batchSize: number,
    onBatch: (batch: TurnRecord[]) => void | Promise<void>,
  ): Promise<void>;
  /** Pending replies that are due and not in these lanes, by priority, then oldest first. */
  dueReplies(at: Date, limit: number, withoutLanes?: readonly string[]): Promise<OutboxRecord[]>;
  /** The dead replies, latest first. */
  deadReplies(limit: number): Promise<OutboxRecord[]>;
  /** The reply or notice under a key; undefined when there is none, or none any more. */
  replyOf(
    channel: string,
    messageKey: string,
  ): Promise<Pick<OutboxRecord, "state" | "receipt" | "lastError"> | undefined>;
  /** JSON of conversation's OutgoingReply, as it was written; undefined when there is none, or none any more. */
  readReply(outboxId: string): Promise<unknown>;
  /** Keys of the replies and notices that were delivered as these messages of the platform. */
  keysOf(channel: string, receipts: readonly string[]): Promise<string[]>;
  markDelivered(outboxId: string, receipt: string, at: Date): Promise<void>;
  markFailed(outboxId: string, error: string, retryAt: Date | null): Promise<void>;
  /** The latest turns of a session, oldest first. */
  recentTurns(sessionKey: string, limit: number): Promise<TurnRecord[]>;
  getTurn(turnId: string): Promise<TurnRecord | undefined>;
  /** Whether somebody was answered in a direct chat before, and did not have it deleted. */
  spokeDirectly(channel: string, userId: string): Promise<boolean>;
  /** The turn of a message. */
  turnOf(channel: string, messageKey: string): Promise<TurnRecord | undefined>;
  /**
   * Removes what a person said and was told: turns, and the content of finished inbox and outbox rows; their keys stay
   * known. Messages still to be answered and replies still to be delivered stay.
   * Returns how many turns.
   */
  eraseUser(channel: string, userId: string): Promise<number>;
  /** Counts by state, for doctor, readiness and metrics. */
  counts(): Promise<{ inbox: Record<string, number>; outbox: Record<string, number> }>;
  /** Deletes finished rows older than an instant. Never younger than the longest re-delivery of a platform. */
  pruneFinished(before: Date): Promise<number>;
}
