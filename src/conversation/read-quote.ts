import type { ConversationStore } from "../storage/index.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { finishWithin } from "./finish-within.ts";
import { isAboutSomething, type StoredOutcome } from "./read-session.ts";
import type { Asker, InboundMessage } from "./types.ts";

export interface QuoteParts {
  store: Pick<ConversationStore, "keysOf" | "turnOf">;
  channels: ConversationChannels;
}

/** Characters (UTF-16) of a quoted message. */
const MAX_WORDS = 500;
const READ_LIMIT_MS = 2_000;

/**
 * What the quoted message is about: of a reply of ours the question that it answers, else its words. Undefined: nothing is
 * quoted, it is about nothing, or it is not of this chat.
 */
export async function readQuote(message: InboundMessage, parts: QuoteParts): Promise<string | undefined> {
  const [nearest] = message.repliesTo ?? [];
  const keys = nearest === undefined ? [] : await parts.store.keysOf(message.channel, [nearest]);
  for (const key of keys) {
    const question = await readQuestion(key, message, parts);
    if (question !== undefined) return question;
  }
  // Words of our own that answered no question.
  if (keys.length > 0) return undefined;
  const words = message.quoted ?? (nearest === undefined ? undefined : await readWords(message, parts));
  const text = words?.replace(/\s+/g, " ").trim().slice(0, MAX_WORDS).trim();
  return text === "" ? undefined : text;
}

async function readQuestion(
  key: string,
  { channel, chatId }: InboundMessage,
  { store }: QuoteParts,
): Promise<string | undefined> {
  const turn = await store.turnOf(channel, key);
  if (!turn || (turn.asker as Asker | null)?.chatId !== chatId) return undefined;
  if (!isAboutSomething(turn.answer as StoredOutcome)) return undefined;
  return turn.resolvedQuestion || turn.question || undefined;
}

/** The platform may be slow; then it is done without. */
async function readWords(message: InboundMessage, { channels }: QuoteParts): Promise<string | undefined> {
  const channel = channels.get(message.channel);
  let words: string | undefined;
  const reading = channel?.readQuoted?.(message).then((read) => {
    words = read;
  });
  await finishWithin(reading ?? Promise.resolve(), READ_LIMIT_MS).catch(() => false);
  return words;
}
