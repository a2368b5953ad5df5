import type { FileLimits } from "../shared/chat-service.ts";
import type { PressedAction, Reply, Turn, Visitor } from "../shared/wire.ts";

/** One exchange as the page shows it, from the sending on. */
export interface Exchange {
  clientMessageId: string;
  /** Empty: the reply comes without a question, as corrections and specialists' answers do. */
  question: string;
  files: readonly string[];
  /** The turn that it judges: shown under that one, not by itself. */
  judges?: string | undefined;
  outcome: Outcome;
}

export type Outcome =
  | { state: "waiting" }
  /** The reply so far. */
  | { state: "partial"; reply: Reply }
  | { state: "failed"; reason: Failure }
  | { state: "replied"; turn: Turn };

export interface Failure {
  /** What the server said; absent: it was not reached, or said nothing. */
  said?: string | undefined;
  reached: boolean;
  id?: string | undefined;
}

/** What the page keeps to send a message again. */
export interface Sending {
  text: string;
  action?: PressedAction;
  files: readonly File[];
}

export interface ConversationState {
  exchanges: readonly Exchange[];
  examples: readonly string[];
  visitor?: Visitor | undefined;
  /** Absent: this service takes no files. */
  limits?: FileLimits | undefined;
  /** False until everything stored is shown. */
  ready: boolean;
  connection: "open" | "lost" | "refused";
  refusal?: Failure | undefined;
  /** The exchange that the page scrolls to, and whether to its top. */
  goal?: { clientMessageId: string; place: "start" | "end" } | undefined;
  /** A reply that came while the page was open: said once to screen readers. */
  news?: Turn | undefined;
}

export const EMPTY_STATE: ConversationState = {
  exchanges: [],
  examples: [],
  ready: false,
  connection: "open",
};

/** Puts an exchange in the place of the one with its id, or at the end. */
export function putExchange(exchanges: readonly Exchange[], exchange: Exchange): Exchange[] {
  const known = exchanges.some(({ clientMessageId }) => clientMessageId === exchange.clientMessageId);
  if (!known) return [...exchanges, exchange];
  return exchanges.map((each) => (each.clientMessageId === exchange.clientMessageId ? exchange : each));
}

/** A reply stays: neither a late partial one nor a failed sending takes its place. */
export function setOutcome(
  exchanges: readonly Exchange[],
  clientMessageId: string,
  outcome: Outcome,
): readonly Exchange[] {
  const shown = exchanges.find((exchange) => exchange.clientMessageId === clientMessageId);
  if (!shown || shown.outcome.state === "replied") return exchanges;
  return putExchange(exchanges, { ...shown, outcome });
}
