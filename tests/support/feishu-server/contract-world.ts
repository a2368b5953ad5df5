import type { ChannelWorld, PlatformFault, Question, ShownMessage } from "../channel-contract.ts";
import { SAMPLE_FILES } from "../channel-contract.ts";
import { MAX_BYTES } from "./card-schema.ts";
import type { MessageSpec } from "./events.ts";
import {
  BOT_MENTION,
  type Failure,
  type FeishuServer,
  type SentMessage,
  startFeishuServer,
} from "./index.ts";
import { readShown } from "./read-shown.ts";
import { type RunningChannel, runChannel } from "./run-channel.ts";

const FAULTS: Readonly<Record<PlatformFault, Failure>> = {
  busy: { status: 429, code: 99991400, headers: { "x-ogw-ratelimit-reset": "0.01" } },
  broken: { status: 503, rawBody: "<html>503</html>" },
  lost: { lost: true },
  cut: { refused: true },
};
const MAX_TEXT_BYTES = 150 * 1024;

export interface FeishuWorld extends ChannelWorld {
  readonly server: FeishuServer;
}

/** The channel on the vendor's SDK, by the long connection, beside the local server. */
export async function openFeishuWorld(): Promise<FeishuWorld> {
  const server = await startFeishuServer();
  const pushed = new Map<string, MessageSpec>();
  const keys = new Set<string>();
  const earlier: RunningChannel["accepted"] = [];
  let counter = 0;

  async function run(): Promise<RunningChannel> {
    const started = await runChannel({
      domain: server.url,
      openFile: async (fileId) => SAMPLE_FILES.get(fileId),
    });
    await started.waitUntil(() => started.channel.status().healthy, "the channel");
    return started;
  }
  let running = await run();

  async function push(spec: MessageSpec): Promise<void> {
    await server.connection.pushUntilAcked(server.messageEvent(spec), [20, 50, 200, 1_000]);
  }

  return {
    server,
    get channel() {
      return running.channel;
    },
    async ask(place) {
      counter += 1;
      const spec: MessageSpec = {
        messageId: `om_question${counter}`,
        chatId: `oc_chat${counter}`,
        senderOpenId: `ou_person${counter}`,
        chatType: place === "group" ? "group" : "p2p",
        text: place === "group" ? "@_user_1 创新券怎么用？" : "创新券怎么用？",
        mentions: place === "group" ? [BOT_MENTION] : [],
      };
      await push(spec);
      const message = running.accepted.at(-1);
      if (!message) throw new Error("the channel handed nothing in");
      pushed.set(message.messageKey, spec);
      return { messageKey: message.messageKey, replyTarget: message.replyTarget };
    },
    async repeat(question) {
      await push(specOf(question, pushed));
    },
    accepted: () => {
      const all = [...earlier, ...running.accepted];
      keys.clear();
      return all.filter(({ messageKey }) => !keys.has(messageKey) && keys.add(messageKey));
    },
    shown: async (question) => listShown(specOf(question, pushed), server),
    fail: (fault) => {
      for (const route of ["send", "upload", "react", "image"] as const)
        server.failNext(route, FAULTS[fault]);
    },
    closeChat: (question) => {
      server.left.add(specOf(question, pushed).chatId ?? "");
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

function specOf({ messageKey }: Question, pushed: ReadonlyMap<string, MessageSpec>): MessageSpec {
  const spec = pushed.get(messageKey);
  if (!spec) throw new Error(`nobody asked ${messageKey}`);
  return spec;
}

function listShown(spec: MessageSpec, server: FeishuServer): ShownMessage[] {
  const places = [spec.messageId, spec.chatId, spec.senderOpenId];
  const messages = server.sent.filter(
    ({ target, messageId }) => places.includes(target) && !server.recalled.has(messageId),
  );
  const marks = server.reactions.filter(({ messageId }) => messageId === spec.messageId);
  return [
    ...messages.map((message) => readMessage(message, server)),
    ...marks.map(({ emojiType }): ShownMessage => {
      return { text: emojiType, mark: true, bytes: 0, maxBytes: 0, mentions: [], links: [] };
    }),
  ];
}

function readMessage(message: SentMessage, { uploads }: FeishuServer): ShownMessage {
  const read = readShown(message);
  const file = uploads.find(({ fileKey }) => message.content.includes(`"${fileKey}"`));
  return {
    ...read,
    text: message.msgType === "file" ? (file?.name ?? "") : read.text,
    bytes: Buffer.byteLength(JSON.stringify(message.content)),
    maxBytes: message.msgType === "text" ? MAX_TEXT_BYTES : MAX_BYTES,
  };
}
