import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "../../src/conversation/index.ts";
import { type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import { type RunningChannel, type RunOptions, runChannel } from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function prepare(options: Partial<RunOptions> = {}): Promise<void> {
  running = await runChannel({ domain: server.url, start: false, ...options });
}

function quoting(overrides: Partial<InboundMessage> = {}): InboundMessage {
  return {
    ...{ channel: "feishu", messageKey: "k", chatId: "oc_group", chatKind: "group", userId: "ou_asker" },
    ...{ text: "这一条呢？", repliesTo: ["om_quoted"], replyTarget: {}, sentAt: "2026-11-23T08:00:00Z" },
    ...overrides,
  } as InboundMessage;
}

const read = (message = quoting()) => running.channel.readQuoted?.(message);
const keep = (msgType: string, content: object, more: { chatId?: string; deleted?: boolean } = {}) =>
  server.readable.set("om_quoted", { msgType, content: JSON.stringify(content), ...more });

describe("what a message quotes", () => {
  it("is read when it is text, with names for mentions", async () => {
    await prepare();
    keep("text", { text: "@_user_1 创新券怎么用？" });
    expect(await read()).toBe("@贤策 创新券怎么用？");
  });

  it("is read when it is a post, with or without a language around it", async () => {
    await prepare();
    const body = {
      title: "通知",
      content: [[{ tag: "text", text: "创新券" }], [{ tag: "text", text: "十月申报" }]],
    };
    keep("post", body);
    expect(await read()).toBe("通知\n创新券\n十月申报");
    keep("post", { zh_cn: body });
    expect(await read()).toBe("通知\n创新券\n十月申报");
  });

  it("is read when it is a card, as the platform simplifies it", async () => {
    await prepare();
    keep("interactive", {
      title: "政策答复",
      elements: [
        [
          { tag: "text", text: "力争到2026年" },
          { tag: "a", text: "查看原文", href: "https://x" },
        ],
        [{ tag: "img" }],
      ],
    });
    expect(await read()).toBe("政策答复\n力争到2026年查看原文");
  });

  it("is bounded", async () => {
    await prepare();
    keep("text", { text: "长".repeat(50_000) });
    expect((await read())?.length).toBe(2_000);
  });

  it.each([
    ["a picture", () => keep("image", { image_key: "img_1" })],
    ["a card without words", () => keep("interactive", {})],
    ["something malformed", () => server.readable.set("om_quoted", { msgType: "interactive", content: "{" })],
    ["taken back", () => keep("text", { text: "秘密" }, { deleted: true })],
    ["of another chat", () => keep("text", { text: "秘密" }, { chatId: "oc_elsewhere" })],
    ["gone", () => {}],
  ])("is nothing when it is %s", async (_case, set) => {
    await prepare();
    set();
    expect(await read()).toBeUndefined();
  });

  it("is nothing when nothing is quoted, and nobody is asked", async () => {
    await prepare();
    const { repliesTo: _none, ...plain } = quoting();
    expect(await read(plain)).toBeUndefined();
    expect(await read(quoting({ repliesTo: ["../../evil"] }))).toBeUndefined();
    expect(server.readRequests).toEqual([]);
  });

  it("is not asked for again within an hour when the app may not read", async () => {
    let now = Date.now();
    await prepare({ clock: () => new Date(now) });
    keep("text", { text: "创新券" });
    server.failNext("read", { code: 99991672 });
    expect(await read()).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(server.readRequests).toHaveLength(1);
    now += 61 * 60 * 1_000;
    expect(await read()).toBe("创新券");
  });

  it("is not asked for again in a chat that the bot is not in, and still elsewhere", async () => {
    await prepare();
    keep("text", { text: "创新券" }, { chatId: "oc_other" });
    server.failNext("read", { code: 230002 });
    expect(await read()).toBeUndefined();
    expect(await read()).toBeUndefined();
    expect(server.readRequests).toHaveLength(1);
    expect(await read(quoting({ chatId: "oc_other" }))).toBe("创新券");
  });

  it("is not waited for longer than an answer can wait", async () => {
    await prepare({ tuning: { quoteWaitMs: 50 } });
    keep("text", { text: "创新券" });
    server.failNext("read", { delayMs: 600 });
    expect(await read()).toBeUndefined();
  });
});
