import { AppError } from "../../src/shared/index.ts";
import type { ConversationStore, InboxRecord, OutboxRecord, TurnRecord } from "../../src/storage/types.ts";

/** The conversation store without a disk, for tests of the conversation's own rules. */
export function createMemoryConversationStore(): ConversationStore {
  const inbox = new Map<string, InboxRecord>();
  const outbox = new Map<string, OutboxRecord>();
  const turns: TurnRecord[] = [];
  const keyOf = (channel: string, messageKey: string) => JSON.stringify([channel, messageKey]);

  return {
    async acceptMessage(record) {
      const key = keyOf(record.channel, record.messageKey);
      if (inbox.has(key)) return "duplicate";
      inbox.set(key, { ...structuredClone(record), state: "accepted", attempts: 0 });
      return "accepted";
    },
    async claimNextMessage() {
      const rows = [...inbox.values()];
      const busy = new Set(rows.filter((row) => row.state === "answering").map((row) => row.sessionKey));
      const next = rows.find((row) => row.state === "accepted" && !busy.has(row.sessionKey));
      if (!next) return undefined;
      next.state = "answering";
      next.attempts += 1;
      return structuredClone(next);
    },
    async releaseClaims() {
      const claimed = [...inbox.values()].filter((row) => row.state === "answering");
      for (const row of claimed) row.state = "accepted";
      return claimed.length;
    },
    async completeMessage({ channel, messageKey, outbox: reply, turn }) {
      const row = inbox.get(keyOf(channel, messageKey));
      if (!row || row.state === "done") {
        throw new AppError({ code: "conflict", message: "answered before", safeMessage: "已回复。" });
      }
      row.state = "done";
      outbox.set(reply.outboxId, {
        ...structuredClone(reply),
        state: "pending",
        attempts: 0,
        receipt: null,
        lastError: null,
      });
      if (turn) turns.push(structuredClone(turn));
    },
    async dueReplies(at, limit) {
      const due = [...outbox.values()].filter(
        (row) => row.state === "pending" && Date.parse(row.dueAt) <= at.getTime(),
      );
      return structuredClone(due.slice(0, limit));
    },
    async markDelivered(outboxId, receipt) {
      const row = outbox.get(outboxId);
      if (row) Object.assign(row, { state: "delivered", receipt, attempts: row.attempts + 1 });
    },
    async markFailed(outboxId, error, retryAt) {
      const row = outbox.get(outboxId);
      if (!row) return;
      const next = retryAt ? { dueAt: retryAt.toISOString() } : { state: "dead" as const };
      Object.assign(row, { attempts: row.attempts + 1, lastError: error, ...next });
    },
    async recentTurns(sessionKey, limit) {
      return structuredClone(turns.filter((turn) => turn.sessionKey === sessionKey).slice(-limit));
    },
    async getTurn(turnId) {
      return structuredClone(turns.find((turn) => turn.turnId === turnId));
    },
    async counts() {
      return { inbox: countStates(inbox.values()), outbox: countStates(outbox.values()) };
    },
    async pruneFinished(before) {
      const old = [...inbox].filter(
        ([, row]) => row.state === "done" && Date.parse(row.acceptedAt) < before.getTime(),
      );
      for (const [key] of old) inbox.delete(key);
      return old.length;
    },
  };
}

function countStates(rows: Iterable<{ state: string }>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
