import type { ConversationStore } from "../../storage/index.ts";
import type { Notice } from "../enqueue-notice.ts";
import { toSessionKey } from "../session-key.ts";
import type { Channel, ChannelSignal, InboundMessage, Reply } from "../types.ts";
import { type WelcomeFacts, writeGreeting, writeWelcome } from "./write-welcome.ts";

export interface WelcomeOptions {
  facts: WelcomeFacts;
  channels: ReadonlyMap<string, Pick<Channel, "capabilities" | "groupTarget" | "directTarget">>;
  store: Pick<ConversationStore, "turnOf" | "spokeDirectly">;
  /** Made after this. */
  notify(notice: Notice): Promise<boolean>;
}

export interface Welcome {
  /** A card for a group that the bot was added to, and one for a person who opens their chat for the first time. */
  onSignal(signal: ChannelSignal): Promise<void>;
  /** The first reply in a direct chat says at its end what the bot is, unless its person was greeted before. */
  greetIn(message: InboundMessage, reply: Reply): Promise<Reply>;
}

/** Says all that by itself. */
const SAYS_IT: ReadonlySet<string> = new Set(["help", "introduce", "error", "rate-limited"]);

/** Only on channels that say that people meet the bot there (`greets`). */
export function createWelcome({ facts, channels, store, notify }: WelcomeOptions): Welcome {
  const greets = (channel: string) => channels.get(channel)?.capabilities.greets === true;

  async function greetGroup({ channel, chatId, key }: SignalOf<"added-to-chat">): Promise<void> {
    const replyTarget = channels.get(channel)?.groupTarget?.(chatId);
    if (replyTarget === undefined) return;
    const sessionKey = toSessionKey({ channel, chatId, userId: "" });
    const reply = writeWelcome("group", facts);
    await notify({ channel, key: `welcome:${key}`, replyTarget, sessionKey, reply, priority: 1 });
  }

  async function greetPerson({ channel, userId }: SignalOf<"direct-chat-opened">): Promise<void> {
    const replyTarget = channels.get(channel)?.directTarget?.(userId);
    if (replyTarget === undefined || (await isKnown(channel, userId))) return;
    const sessionKey = toSessionKey({ channel, chatId: userId, userId });
    // The turn stays when the notice is forgotten after a month, and goes with the person's data.
    await notify({
      ...{ channel, key: personKey(userId), replyTarget, sessionKey },
      ...{ reply: writeWelcome("direct", facts), turn: true, priority: 1 },
    });
  }

  async function isKnown(channel: string, userId: string): Promise<boolean> {
    if (await store.spokeDirectly(channel, userId)) return true;
    return (await store.turnOf(channel, personKey(userId))) !== undefined;
  }

  return {
    async onSignal(signal) {
      if (!greets(signal.channel)) return;
      if (signal.kind === "added-to-chat") await greetGroup(signal);
      if (signal.kind === "direct-chat-opened") await greetPerson(signal);
    },
    async greetIn(message, reply) {
      const { channel, chatKind, userId } = message;
      if (chatKind !== "direct" || !greets(channel)) return reply;
      if (reply.quiet || reply.plain || SAYS_IT.has(reply.kind)) return reply;
      return (await isKnown(channel, userId)) ? reply : addGreeting(reply, facts);
    },
  };
}

type SignalOf<Kind extends ChannelSignal["kind"]> = Extract<ChannelSignal, { kind: Kind }>;

function personKey(userId: string): string {
  return `welcome-person:${userId}`;
}

function addGreeting(reply: Reply, facts: WelcomeFacts): Reply {
  const block = writeGreeting(reply.language, facts);
  const text = block.type === "notice" ? block.text : "";
  return { ...reply, blocks: [...reply.blocks, block], plainText: `${reply.plainText}\n\n${text}` };
}
