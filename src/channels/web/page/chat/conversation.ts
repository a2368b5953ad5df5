import {
  listen,
  openSession as openServiceSession,
  ServiceError,
  type SessionWish,
  send as sendToService,
} from "../shared/chat-service.ts";
import { createUnanswered, type Unanswered } from "../shared/unanswered.ts";
import type { InterfaceLanguage, PressedAction, Reply, Turn } from "../shared/wire.ts";
import {
  type ConversationState,
  EMPTY_STATE,
  type Exchange,
  type Failure,
  putExchange,
  type Sending,
  setOutcome,
} from "./conversation-state.ts";

const RETRY_MS = 3000;
/** Buttons and replies by which an answer is judged. */
const JUDGING = new Set(["answer.helpful", "answer.unhelpful", "answer.feedback"]);
const JUDGING_REPLY = "feedback-";

export interface ConversationOptions {
  /** The chosen language; undefined: that of the question. */
  language(): InterfaceLanguage | undefined;
  /** Whether the reader stands at the end of the page. */
  isAtEnd(): boolean;
  /** In a frame of another page. */
  embedded: boolean;
}

/** What is shown, and its exchange with the server. Lives outside of React, so that nothing of it depends on drawing. */
export class Conversation {
  readonly #options: ConversationOptions;
  readonly #listeners = new Set<() => void>();
  readonly #sendings = new Map<string, Sending>();
  /** What waits for the outcome of a pressed button. */
  readonly #settled = new Map<string, () => void>();
  #state = EMPTY_STATE;
  #unanswered: Unanswered | undefined;
  #stopListening = () => {};
  /** Resolves when the browser holds a session; nothing is sent before. */
  #sessionOpened: Promise<void> = Promise.resolve();

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  readonly getState = (): ConversationState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly ask = (text: string, files: readonly File[] = []): void => {
    this.#begin({ text: text.trim(), files });
  };

  /** Resolves when the reply is there, or the sending has failed. */
  press(action: PressedAction, label: string): Promise<void> {
    return new Promise((resolve) => {
      this.#settled.set(this.#begin({ text: label, files: [], action }), resolve);
    });
  }

  sendAgain(clientMessageId: string): void {
    const sending = this.#sendings.get(clientMessageId);
    if (sending) void this.#deliver(clientMessageId, sending);
  }

  /** `renew`: leaves the present conversation for a new one. */
  open(renew = false): Promise<void> {
    this.#sessionOpened = this.#openSession(renew);
    return this.#sessionOpened;
  }

  async renew(): Promise<void> {
    this.#stopListening();
    this.#state = { ...EMPTY_STATE, examples: this.#state.examples };
    this.#change({});
    await this.open(true);
  }

  /** Suggested questions in the language that was just chosen. */
  async refreshExamples(): Promise<void> {
    const opened = await openServiceSession(this.#wish(false)).catch(() => undefined);
    if (opened) this.#change({ examples: opened.examples });
  }

  readonly close = (): void => this.#stopListening();

  #change(part: Partial<ConversationState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }

  #find(id: string): Exchange | undefined {
    return this.#state.exchanges.find(({ clientMessageId }) => clientMessageId === id);
  }

  #wish(renew: boolean): SessionWish {
    return { renew, embedded: this.#options.embedded, language: this.#options.language() };
  }

  #begin(sending: Sending): string {
    const clientMessageId = createMessageId();
    this.#show(clientMessageId, sending);
    if (!judgedBy(sending)) this.#change({ goal: { clientMessageId, place: "end" } });
    void this.#deliver(clientMessageId, sending);
    return clientMessageId;
  }

  #show(clientMessageId: string, sending: Sending): void {
    const { text, files } = sending;
    const names = files.map(({ name }) => name);
    const judges = judgedBy(sending);
    const exchange: Exchange = {
      clientMessageId,
      question: text,
      files: names,
      judges,
      outcome: { state: "waiting" },
    };
    this.#change({ exchanges: putExchange(this.#state.exchanges, exchange) });
  }

  #setOutcome(clientMessageId: string, outcome: Exchange["outcome"]): void {
    this.#change({ exchanges: setOutcome(this.#state.exchanges, clientMessageId, outcome) });
  }

  async #deliver(clientMessageId: string, sending: Sending): Promise<void> {
    const { text, action, files } = sending;
    const record = { clientMessageId, text, ...(action && { action }) };
    this.#sendings.set(clientMessageId, sending);
    this.#setOutcome(clientMessageId, { state: "waiting" });
    await this.#sessionOpened;
    if (files.length === 0) this.#unanswered?.add(record);
    try {
      await sendToService({ ...sending, clientMessageId, language: this.#options.language() });
      if (files.length > 0 && this.#find(clientMessageId)?.outcome.state !== "replied")
        this.#unanswered?.add({ ...record, accepted: true });
    } catch (error) {
      this.#fail(clientMessageId, error);
    }
  }

  #fail(clientMessageId: string, error: unknown): void {
    // Refused for good: no later try of the same message will do better.
    if (error instanceof ServiceError && (error.status === 400 || error.status === 413))
      this.#unanswered?.remove(clientMessageId);
    this.#settle(clientMessageId);
    this.#setOutcome(clientMessageId, { state: "failed", reason: toFailure(error) });
  }

  #settle(clientMessageId: string): void {
    this.#settled.get(clientMessageId)?.();
    this.#settled.delete(clientMessageId);
  }

  readonly #takeTurn = (turn: Turn): void => {
    const { clientMessageId, question } = turn;
    this.#unanswered?.remove(clientMessageId);
    this.#sendings.delete(clientMessageId);
    this.#settle(clientMessageId);
    const shown = this.#find(clientMessageId);
    if (shown?.outcome.state === "replied") return;
    const exchange: Exchange = {
      clientMessageId,
      // Of a confidential exchange the server keeps no question; who asked it may still see it.
      question: question || (shown?.question ?? ""),
      files: turn.files?.map(({ name }) => name) ?? shown?.files ?? [],
      judges: shown?.judges ?? (turn.reply.kind.startsWith(JUDGING_REPLY) ? turn.pressedOn : undefined),
      outcome: { state: "replied", turn },
    };
    const exchanges = putExchange(this.#state.exchanges, exchange);
    // A reply that was read while it grew stays where it is.
    const waited = shown?.outcome.state !== "partial" && !exchange.judges;
    const isLast = exchanges.at(-1)?.clientMessageId === clientMessageId;
    const follows = waited && isLast && this.#options.isAtEnd();
    this.#change({
      exchanges,
      ...(follows && { goal: { clientMessageId, place: "start" } }),
      ...(this.#state.ready && { news: turn }),
    });
  };

  readonly #takePartial = ({ clientMessageId, reply }: { clientMessageId: string; reply: Reply }): void => {
    const isFirst = this.#find(clientMessageId)?.outcome.state === "waiting";
    const follows = isFirst && this.#options.isAtEnd();
    this.#setOutcome(clientMessageId, { state: "partial", reply });
    if (follows) this.#change({ goal: { clientMessageId, place: "start" } });
  };

  /** What was sent before a reload: sending again is harmless and makes sure that it arrived. */
  readonly #resumeUnanswered = (): void => {
    this.#change({ ready: true, connection: "open" });
    for (const { clientMessageId, text, action, accepted } of this.#unanswered?.all() ?? []) {
      const outcome = this.#find(clientMessageId)?.outcome.state;
      if (outcome === "waiting" || outcome === "partial") continue;
      const sending = { text, files: [], ...(action && { action }) };
      if (!outcome) this.#show(clientMessageId, sending);
      if (!accepted) void this.#deliver(clientMessageId, sending);
    }
  };

  async #openSession(renew: boolean): Promise<void> {
    for (;;) {
      try {
        const { session, examples, me, limits } = await openServiceSession(this.#wish(renew));
        this.#unanswered = createUnanswered(session);
        this.#change({ examples, limits, visitor: me, connection: "open", refusal: undefined });
        break;
      } catch (error) {
        this.#change({ connection: "refused", refusal: toFailure(error) });
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.#stopListening = listen(
      {
        onTurn: this.#takeTurn,
        onPartial: this.#takePartial,
        onReady: this.#resumeUnanswered,
        onLost: () => this.#change({ connection: "lost" }),
      },
      () => openServiceSession(this.#wish(false)),
    );
  }
}

function judgedBy({ action }: Sending): string | undefined {
  return action && JUDGING.has(action.name) ? action.turnId : undefined;
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof ServiceError)) return { reached: true };
  return { said: error.said, reached: error.status !== 0, id: error.id };
}

/** Pages that are neither HTTPS nor local have no `randomUUID`. */
function createMessageId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
