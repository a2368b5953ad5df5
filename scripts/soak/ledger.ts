/** One message that somebody wrote, and what became of it. Times by `performance.now()`. */
export interface Exchange {
  messageId: string;
  chatId: string;
  firstPushAt: number;
  /** When a push of it was acknowledged with 200. */
  acceptedAt?: number;
  pushes: number;
  /** The platform does not take a reply (the bot has left the group). */
  unreachable: boolean;
  /** Outbox ids of the replies, with the time of the first message of each. */
  replies: Map<string, number>;
}

export interface Ledger {
  readonly exchanges: ReadonlyMap<string, Exchange>;
  begin(exchange: Pick<Exchange, "messageId" | "chatId" | "unreachable">): Exchange;
  noteReply(messageId: string, replyId: string): void;
  /** Acknowledged and not answered. */
  open(): Exchange[];
}

export function createLedger(): Ledger {
  const exchanges = new Map<string, Exchange>();
  return {
    exchanges,
    begin(given) {
      const exchange: Exchange = { ...given, firstPushAt: performance.now(), pushes: 0, replies: new Map() };
      exchanges.set(given.messageId, exchange);
      return exchange;
    },
    noteReply(messageId, replyId) {
      const replies = exchanges.get(messageId)?.replies;
      if (replies && !replies.has(replyId)) replies.set(replyId, performance.now());
    },
    open: () =>
      [...exchanges.values()].filter(
        ({ acceptedAt, replies, unreachable }) =>
          acceptedAt !== undefined && replies.size === 0 && !unreachable,
      ),
  };
}

/** `<outbox id>`, `-2` its second part, `-t` as text, `-f1` a file, `-q` a line instead of a mark. */
export function toReplyId(uuid: string | undefined, messageId: string): string {
  if (uuid === undefined) return messageId;
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(uuid)?.[0] ?? uuid;
}
