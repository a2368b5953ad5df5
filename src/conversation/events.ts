/** What happens in the conversation, for metrics. */
export type ConversationEvent =
  | { type: "received"; channel: string; acceptance: "accepted" | "duplicate" | "ignored" }
  /** `durationMs`: answering; `waitedMs`: in the queue before. */
  | { type: "replied"; channel: string; kind: string; durationMs: number; waitedMs: number }
  | { type: "delivered"; channel: string; attempts: number }
  | { type: "delivery-failed"; channel: string; attempts: number; dead: boolean };
