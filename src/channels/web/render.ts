import type { HistoryEntry } from "../../conversation/index.ts";
import { findLabel } from "./find-action.ts";
import { readMessageKey } from "./receive.ts";
import type { Turn } from "./turn.ts";

/** The latest exchanges of a session, oldest first. */
export function toTurns(entries: readonly HistoryEntry[]): Turn[] {
  const turns: Turn[] = [];
  for (const { turnId, messageKey, question, reply, at } of entries) {
    const { clientMessageId, pressed } = readMessageKey(messageKey);
    const label = pressed && findLabel(turns, pressed);
    turns.push({
      turnId,
      clientMessageId,
      question: label ?? question,
      ...(pressed && { pressed: true }),
      reply,
      at,
    });
  }
  return turns;
}

/** One server-sent event; the browser gives the id back when it reconnects. */
export function toTurnEvent(turn: Turn): string {
  return `id: ${turn.turnId}\nevent: turn\ndata: ${JSON.stringify(turn)}\n\n`;
}
