import type { HistoryEntry, Reply } from "../../conversation/index.ts";

/** One exchange as the page shows it. */
export interface Turn {
  turnId: string;
  clientMessageId: string;
  question: string;
  reply: Reply;
  at: string;
}

export function toTurn(entry: HistoryEntry): Turn {
  const { turnId, messageKey, question, reply, at } = entry;
  return { turnId, clientMessageId: messageKey.slice(messageKey.indexOf(":") + 1), question, reply, at };
}

/** One server-sent event; the browser gives the id back when it reconnects. */
export function toTurnEvent(turn: Turn): string {
  return `id: ${turn.turnId}\nevent: turn\ndata: ${JSON.stringify(turn)}\n\n`;
}
