import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChannelHooks, ChannelSignal } from "../../src/conversation/index.ts";
import {
  APP,
  BOT_MENTION,
  botDeletedEvent,
  createWebhookSender,
  type EventEnvelope,
  type FeishuServer,
  type MessageSpec,
  recalledEvent,
  startFeishuServer,
  userDeletedEvent,
} from "../support/feishu-server/index.ts";
import { hostWebhooks, type RunningChannel, runChannel } from "../support/feishu-server/run-channel.ts";

const SOURCE = { appId: APP.appId, verificationToken: "" };

let server: FeishuServer;
let running: RunningChannel;
let signals: ChannelSignal[];
let asked: Parameters<ChannelHooks["follows"]>[0][];
let followed: Set<string>;
let failures: number;

const hooks: ChannelHooks = {
  async onSignal(signal) {
    if (failures > 0) {
      failures -= 1;
      throw new Error("the database is away");
    }
    signals.push(signal);
  },
  async follows(place) {
    asked.push(place);
    if (failures > 0) throw new Error("the database is away");
    return place.messageIds.some((id) => followed.has(id));
  },
};

beforeEach(async () => {
  [signals, asked, failures] = [[], [], 0];
  followed = new Set(["om_card"]);
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function start(withHooks = true): Promise<void> {
  running = await runChannel({ domain: server.url, ...(withHooks && { hooks }) });
  await running.waitUntil(() => running.channel.status().healthy, "a healthy channel");
}

const push = (event: EventEnvelope) => server.connection.push(event);
const say = (spec: MessageSpec) => push(server.messageEvent({ chatId: "oc_tax", ...spec }));

describe("a message under a card of a ticket", () => {
  it("is taken in though nobody is mentioned, and says that it was overheard", async () => {
    await start();
    const said = { text: "请企业提供上年度审计报告。", parentId: "om_mine", rootId: "om_card" };
    expect(await say({ ...said, messageId: "om_said", threadId: "omt_1" })).toMatchObject({ code: 200 });
    expect(asked).toEqual([{ channel: "feishu", chatId: "oc_tax", messageIds: ["om_mine", "om_card"] }]);
    expect(running.accepted).toMatchObject([
      {
        messageKey: "tenant0001:om_said",
        text: said.text,
        overheard: true,
        repliesTo: ["om_mine", "om_card"],
        replyTarget: { messageId: "om_said", chatId: "oc_tax", threadId: "omt_1" },
      },
    ]);
    expect(running.accepted[0]).not.toHaveProperty("userName");
  });

  it("may be a file", async () => {
    await start();
    await say({
      messageType: "file",
      content: { file_key: "file_1", file_name: "材料.pdf" },
      parentId: "om_card",
    });
    expect(running.accepted).toMatchObject([{ overheard: true, attachments: [{ name: "材料.pdf" }] }]);
  });

  it.each<[string, MessageSpec]>([
    ["stands under another message", { parentId: "om_other", rootId: "om_other" }],
    ["stands under none", {}],
    [
      "is spoken to somebody else",
      { parentId: "om_card", mentions: [{ key: "@_user_1", openId: "ou_colleague", name: "王专员" }] },
    ],
    ["is spoken to all", { parentId: "om_card", mentions: [{ key: "@_all", name: "所有人" }] }],
    ["comes from a bot", { parentId: "om_card", senderType: "bot" }],
  ])("is not taken in when it %s", async (_case, spec) => {
    await start();
    expect(await say({ text: "@_user_1 你怎么看", ...spec })).toMatchObject({ code: 200 });
    expect(running.accepted).toEqual([]);
  });

  it("is not taken in where nobody asked to follow", async () => {
    await start(false);
    await say({ text: "请补充", parentId: "om_card" });
    expect(running.accepted).toEqual([]);
  });

  it("comes again when it cannot be told whether it is one", async () => {
    await start();
    failures = 1;
    const event = server.messageEvent({ text: "请补充", parentId: "om_card", chatId: "oc_tax" });
    expect(await push(event)).toMatchObject({ code: 500 });
    failures = 0;
    expect(await push(event)).toMatchObject({ code: 200 });
    expect(running.accepted).toHaveLength(1);
  });
});

describe("a message to the bot", () => {
  it.each<[string, MessageSpec]>([
    ["in a group", { mentions: [BOT_MENTION] }],
    ["in a direct chat", { chatType: "p2p" }],
  ])("%s tells what it quotes, and is not overheard", async (_case, spec) => {
    await start();
    await say({ text: "@_user_1 已经补充", parentId: "om_card", rootId: "om_card", ...spec });
    expect(running.accepted).toMatchObject([{ repliesTo: ["om_card"] }]);
    expect(running.accepted[0]).not.toHaveProperty("overheard");
    expect(asked).toEqual([]);
  });
});

describe("what happens besides messages", () => {
  const at = "2025-11-23T12:13:20.456Z";
  const cases: [string, EventEnvelope, ChannelSignal][] = [
    [
      "a message is taken back",
      recalledEvent(SOURCE, { messageId: "om_said", chatId: "oc_tax" }),
      {
        kind: "message-recalled",
        channel: "feishu",
        messageKey: "tenant0001:om_said",
        messageId: "om_said",
        chatId: "oc_tax",
        at: "2025-11-23T12:13:20.123Z",
      },
    ],
    [
      "the bot is removed from a group",
      botDeletedEvent(SOURCE, "oc_tax"),
      { kind: "removed-from-chat", channel: "feishu", chatId: "oc_tax", at },
    ],
    [
      "somebody leaves the organisation",
      userDeletedEvent(SOURCE, "ou_specialist"),
      { kind: "person-left", channel: "feishu", userId: "ou_specialist", at },
    ],
  ];

  it.each(cases)("is told when %s, and acknowledged only then", async (_case, event, signal) => {
    await start();
    failures = 1;
    expect(await push(event)).toMatchObject({ code: 500 });
    expect(signals).toEqual([]);
    expect(await push(event)).toMatchObject({ code: 200 });
    expect(signals).toEqual([signal]);
    expect(running.accepted).toEqual([]);
  });

  it.each(cases)("is acknowledged when %s and nobody asked", async (_case, event) => {
    await start(false);
    expect(await push(event)).toMatchObject({ code: 200 });
  });

  it("is acknowledged when it cannot be read", async () => {
    await start();
    const event = recalledEvent(SOURCE, { messageId: "../../x" });
    expect(await push(event)).toMatchObject({ code: 200 });
    expect(signals).toEqual([]);
  });

  it("comes by webhook too, again until it is stored", async () => {
    const config = {
      transport: "webhook",
      encryptKey: APP.encryptKey,
      verificationToken: APP.verificationToken,
    } as const;
    running = await runChannel({ domain: server.url, config, hooks });
    const host = await hostWebhooks(running.channel);
    const sender = createWebhookSender({ url: host.url, encryptKey: APP.encryptKey });
    failures = 2;
    const source = { appId: APP.appId, verificationToken: APP.verificationToken };
    const sent = await sender.sendUntilAcked(botDeletedEvent(source, "oc_tax"), [1, 1, 1]);
    expect(sent).toBe(3);
    expect(signals).toMatchObject([{ kind: "removed-from-chat", chatId: "oc_tax" }]);
    await host.close();
  });
});
