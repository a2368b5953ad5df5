import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readContent } from "../../src/channels/feishu/message-text.ts";
import { receiveMessage, STALE_AFTER_MS } from "../../src/channels/feishu/receive.ts";
import { type MessageSpec, messageEvent } from "../support/feishu-server/index.ts";

const NOW = new Date("2026-03-02T01:00:00Z");
const SOURCE = { appId: "cli_0123456789abcdef", verificationToken: "" };
const BOT = { key: "@_user_1", openId: "ou_bot", name: "贤策" };

/** As the SDK's dispatcher hands it over: header and event in one object. */
function flattened(spec: MessageSpec): object {
  const { header, event, schema } = messageEvent({ createTime: NOW.getTime(), ...spec }, SOURCE);
  return { schema, ...header, ...event };
}

function receive(spec: MessageSpec, botOpenId: string | undefined = "ou_bot") {
  return receiveMessage(flattened(spec), { channel: "feishu", botOpenId, now: NOW });
}

function read(content: object, messageType = "text", mentions: MessageSpec["mentions"] = []) {
  const list = mentions.map(({ key, openId, name }) => ({
    key,
    name,
    id: { open_id: openId, user_id: undefined, union_id: undefined },
  }));
  return readContent(messageType, JSON.stringify(content), list, "ou_bot");
}

describe("receiveMessage", () => {
  it("judges by the id and not by the name", () => {
    const impostor = { ...BOT, openId: "ou_other" };
    expect(receive({ text: "@_user_1 问", mentions: [impostor] }).outcome).toBe("ignored");
    expect(receive({ text: "@_user_1 问", mentions: [{ ...BOT, name: "别名" }] }).outcome).toBe("message");
  });

  it("cannot judge a mention before it knows itself, but knows that none is none", () => {
    const unknown = { channel: "feishu", botOpenId: undefined, now: NOW };
    const mention = flattened({ text: "@_user_1 问", mentions: [BOT] });
    const everybody = flattened({ text: "@_all 问", mentions: [{ key: "@_all", name: "所有人" }] });
    expect(receiveMessage(mention, unknown).outcome).toBe("deferred");
    expect(receiveMessage(flattened({ text: "闲聊" }), unknown).outcome).toBe("ignored");
    expect(receiveMessage(everybody, unknown).outcome).toBe("ignored");
  });

  it("draws the line of staleness behind the platform's last repeat", () => {
    const at = (age: number) =>
      receive({ text: "x", chatType: "p2p", createTime: NOW.getTime() - age }).outcome;
    const lastRepeat = (15 + 300 + 3_600 + 21_600) * 1_000;
    expect(at(lastRepeat)).toBe("message");
    expect(at(STALE_AFTER_MS)).toBe("message");
    expect(at(STALE_AFTER_MS + 1)).toBe("ignored");
    // A clock that is ahead is no reason to be silent.
    expect(at(-3_600_000)).toBe("message");
  });

  it("separates tenants in the key", () => {
    const event = { ...flattened({ text: "x", chatType: "p2p", messageId: "om_1" }), tenant_key: "other" };
    const received = receiveMessage(event, { channel: "feishu", botOpenId: "ou_bot", now: NOW });
    expect(received).toMatchObject({ message: { messageKey: "other:om_1" } });
  });

  it("never throws, whatever the platform sends", () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        const { outcome } = receiveMessage(data, { channel: "feishu", botOpenId: "ou_bot", now: NOW });
        expect(outcome).toBe("ignored");
      }),
    );
  });
});

describe("readContent", () => {
  it("replaces mentions by name, and @_user_1 not inside @_user_10", () => {
    const mentions = [BOT, { key: "@_user_10", openId: "ou_ten", name: "十号" }];
    expect(read({ text: "@_user_10 和 @_user_1 说 @_user_3" }, "text", mentions)).toEqual({
      text: "@十号 和 说 @_user_3",
    });
  });

  it("keeps the lines of a text and drops blanks around them", () => {
    expect(read({ text: "@_user_1  第一行  \n\n\n\n第二行 " }, "text", [BOT])).toEqual({
      text: "第一行\n\n第二行",
    });
  });

  it("reads a post: title, links by their text, mentions, code", () => {
    const content = {
      title: "请教",
      content: [
        [
          { tag: "at", user_id: "@_user_1", user_name: "贤策" },
          { tag: "text", text: "看 " },
          { tag: "a", text: "这份文件", href: "https://example.cn" },
        ],
        [{ tag: "img", image_key: "img_1" }],
        [
          { tag: "at", user_id: "@_user_2", user_name: "同事" },
          { tag: "code_block", language: "TEXT", text: "三（六）" },
        ],
      ],
    };
    expect(read(content, "post", [BOT])).toMatchObject({ text: "请教\n看 这份文件\n\n@同事三（六）" });
  });

  it("reads a post with a layer of locales", () => {
    const body = { title: "", content: [[{ tag: "text", text: "你好" }]] };
    expect(read({ zh_cn: body }, "post")).toEqual({ text: "你好" });
    expect(read({ ja_jp: body }, "post")).toEqual({ text: "你好" });
  });

  it.each([
    ["image", "图片"],
    ["file", "文件"],
    ["audio", "语音"],
    ["media", "视频"],
    ["sticker", "表情包"],
    ["merge_forward", "合并转发"],
    ["interactive", "卡片"],
    ["something_new", "这类"],
  ])("names the kind of %s: %s", (type, kind) => {
    expect(read({}, type)).toEqual({ unsupported: kind });
  });

  it("calls a post of pictures alone a picture, and broken content by no name", () => {
    expect(read({ title: "", content: [[{ tag: "img", image_key: "k" }]] }, "post")).toEqual({
      unsupported: "图片",
      resources: [{ kind: "image", name: "图片", key: "k" }],
    });
    expect(readContent("text", "{", [], "ou_bot")).toEqual({ unsupported: "这类" });
    expect(readContent("post", '{"content":5}', [], "ou_bot")).toEqual({ unsupported: "这类" });
  });
});
