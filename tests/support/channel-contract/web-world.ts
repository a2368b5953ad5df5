import { randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyInstance } from "fastify";
import { createWebChannel, type WebChannel } from "../../../src/channels/web/index.ts";
import type { Turn } from "../../../src/channels/web/turn.ts";
import { type HistoryEntry, type InboundMessage, toSessionKey } from "../../../src/conversation/index.ts";
import { silentLogger, systemClock } from "../../../src/shared/index.ts";
import { type ChannelWorld, type Question, SAMPLE_FILES, type ShownMessage } from "./channel-world.ts";

interface Browser {
  cookie: string;
  clientMessageId: string;
  text: string;
}

interface Running {
  channel: WebChannel;
  server: FastifyInstance;
  address: string;
}

/** The web chat over real HTTP, as its page uses it; the stored history is a list. */
export async function openWebWorld(): Promise<ChannelWorld> {
  const accepted: InboundMessage[] = [];
  const browsers = new Map<string, Browser>();
  const history: (HistoryEntry & { sessionKey: string })[] = [];
  const readHistory = async (sessionKey: string, limit: number) =>
    history.filter((entry) => entry.sessionKey === sessionKey).slice(-limit);
  let running = await run();

  async function run(): Promise<Running> {
    const channel = createWebChannel({
      ...{ clock: systemClock, logger: silentLogger, readHistory, parkName: "云川园区（虚构）" },
      openFile: async (fileId) => SAMPLE_FILES.get(fileId),
    });
    const server = fastify();
    await server.register((scope: FastifyInstance) => channel.addRoutes(scope));
    await channel.start(async (message) => {
      if (accepted.some(({ messageKey }) => messageKey === message.messageKey)) return "duplicate";
      accepted.push(message);
      return "accepted";
    });
    await server.listen({ host: "127.0.0.1", port: 0 });
    return { channel, server, address: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
  }

  async function end({ channel, server }: Running): Promise<void> {
    await channel.stop();
    await server.close();
  }

  async function send({ cookie, clientMessageId, text }: Browser): Promise<void> {
    const response = await fetch(`${running.address}/api/v1/chat/messages`, {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify({ clientMessageId, text }),
    });
    if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  }

  function browserOf({ messageKey }: Question): Browser {
    const browser = browsers.get(messageKey);
    if (!browser) throw new Error(`nobody asked ${messageKey}`);
    return browser;
  }

  return {
    get channel() {
      return running.channel;
    },
    async ask() {
      const opened = await fetch(`${running.address}/api/v1/chat/session`, { method: "POST" });
      const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      const browser = { cookie, clientMessageId: randomUUID(), text: "创新券怎么用？" };
      await send(browser);
      const message = accepted.at(-1);
      if (!message) throw new Error("the channel handed nothing in");
      browsers.set(message.messageKey, browser);
      return { messageKey: message.messageKey, replyTarget: message.replyTarget };
    },
    repeat: (question) => send(browserOf(question)),
    accepted: () => accepted,
    async shown(question) {
      const { cookie, clientMessageId } = browserOf(question);
      const response = await fetch(`${running.address}/api/v1/chat/messages`, { headers: { cookie } });
      const { turns } = (await response.json()) as { turns: Turn[] };
      return turns.filter((turn) => turn.clientMessageId === clientMessageId).map(toShown);
    },
    async beforeDelivery({ outboxId, messageKey, reply }) {
      const message = accepted.find((each) => each.messageKey === messageKey);
      if (!message || history.some(({ turnId }) => turnId === outboxId)) return;
      const at = new Date().toISOString();
      history.push({
        turnId: outboxId,
        messageKey,
        question: message.text,
        reply,
        at,
        sessionKey: toSessionKey(message),
      });
    },
    async restart() {
      await end(running);
      running = await run();
    },
    close: () => end(running),
  };
}

/** The page draws the reply by itself, as text of elements: markup cannot live there, and it calls nobody. */
function toShown({ reply }: Turn): ShownMessage {
  const read: string[] = [reply.headline];
  collect(reply.blocks, read);
  return { text: read.join("\n"), bytes: 0, maxBytes: 0, mentions: [], links: [] };
}

function collect(value: unknown, read: string[]): void {
  if (typeof value === "string") read.push(value);
  else if (typeof value === "object" && value !== null)
    for (const each of Object.values(value)) collect(each, read);
}
