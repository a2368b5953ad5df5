import type { Reply, ReplyStream } from "../../conversation/index.ts";

/** The pages get no more than ten a second. */
const PACE_MS = 100;
/** What was settled and never delivered (taken back, a stopped service) is shown no longer than this. */
const LEFT_OVER_MS = 60_000;

export interface PartialReply {
  clientMessageId: string;
  reply: Reply;
}

/** Replies that are being made, the latest state of each. Nothing of them is stored: the finished reply is. */
export interface Partials {
  /** Opening again goes on with the one that is open. */
  open(message: { session: string; messageKey: string; clientMessageId: string }): ReplyStream;
  /** The reply is there: nothing more is shown of its making. */
  end(messageKey: string): void;
  /** Of a session, for a page that comes in the middle. */
  of(session: string): PartialReply[];
  close(): void;
}

interface Entry {
  session: string;
  partial: { clientMessageId: string; reply?: Reply };
  timer?: NodeJS.Timeout | undefined;
  isDue: boolean;
}

export function createPartials(
  send: (session: string, partial: PartialReply) => void,
  paceMs: number = PACE_MS,
): Partials {
  const entries = new Map<string, Entry>();

  function sendNow(entry: Entry): void {
    const { session, partial } = entry;
    entry.isDue = false;
    if (partial.reply) send(session, { clientMessageId: partial.clientMessageId, reply: partial.reply });
    entry.timer = setTimeout(() => {
      entry.timer = undefined;
      if (entry.isDue) sendNow(entry);
    }, paceMs);
    entry.timer.unref();
  }

  function end(messageKey: string): void {
    clearTimeout(entries.get(messageKey)?.timer);
    entries.delete(messageKey);
  }

  return {
    open({ session, messageKey, clientMessageId }) {
      const entry: Entry = entries.get(messageKey) ?? { session, partial: { clientMessageId }, isDue: false };
      entries.set(messageKey, entry);
      let isSettled = false;
      return {
        resume: { messageKey },
        show(reply) {
          if (isSettled || entries.get(messageKey) !== entry) return;
          entry.partial.reply = reply;
          if (entry.timer) entry.isDue = true;
          else sendNow(entry);
        },
        async settle() {
          isSettled = true;
          if (entries.get(messageKey) !== entry) return;
          clearTimeout(entry.timer);
          entry.timer = setTimeout(() => end(messageKey), LEFT_OVER_MS);
          entry.timer.unref();
        },
      };
    },
    end,
    of: (session) =>
      [...entries.values()].flatMap(({ session: owner, partial: { clientMessageId, reply } }) =>
        owner === session && reply ? [{ clientMessageId, reply }] : [],
      ),
    close() {
      for (const messageKey of [...entries.keys()]) end(messageKey);
    },
  };
}
