import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenedFile } from "../../src/channels/index.ts";
import type { OutgoingReply, Reply } from "../../src/conversation/index.ts";
import {
  APP,
  cardActionEvent,
  type FeishuServer,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
} from "../support/feishu-server/run-channel.ts";
import { findTagged, findValue, sampleTicket } from "../support/feishu-server/sample-ticket.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function prepare(options: Partial<RunOptions> = {}): Promise<RunningChannel> {
  running = await runChannel({ domain: server.url, start: false, ...options });
  return running;
}

const TARGET = { messageId: "om_said", chatId: "oc_park", threadId: "omt_topic" };

function outgoing(reply: Partial<Reply>, replyTarget: unknown = TARGET): OutgoingReply {
  return { outboxId: "outbox-1", messageKey: "k", replyTarget, reply: sampleReply(reply) };
}

const QUIET: Partial<Reply> = {
  kind: "ticket-passed-on",
  headline: "已转给李专员（虚构）。",
  blocks: [],
  quiet: true,
};
const LINE = '{"zh_cn":{"title":"","content":[[{"tag":"text","text":"已转给李专员（虚构）。"}]]}}';

describe("a quiet reply", () => {
  it("is a mark on the message, and no message", async () => {
    const { channel } = await prepare();
    expect(await channel.deliver(outgoing(QUIET))).toEqual({ receipt: "reaction:ZCaC-1_" });
    expect(server.reactions).toMatchObject([{ messageId: "om_said", emojiType: "OK" }]);
    expect(server.sent).toEqual([]);
  });

  it("shows nothing twice, also when the answer was lost and after a restart", async () => {
    const { channel } = await prepare();
    server.failNext("react", { lost: true });
    await channel.deliver(outgoing(QUIET));
    await channel.deliver(outgoing(QUIET));
    await running.channel.stop();
    await (await prepare()).channel.deliver(outgoing(QUIET));
    expect(server.reactions).toHaveLength(1);
    expect(server.sent).toEqual([]);
  });

  it.each([
    ["the app may not react", () => server.failNext("react", { code: 99991672, msg: "no scope" })],
    ["the bot may not react there", () => server.failNext("react", { code: 231002 })],
    ["the kind of message takes none", () => server.failNext("react", { code: 231017 })],
  ])("is one line in the thread when %s", async (_case, plant) => {
    const { channel } = await prepare();
    plant();
    expect(await channel.deliver(outgoing(QUIET))).toEqual({ receipt: "om_sent1" });
    expect(server.sent).toMatchObject([
      { target: "om_said", inThread: true, msgType: "post", content: LINE, uuid: "outbox-1-q" },
    ]);
  });

  it("is one line in the chat when the message was taken back", async () => {
    const { channel } = await prepare();
    server.recalled.add("om_said");
    await channel.deliver(outgoing(QUIET));
    expect(server.sent).toMatchObject([{ via: "create", target: "oc_park", content: LINE }]);
  });

  it("waits when the platform is busy", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    server.failNext("react", { status: 429, code: 99991400 });
    await expect(channel.deliver(outgoing(QUIET))).rejects.toMatchObject({ retryable: true });
    expect(await channel.deliver(outgoing(QUIET))).toEqual({ receipt: "reaction:ZCaC-1_" });
    expect(server.sent).toEqual([]);
  });

  it("is one line after a pressed button: nobody marks the bot's own card", async () => {
    await prepare({ start: true });
    await running.waitUntil(() => running.channel.status().healthy, "a healthy channel");
    await running.channel.deliver({ ...outgoing({}, { chatId: "oc_tax" }), reply: sampleTicket() });
    const value = findValue(server.sent[0]?.content, "ticket.claim");
    const source = { appId: APP.appId, verificationToken: "" };
    await server.connection.push(cardActionEvent(source, { value, chatId: "oc_tax", messageId: "om_sent1" }));
    const target = running.accepted[0]?.replyTarget;
    await running.channel.deliver({ ...outgoing(QUIET, target), outboxId: "outbox-2" });
    expect(server.reactions).toEqual([]);
    expect(server.sent[1]).toMatchObject({ via: "reply", target: "om_sent1", content: LINE });
  });
});

describe("a picture", () => {
  const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255]);
  const PICTURE: Partial<Reply> = {
    kind: "ticket-digest",
    headline: "本周工单",
    blocks: [{ type: "picture", fileId: "chart-1", alt: "本周受理 12 件，办结 9 件。" }],
  };
  const open = (bytes: Uint8Array) => async (): Promise<OpenedFile> => ({
    name: "chart.png",
    mediaType: "image/png",
    bytes,
  });

  it("stands in the card, with words for those who cannot see it", async () => {
    const { channel } = await prepare({ openFile: open(PNG) });
    await channel.deliver(outgoing(PICTURE));
    expect(Buffer.from(server.images[0]?.bytes ?? []).equals(PNG)).toBe(true);
    expect(server.sent).toHaveLength(1);
    expect(findTagged(server.sent[0]?.content, "img")).toEqual([
      {
        tag: "img",
        img_key: "img_v3_1",
        alt: { tag: "plain_text", content: "本周受理 12 件，办结 9 件。" },
        scale_type: "fit_horizontal",
        preview: true,
      },
    ]);
  });

  it("is uploaded once, though the card is sent at the second try", async () => {
    const { channel } = await prepare({ openFile: open(PNG), tuning: { retryDelaysMs: [] } });
    server.failNext("send", { refused: true });
    await expect(channel.deliver(outgoing(PICTURE))).rejects.toMatchObject({ retryable: true });
    await channel.deliver(outgoing(PICTURE));
    expect(server.images).toHaveLength(1);
    expect(findTagged(server.sent[0]?.content, "img")).toHaveLength(1);
  });

  it.each([
    ["is gone", async (): Promise<OpenedFile | undefined> => undefined, () => undefined],
    ["is empty", open(Buffer.alloc(0)), () => undefined],
    ["is too large", open(Buffer.alloc(10 * 1024 * 1024 + 1)), () => undefined],
    ["may not be uploaded", open(PNG), () => server.failNext("image", { code: 99991672, msg: "no scope" })],
    [
      "cannot be uploaded now",
      open(PNG),
      () => server.failNext("image", ...Array(3).fill({ refused: true })),
    ],
  ])("that %s is said in words, and holds nothing back", async (_case, openFile, plant) => {
    const { channel } = await prepare({ openFile });
    plant();
    await channel.deliver(outgoing(PICTURE));
    expect(server.sent).toMatchObject([{ msgType: "interactive" }]);
    expect(server.sent[0]?.content).toContain("〔图〕本周受理 12 件，办结 9 件。");
    expect(findTagged(server.sent[0]?.content, "img")).toEqual([]);
  });
});
