import { setTimeout as waitFor } from "node:timers/promises";
import type { Reply } from "../../conversation/index.ts";
import { clip } from "./clip.ts";

export interface Toast {
  type: "info" | "success" | "warning" | "error";
  content: string;
}

/** Pressed buttons whose callback is still open: what they bring about can be said in the toast. */
export interface Presses {
  /**
   * Waits until the reply to this message is known, at most `waitMs`. Undefined: it comes as a message or is not there
   * yet.
   */
  wait(
    press: { messageKey: string; messageId: string | undefined },
    waitMs: number,
  ): Promise<Toast | undefined>;
  /** Shows a quiet reply as the toast. False: nobody waits for it (any more). */
  answer(messageKey: string, reply: Reply): boolean;
  /** Lets the callback go: its reply comes as a message. */
  release(messageKey: string): void;
  /**
   * A card is not changed while a callback from it is open: waits a moment for its answer, then lets it go. Resolves when
   * the card may be changed.
   */
  letGo(messageId: string): Promise<void>;
  stop(): void;
}

interface Waiting {
  messageId: string | undefined;
  settle(toast: Toast | undefined): void;
}

const MAX_TOAST_CHARACTERS = 200;
const MAX_HOLD_MS = 300;
const STEP_MS = 50;

export function createPresses(): Presses {
  const waiting = new Map<string, Waiting>();
  return {
    wait: ({ messageKey, messageId }, waitMs) =>
      new Promise((resolve) => {
        const settle = (toast: Toast | undefined) => {
          clearTimeout(timer);
          waiting.delete(messageKey);
          resolve(toast);
        };
        const timer = setTimeout(() => settle(undefined), waitMs);
        waiting.set(messageKey, { messageId, settle });
      }),
    answer: (messageKey, reply) => {
      const press = waiting.get(messageKey);
      press?.settle(toToast(reply));
      return press !== undefined;
    },
    release: (messageKey) => waiting.get(messageKey)?.settle(undefined),
    letGo: async (messageId) => {
      const isOpen = () => [...waiting.values()].some((press) => press.messageId === messageId);
      if (!isOpen()) return;
      for (let waited = 0; isOpen() && waited < MAX_HOLD_MS; waited += STEP_MS) await waitFor(STEP_MS);
      for (const press of waiting.values()) if (press.messageId === messageId) press.settle(undefined);
      // The answer to the callback is on its way.
      await waitFor(STEP_MS);
    },
    stop: () => {
      for (const press of waiting.values()) press.settle(undefined);
    },
  };
}

function toToast({ headline, plainText, kind, unsent }: Reply): Toast {
  const content = clip(headline.trim() || plainText, MAX_TOAST_CHARACTERS);
  if (kind === "error") return { type: "error", content };
  return { type: unsent ? "warning" : "success", content };
}
