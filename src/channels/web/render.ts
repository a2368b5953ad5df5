import type { HistoryEntry } from "../../conversation/index.ts";
import { findLabel } from "./find-action.ts";
import type { PartialReply } from "./partials.ts";
import { readMessageKey } from "./receive.ts";
import type { Upload } from "./stores.ts";
import type { Turn } from "./turn.ts";

/** The latest exchanges of a session, oldest first. */
export function toTurns(entries: readonly HistoryEntry[], uploads: readonly Upload[] = []): Turn[] {
  const turns: Turn[] = [];
  const filesOf = Map.groupBy(uploads, ({ messageKey }) => messageKey);
  for (const { turnId, messageKey, question, reply, at } of entries) {
    const { clientMessageId, pressed } = readMessageKey(messageKey);
    const label = pressed && findLabel(turns, pressed);
    const files = filesOf.get(messageKey)?.map(({ name, size }) => ({ name, bytes: size }));
    turns.push({
      turnId,
      clientMessageId,
      question: label ?? question,
      ...(pressed && { pressed: true, pressedOn: pressed.turnId }),
      ...(files && { files }),
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

/** Without an id: it is nothing to go on from. */
export function toPartialEvent(partial: PartialReply): string {
  return `event: partial\ndata: ${JSON.stringify(partial)}\n\n`;
}
