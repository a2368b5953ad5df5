import type { TicketTeller } from "../../../src/triage/index.ts";
import type { Random } from "./random.ts";
import { violated } from "./violation.ts";

type Told = Parameters<TicketTeller["tell"]>[0];
type Shown = Parameters<TicketTeller["showCard"]>[0];

/** A card as a chat shows it. */
export interface Message {
  receipt: string;
  cardId: string;
  chat: string;
  ticketId: string;
  revision: number;
  /** False: deleted, or the chat is gone. */
  alive: boolean;
  /** An edit of it was given up: another was put in its place. */
  replaced: boolean;
}

interface Writing {
  state: "pending" | "delivered" | "dead";
  receipt: string | null;
  since: number;
  request: Pick<Shown, "receipt"> & { cardId: string; chat: string; ticketId: string; revision: number };
}

export interface Platform extends TicketTeller {
  /** What waits goes out, or is given up when it waited too long. */
  deliver(): void;
  setDown(down: boolean): void;
  isDown(): boolean;
  loseChat(chat: string): void;
  regainChat(chat: string): void;
  isLost(chat: string): boolean;
  lostChats(): string[];
  /** One of the cards that stand somewhere is deleted by a person. */
  deleteSome(): void;
  /** Does again what an earlier process's platform did. */
  restore(operations: readonly PlatformOperation[]): void;
  /** Newest message of a card. */
  cardOf(cardId: string): Message | undefined;
  /** Whether this effect was told to this reader. */
  wasTold(effectKey: string, to: string): "told" | undefined;
  counts: {
    tells: number;
    repeatedTells: number;
    cards: number;
    edits: number;
    repeatedCards: number;
    thrown: number;
  };
}

/** All that changes what the platform holds, so that it can outlive a process that is killed. */
export type PlatformOperation =
  | { do: "tell"; key: string; name: string; outcome: "told" }
  | { do: "write"; key: string; request: Writing["request"]; since: number }
  | { do: "settle" | "give-up"; key: string }
  | { do: "lose" | "regain"; chat: string }
  | { do: "delete"; cardId: string };

export interface PlatformOptions {
  /** Share of calls that fail. */
  throwing: number;
  /** Written before it is done. */
  journal?(operation: PlatformOperation): void;
}

const GIVEN_UP_AFTER = 24 * 3_600_000;

/**
 * A platform with an outbox of its own that outlives the desk: a key is taken once. It fails before or after taking, is
 * down for hours, loses chats and messages.
 */
export function createPlatform(random: Random, now: () => number, options: PlatformOptions): Platform {
  const writings = new Map<string, Writing>();
  const pending = new Map<string, Writing>();
  const byReceipt = new Map<string, Message>();
  const byCard = new Map<string, Message>();
  const told = new Map<string, "told">();
  const keys = new Set<string>();
  const lost = new Set<string>();
  const counts = { tells: 0, repeatedTells: 0, cards: 0, edits: 0, repeatedCards: 0, thrown: 0 };
  let down = false;
  let numbered = 0;

  const mayThrow = (when: string) => {
    if (!random.chance(options.throwing)) return;
    counts.thrown += 1;
    throw new Error(`the platform failed ${when}`);
  };

  function settle(key: string): void {
    const writing = writingOf(key);
    pending.delete(key);
    writing.state = put(writing) ? "delivered" : "dead";
  }

  function put(writing: Writing): boolean {
    const { receipt, cardId, chat, ticketId, revision } = writing.request;
    if (receipt !== null) {
      const message = byReceipt.get(receipt);
      if (!message) violated("an edit names a message that never was", { receipt, cardId });
      if (lost.has(chat)) message.alive = false;
      if (!message.alive) return false;
      if (revision <= message.revision)
        violated("a card went back", { cardId, from: message.revision, revision });
      message.revision = revision;
      counts.edits += 1;
      return true;
    }
    if (lost.has(chat)) return false;
    const before = byCard.get(cardId);
    if (before?.alive && !before.replaced)
      violated("a second card of one task in one chat", { cardId, chat });
    numbered += 1;
    writing.receipt = `om_${numbered}`;
    const message = { cardId, chat, ticketId, revision, alive: true, replaced: false };
    byReceipt.set(writing.receipt, { ...message, receipt: writing.receipt });
    byCard.set(cardId, byReceipt.get(writing.receipt) as Message);
    counts.cards += 1;
    return true;
  }

  function giveUp(key: string): void {
    const writing = writingOf(key);
    pending.delete(key);
    writing.state = "dead";
    const message = writing.request.receipt === null ? undefined : byReceipt.get(writing.request.receipt);
    if (message) message.replaced = true;
  }

  function writingOf(key: string): Writing {
    const writing = writings.get(key);
    return writing ?? violated("a writing that never was", { key });
  }

  function carryOut(operation: PlatformOperation): void {
    switch (operation.do) {
      case "tell":
        if (told.get(operation.name) === "told") violated("told twice under two keys", operation);
        keys.add(operation.key);
        told.set(operation.name, operation.outcome);
        return;
      case "write": {
        const { key, request, since } = operation;
        const writing: Writing = { state: "pending", receipt: request.receipt, since, request };
        writings.set(key, writing);
        pending.set(key, writing);
        return;
      }
      case "settle":
        settle(operation.key);
        return;
      case "give-up":
        giveUp(operation.key);
        return;
      case "lose":
        lost.add(operation.chat);
        for (const message of byReceipt.values()) if (message.chat === operation.chat) message.alive = false;
        return;
      case "regain":
        lost.delete(operation.chat);
        return;
      case "delete": {
        const message = byCard.get(operation.cardId);
        if (message) message.alive = false;
      }
    }
  }

  const perform = (operation: PlatformOperation) => {
    options.journal?.(operation);
    carryOut(operation);
  };

  return {
    counts,
    async tell({ key, to, effect }: Told) {
      mayThrow("before it took a message");
      const reader = to.kind === "asker" ? "asker" : to.kind === "person" ? to.account : to.group;
      if (keys.has(key)) counts.repeatedTells += 1;
      else {
        perform({ do: "tell", key, name: `${effect.key}>${reader}`, outcome: "told" });
        counts.tells += 1;
      }
      mayThrow("after it took a message");
      return "sent";
    },
    async showCard({ key, card, receipt, ticket }: Shown) {
      mayThrow("before it took a card");
      if (writings.has(key)) counts.repeatedCards += 1;
      else {
        const { ticketId, revision } = ticket;
        const chat = `${card.channel}:${card.chatId}`;
        const request = { receipt, cardId: card.cardId, chat, ticketId, revision };
        perform({ do: "write", key, request, since: now() });
        if (!down) perform({ do: "settle", key });
      }
      mayThrow("after it took a card");
      return "sent";
    },
    async stateOf(_channel, key) {
      const found = writings.get(key);
      return found && { state: found.state, receipt: found.receipt };
    },
    deliver() {
      if (down) return;
      for (const [key, writing] of [...pending]) {
        perform({ do: now() - writing.since > GIVEN_UP_AFTER ? "give-up" : "settle", key });
      }
    },
    restore(operations) {
      for (const operation of operations) carryOut(operation);
    },
    setDown(next) {
      down = next;
    },
    isDown: () => down,
    loseChat: (chat) => perform({ do: "lose", chat }),
    regainChat: (chat) => perform({ do: "regain", chat }),
    isLost: (chat) => lost.has(chat),
    lostChats: () => [...lost],
    deleteSome() {
      if (byCard.size === 0) return;
      perform({ do: "delete", cardId: random.pick([...byCard.values()].slice(-200)).cardId });
    },
    cardOf: (cardId) => byCard.get(cardId),
    wasTold: (effectKey, to) => told.get(`${effectKey}>${to}`),
  };
}
