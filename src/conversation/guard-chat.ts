import { createHash } from "node:crypto";
import { type Clock, remember } from "../shared/index.ts";
import type { InboundMessage } from "./types.ts";

/**
 * `repeated`, `crowded`: the first message too many, to be answered with a polite notice. `ignore`: further ones, until
 * there has been quiet.
 */
export type GuardVerdict = "allowed" | "repeated" | "crowded" | "ignore";

export interface ChatGuard {
  /** Judges and counts. A message that the platform brings again under the key of its first time counts once. */
  judge(message: InboundMessage): GuardVerdict;
}

export interface ChatGuardLimits {
  /** The same words of one sender in two minutes. Default 5. */
  sameText: number;
  /** Messages of one or two senders in a minute. Default 60, or four times what one sender may say. */
  perMinute: number;
}

interface Seen {
  key: string;
  /** Whose words, and which; neither is kept. Empty: no words. */
  words: string;
  userId: string;
  at: number;
}

interface Chat {
  seen: Seen[];
  /** Told once, by what they were told of; forgotten when the limit is kept again. */
  told: Set<string>;
}

const SAME_TEXT_MS = 120_000;
const MINUTE_MS = 60_000;
const MAX_COMMAND = 8;
/** What a chat is told of in which too much is said, whatever the words. */
const CROWDED = "crowded";
const MAX_CHATS = 5_000;
const MAX_SEEN = 400;

/**
 * Bots that answer each other, and people whose keyboard is stuck: what the limit for one person lets pass, because it is
 * slow or of two. Counts what was ignored too, so that a loop is heard again only after it has ended.
 */
export function createChatGuard(clock: Clock, limits: Partial<ChatGuardLimits> = {}): ChatGuard {
  const { sameText = 5, perMinute = 60 } = limits;
  const chats = new Map<string, Chat>();

  function open({ channel, chatId }: InboundMessage, now: number): Chat {
    const key = JSON.stringify([channel, chatId]);
    const chat = chats.get(key) ?? { seen: [], told: new Set() };
    chat.seen = chat.seen.filter(({ at }) => now - at <= SAME_TEXT_MS).slice(-MAX_SEEN);
    const said = new Set(chat.seen.map(({ words }) => words));
    for (const about of chat.told) if (about !== CROWDED && !said.has(about)) chat.told.delete(about);
    remember(chats, key, chat, MAX_CHATS);
    return chat;
  }

  return {
    judge(message) {
      // Nothing is said to what is overheard, and buttons have no words.
      if (message.overheard) return "allowed";
      const now = clock().getTime();
      const chat = open(message, now);
      const { messageKey: key, userId } = message;
      const isAgain = chat.seen.some((seen) => seen.key === key);
      const words = digestWords(message);
      if (!isAgain) chat.seen.push({ key, words, userId, at: now });
      const repeats = countRepeats(chat, words) > sameText;
      const crowd = findCrowd(chat, now, perMinute);
      const verdict = tell(chat, "repeated", words, repeats, isAgain);
      if (verdict) return verdict;
      // Somebody else speaks: that does not end it.
      if (crowd.size > 0 && !crowd.has(userId)) return "allowed";
      return tell(chat, "crowded", CROWDED, crowd.size > 0, isAgain) ?? "allowed";
    },
  };
}

/**
 * A short command under one message after the other (“认领”) is work and no repetition. A digest: texts may be long, and are
 * not ours to keep. Empty: no words.
 */
function digestWords({ action, text, repliesTo, userId }: InboundMessage): string {
  const words = action ? "" : text.trim();
  if (words === "") return "";
  const under = words.length <= MAX_COMMAND ? (repliesTo?.[0] ?? "") : "";
  return createHash("sha256")
    .update(JSON.stringify([userId, words, under]))
    .digest("base64url");
}

/** Undefined: nothing to say of this. */
function tell(
  chat: Chat,
  what: "repeated" | "crowded",
  about: string,
  isTooMuch: boolean,
  isAgain: boolean,
): GuardVerdict | undefined {
  if (!isTooMuch) {
    chat.told.delete(about);
    return undefined;
  }
  if (chat.told.has(about)) return isAgain ? undefined : "ignore";
  chat.told.add(about);
  return what;
}

function countRepeats({ seen }: Chat, words: string): number {
  if (words === "") return 0;
  return seen.filter((each) => each.words === words).length;
}

/** One or two who alone say more than is allowed, and not somebody who speaks now and then. Empty: nobody does. */
function findCrowd({ seen }: Chat, now: number, perMinute: number): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { userId, at } of seen) {
    if (now - at <= MINUTE_MS) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  }
  const loudest = [...counts].toSorted(([, one], [, other]) => other - one).slice(0, 2);
  const together = loudest.reduce((sum, [, count]) => sum + count, 0);
  if (together <= perMinute) return new Set();
  return new Set(loudest.flatMap(([userId, count]) => (count > perMinute / 4 ? [userId] : [])));
}
