import { afterEach, beforeEach, expect, it } from "vitest";
import { createConversation, type Notice, toSessionKey } from "../../src/conversation/index.ts";
import { randomIds, silentLogger, systemClock } from "../../src/shared/index.ts";
import { type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import { type RunningChannel, runChannel } from "../support/feishu-server/run-channel.ts";
import { sampleTicket } from "../support/feishu-server/sample-ticket.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer } from "../support/test-answerer.ts";

let server: FeishuServer;
let running: RunningChannel;
let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let conversation: ReturnType<typeof createConversation>;

beforeEach(async () => {
  server = await startFeishuServer();
  running = await runChannel({ domain: server.url, start: false });
  storage = await openTemporaryStorage();
  conversation = createConversation({
    store: storage.conversation,
    answerer: createEchoAnswerer(),
    channels: new Map([["feishu", running.channel]]),
    clock: systemClock,
    ids: randomIds,
    logger: silentLogger,
  });
  await conversation.start();
});

afterEach(async () => {
  await conversation.stop();
  await running.channel.stop();
  await server.close();
  await storage.remove();
});

async function notify(key: string, headline: string, edits?: string): Promise<string> {
  const notice: Notice = {
    channel: "feishu",
    key,
    replyTarget: running.channel.groupTarget?.("oc_tax"),
    sessionKey: toSessionKey({ channel: "feishu", chatId: "oc_tax", userId: "oc_tax" }),
    reply: sampleTicket({ headline }),
    ...(edits !== undefined && { edits }),
  };
  expect(await conversation.notify(notice)).toBe(true);
  await conversation.drain();
  const state = await conversation.noticeState("feishu", key);
  expect(state?.state).toBe("delivered");
  return state?.receipt ?? "";
}

it("a ticket's card is put, kept true by edits, and put again when it has become too old", async () => {
  const first = await notify("card-1", "待认领");
  expect(await notify("card-1:2", "处理中", first)).toBe(first);
  expect(server.sent).toHaveLength(1);
  expect(server.sent[0]?.content).toContain("处理中");
  const [message] = server.sent;
  if (message) message.sentAt -= 15 * 24 * 60 * 60 * 1_000;
  const second = await notify("card-1:3", "已办结", first);
  expect(second).not.toBe(first);
  expect(server.sent.map(({ target }) => target)).toEqual(["oc_tax", "oc_tax"]);
  expect(await notify("card-1:4", "重新打开", second)).toBe(second);
  expect(server.sent[1]?.content).toContain("重新打开");
});
