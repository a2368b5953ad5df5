import type { ChannelWorld, PlatformFault, Question, ShownMessage } from "../channel-contract.ts";
import { SAMPLE_FILES } from "../channel-contract.ts";
import {
  type DiscordServer,
  type Failure,
  type Route,
  type StoredMessage,
  startDiscordServer,
} from "./index.ts";
import { readShown } from "./read-shown.ts";
import { type RunningChannel, runDiscordChannel } from "./run-channel.ts";
import { waitUntil } from "./wait.ts";
import { BOT } from "./world.ts";

const FAULTS: Readonly<Record<PlatformFault, Failure>> = {
  busy: { limited: "user", retryAfterMs: 10 },
  broken: { status: 503, rawBody: "<html>503</html>" },
  lost: { lost: true },
  cut: { refused: true },
};
const SENDING: readonly Route[] = ["create-message", "react"];

export interface DiscordWorld extends ChannelWorld {
  readonly server: DiscordServer;
}

/** The channel on the vendor's library beside the local server: a channel of its own for every question. */
export async function openDiscordWorld(): Promise<DiscordWorld> {
  const server = await startDiscordServer();
  const { hands } = server;
  const guild = hands.guild();
  const asked = new Map<string, StoredMessage>();
  const earlier: RunningChannel["accepted"] = [];

  async function run(): Promise<RunningChannel> {
    const started = await runDiscordChannel(server, { openFile: async (fileId) => SAMPLE_FILES.get(fileId) });
    await started.ready();
    return started;
  }
  let running = await run();

  return {
    server,
    get channel() {
      return running.channel;
    },
    async ask(where) {
      const person = hands.person();
      hands.join(guild, person);
      const message =
        where === "group"
          ? hands.say(person.id, hands.channel(guild), "创新券怎么用？", { mention: true })
          : hands.tell(person.id, "创新券怎么用？");
      const { messageKey, replyTarget } = await running.arrived(message.id);
      asked.set(messageKey, message);
      return { messageKey, replyTarget };
    },
    async repeat(question) {
      const before = running.offers();
      hands.bringAgain(messageOf(question, asked));
      await waitUntil(() => running.offers() > before, "the repeated message");
    },
    accepted: () => {
      const keys = new Set<string>();
      return [...earlier, ...running.accepted].filter(
        ({ messageKey }) => !keys.has(messageKey) && keys.add(messageKey),
      );
    },
    shown: async (question) => listShown(messageOf(question, asked), server),
    fail: (fault) => {
      for (const route of SENDING) server.failNext(route, FAULTS[fault]);
    },
    closeChat: (question) => {
      const { channelId, authorId } = messageOf(question, asked);
      const place = server.world.places.get(channelId);
      if (place && place.guildId !== null) hands.removeChannel(place);
      const person = server.world.people.get(authorId);
      if (person) person.blocksDirect = true;
    },
    async restart() {
      earlier.push(...running.accepted);
      await running.channel.stop();
      running = await run();
    },
    async close() {
      await running.channel.stop();
      await server.close();
    },
  };
}

function messageOf({ messageKey }: Question, asked: ReadonlyMap<string, StoredMessage>): StoredMessage {
  const message = asked.get(messageKey);
  if (!message) throw new Error(`nobody asked ${messageKey}`);
  return message;
}

function listShown(question: StoredMessage, server: DiscordServer): ShownMessage[] {
  const threads = [...server.world.places.values()].filter(({ parentId }) => parentId === question.channelId);
  const places = [question.channelId, ...threads.map(({ id }) => id)];
  const messages = server.sent.filter(({ channelId }) => places.includes(channelId));
  const marks = question.reactions.filter(({ userId }) => userId === BOT.userId);
  return [
    ...messages.map(readShown),
    ...marks.map(({ emoji }): ShownMessage => {
      return { text: emoji, mark: true, bytes: 0, maxBytes: 0, mentions: [], links: [] };
    }),
  ];
}
