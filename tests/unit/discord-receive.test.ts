import { describe, expect, it } from "vitest";
import { receiveMessage } from "../../src/channels/discord/receive.ts";

const BOT = "100000000000000001";
const ASKER = "200000000000000002";
const CHANNEL = "300000000000000003";
const GUILD = "400000000000000004";
const NOW = new Date("2026-11-23T08:00:00.000Z");

function event(more: object = {}) {
  return {
    id: "500000000000000005",
    channel_id: CHANNEL,
    guild_id: GUILD,
    type: 0,
    author: { id: ASKER, username: "asker" },
    content: `<@${BOT}> 创新券怎么用？`,
    timestamp: "2026-11-23T07:59:58.000Z",
    mentions: [{ id: BOT, username: "xiance" }],
    attachments: [],
    ...more,
  };
}

function receive(more: object = {}, parentId?: string) {
  return receiveMessage(event(more), { channel: "discord", botUserId: BOT, now: NOW, parentId });
}

describe("a message of Discord's", () => {
  it("that mentions the bot in a channel", () => {
    expect(receive()).toMatchObject({
      outcome: "message",
      message: {
        messageKey: `${GUILD}:500000000000000005`,
        chatId: CHANNEL,
        chatKind: "group",
        userId: ASKER,
        text: "创新券怎么用？",
      },
    });
  });

  it("in a thread belongs to the channel, with the thread's own place", () => {
    const received = receive({}, "600000000000000006");
    expect(received).toMatchObject({
      message: { chatId: "600000000000000006", threadId: CHANNEL, repliesTo: [CHANNEL] },
    });
  });

  it("in a direct chat is one dialogue with the person, whatever the channel's id", () => {
    const received = receive({ guild_id: undefined, content: "创新券", mentions: [] });
    expect(received).toMatchObject({
      message: { messageKey: "dm:500000000000000005", chatId: ASKER, chatKind: "direct", text: "创新券" },
    });
  });

  it("that names a role, everybody or somebody else is not for the bot", () => {
    const role = { content: `<@&${BOT}> 你好`, mentions: [], mention_roles: [BOT] };
    expect(receive(role)).toEqual({ outcome: "ignored", reason: "a role mentioned" });
    const everybody = { content: "@everyone 你好", mentions: [], mention_everyone: true };
    expect(receive(everybody)).toEqual({ outcome: "ignored", reason: "everybody mentioned" });
    const other = { content: "<@700000000000000007> 你好", mentions: [{ id: "700000000000000007" }] };
    expect(receive(other)).toEqual({ outcome: "ignored", reason: "somebody else mentioned" });
  });

  it("of a bot or a webhook is never answered", () => {
    expect(receive({ author: { id: ASKER, bot: true } })).toMatchObject({ outcome: "ignored" });
    expect(receive({ webhook_id: "800000000000000008" })).toMatchObject({ outcome: "ignored" });
  });

  it("that replies to the bot's message with ping is for the bot, and says what it quotes", () => {
    const received = receive({
      type: 19,
      content: "那金额呢？",
      message_reference: { type: 0, message_id: "900000000000000009", channel_id: CHANNEL },
      referenced_message: {
        id: "900000000000000009",
        author: { id: BOT, bot: true },
        content: "",
        embeds: [{ title: "政策答复", description: "创新券用于购买研发服务\\_不含其他" }],
      },
    });
    expect(received).toMatchObject({
      outcome: "message",
      message: {
        text: "那金额呢？",
        repliesTo: ["900000000000000009"],
        quoted: "政策答复\n创新券用于购买研发服务_不含其他",
      },
    });
  });

  it("that replies without naming anybody is only overheard", () => {
    const received = receive({
      type: 19,
      content: "",
      mentions: [],
      message_reference: { message_id: "900000000000000009" },
    });
    expect(received).toMatchObject({
      outcome: "overheard",
      messageIds: ["900000000000000009"],
      message: { overheard: true },
    });
  });

  it("keeps others' names, and takes marks of the platform off", () => {
    const content = `<@!${BOT}>  请看 <@700000000000000007> 在 <#${CHANNEL}> 说的 <:ok:800000000000000008>`;
    const mentions = [{ id: BOT }, { id: "700000000000000007", username: "li" }];
    expect(receive({ content, mentions })).toMatchObject({ message: { text: "请看 @li 在 说的 :ok:" } });
  });

  it("names what cannot be read, and brings files along", () => {
    const file = {
      id: "810000000000000008",
      filename: "办法.pdf",
      size: 12,
      url: "https://cdn.discordapp.com/attachments/1/2/a.pdf?ex=1",
      content_type: "application/pdf",
    };
    expect(receive({ content: `<@${BOT}>`, attachments: [file] })).toMatchObject({
      message: { unsupported: "文件", attachments: [{ kind: "file", name: "办法.pdf", size: 12 }] },
    });
    expect(receive({ content: `<@${BOT}>`, sticker_items: [{}] })).toMatchObject({
      message: { unsupported: "表情包" },
    });
    expect(receive({ content: `<@${BOT}>`, flags: 1 << 13 })).toMatchObject({
      message: { unsupported: "语音" },
    });
  });

  it("that is old, a notice or malformed is left", () => {
    expect(receive({ timestamp: "2026-11-23T06:00:00.000Z" })).toEqual({
      outcome: "ignored",
      reason: "stale",
    });
    expect(receive({ type: 7 })).toMatchObject({ outcome: "ignored" });
    expect(receive({ id: "x" })).toMatchObject({ outcome: "ignored" });
  });
});
