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
  unreachablePeople: Set<string>;
  /** One of the cards that stand somewhere is deleted by a person. */
  deleteSome(): void;
  /** Newest message of a card. */
  cardOf(cardId: string): Message | undefined;
  /** Whether this effect was told to this reader, or could not be. */
  wasTold(effectKey: string, to: string): "told" | "unreachable" | undefined;
  counts: {
    tells: number;
    repeatedTells: number;
    cards: number;
    edits: number;
    repeatedCards: number;
    thrown: number;
  };
}

const GIVEN_UP_AFTER = 24 * 3_600_000;

/**
 * A platform with an outbox of its own that outlives the desk: a key is taken once. It fails before or after taking, is
 * down for hours, loses chats and messages.
 */
export function createPlatform(random: Random, now: () => number, faults: { throwing: number }): Platform {
  const writings = new Map<string, Writing>();
  const pending = new Set<Writing>();
  const byReceipt = new Map<string, Message>();
  const byCard = new Map<string, Message>();
  const told = new Map<string, "told" | "unreachable">();
  const keys = new Set<string>();
  const lost = new Set<string>();
  const unreachablePeople = new Set<string>();
  const counts = { tells: 0, repeatedTells: 0, cards: 0, edits: 0, repeatedCards: 0, thrown: 0 };
  let down = false;
  let numbered = 0;

  const mayThrow = (when: string) => {
    if (!random.chance(faults.throwing)) return;
    counts.thrown += 1;
    throw new Error(`the platform failed ${when}`);
  };

  function settle(writing: Writing): void {
    const { receipt, cardId, chat, ticketId, revision } = writing.request;
    pending.delete(writing);
    if (receipt !== null) {
      const message = byReceipt.get(receipt);
      if (!message) violated("an edit names a message that never was", { receipt, cardId });
      if (!message.alive || lost.has(chat)) {
        message.alive = false;
        writing.state = "dead";
        return;
      }
      if (revision <= message.revision)
        violated("a card went back", { cardId, from: message.revision, revision });
      message.revision = revision;
      counts.edits += 1;
    } else {
      if (lost.has(chat)) {
        writing.state = "dead";
        return;
      }
      const before = byCard.get(cardId);
      if (before?.alive && !before.replaced)
        violated("a second card of one task in one chat", { cardId, chat });
      numbered += 1;
      const message = {
        receipt: `om_${numbered}`,
        cardId,
        chat,
        ticketId,
        revision,
        alive: true,
        replaced: false,
      };
      byReceipt.set(message.receipt, message);
      byCard.set(cardId, message);
      writing.receipt = message.receipt;
      counts.cards += 1;
    }
    writing.state = "delivered";
  }

  function giveUp(writing: Writing): void {
    pending.delete(writing);
    writing.state = "dead";
    const message = writing.request.receipt === null ? undefined : byReceipt.get(writing.request.receipt);
    if (message) message.replaced = true;
  }

  return {
    counts,
    unreachablePeople,
    async tell({ key, to, effect }: Told) {
      mayThrow("before it took a message");
      const reader = to.kind === "asker" ? "asker" : to.kind === "person" ? to.account : to.group;
      const name = `${effect.key}>${reader}`;
      if (to.kind === "person" && unreachablePeople.has(to.account)) {
        if (!told.has(name)) told.set(name, "unreachable");
        return "unreachable";
      }
      if (keys.has(key)) counts.repeatedTells += 1;
      else {
        if (told.get(name) === "told") violated("told twice under two keys", { key, name });
        keys.add(key);
        told.set(name, "told");
        counts.tells += 1;
      }
      mayThrow("after it took a message");
      return "sent";
    },
    async showCard({ key, card, receipt, ticket }: Shown) {
      mayThrow("before it took a card");
      const chat = `${card.channel}:${card.chatId}`;
      if (unreachablePeople.has(chat)) return "unreachable";
      if (writings.has(key)) counts.repeatedCards += 1;
      else {
        const { ticketId, revision } = ticket;
        const request = { receipt, cardId: card.cardId, chat, ticketId, revision };
        const writing: Writing = { state: "pending", receipt, since: now(), request };
        writings.set(key, writing);
        pending.add(writing);
        if (!down) settle(writing);
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
      for (const writing of [...pending]) {
        if (now() - writing.since > GIVEN_UP_AFTER) giveUp(writing);
        else settle(writing);
      }
    },
    setDown(next) {
      down = next;
    },
    isDown: () => down,
    loseChat(chat) {
      lost.add(chat);
      for (const message of byReceipt.values()) if (message.chat === chat) message.alive = false;
    },
    regainChat: (chat) => void lost.delete(chat),
    isLost: (chat) => lost.has(chat),
    deleteSome() {
      if (byCard.size > 0) random.pick([...byCard.values()].slice(-200)).alive = false;
    },
    cardOf: (cardId) => byCard.get(cardId),
    wasTold: (effectKey, to) => told.get(`${effectKey}>${to}`),
  };
}
