import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/channels/discord/commands.ts";
import { type InteractionPlace, readPlace } from "../../src/channels/discord/place.ts";
import { receiveCommand } from "../../src/channels/discord/receive-interaction.ts";
import { isSame } from "../../src/channels/discord/register-commands.ts";
import { interactionEvent } from "../../src/channels/discord/schema.ts";

const NOW = new Date("2026-11-23T08:00:00.000Z");

function read(data: object, more: object = {}) {
  const event = interactionEvent.parse({
    id: "500000000000000005",
    application_id: "100000000000000001",
    type: 2,
    token: "interaction-token",
    guild_id: "400000000000000004",
    channel_id: "300000000000000003",
    channel: { id: "300000000000000003", type: 0 },
    member: { user: { id: "200000000000000002", username: "asker" }, nick: "小李" },
    locale: "zh-CN",
    data,
    ...more,
  });
  return receiveCommand(event, readPlace(event) as InteractionPlace, NOW);
}

const sub = (name: string, options: object[] = []) => [{ name, type: 1, options }];
const text = (name: string, value: string) => ({ name, type: 3, value });

describe("a slash command", () => {
  it("becomes the words that are understood when typed", () => {
    const words = (data: object, more?: object) => read(data, more)?.message.text;
    expect(words({ name: "ask", options: [text("question", "创新券怎么用？")] })).toBe("创新券怎么用？");
    expect(words({ name: "match" })).toBe("匹配");
    expect(words({ name: "match" }, { locale: "en-US" })).toBe("match");
    expect(words({ name: "match", options: [text("program", "天使基金")] })).toBe("我们能申请天使基金吗？");
    expect(words({ name: "profile" })).toBe("我的资料");
    expect(words({ name: "profile", options: [text("action", "delete")] })).toBe("删除我的数据");
    expect(words({ name: "ticket", options: sub("list") })).toBe("我的工单");
    expect(words({ name: "ticket", options: sub("show", [text("number", "20261123-001")]) })).toBe(
      "工单 20261123-001",
    );
    expect(words({ name: "kb", options: sub("list") })).toBe("文件列表");
    expect(words({ name: "kb", options: sub("search", [text("words", "创新券")]) })).toBe("搜索文件 创新券");
    expect(words({ name: "help" })).toBe("帮助");
    expect(words({ name: "somebody-elses" })).toBeUndefined();
  });

  it("begins a ticket by the action of its button", () => {
    const received = read({ name: "ticket", options: sub("new", [text("text", "发票开不出来")]) });
    expect(received?.message.action).toEqual({ name: "ticket.start", values: { question: "发票开不出来" } });
  });

  it("is private but for questions, and then belongs to the person's own dialogue", () => {
    expect(read({ name: "ask", options: [text("question", "问")] })).toMatchObject({
      deferral: "public",
      message: { chatId: "300000000000000003", chatKind: "group", userName: "小李" },
    });
    expect(read({ name: "profile" })).toMatchObject({
      deferral: "ephemeral",
      message: { chatId: "200000000000000002", chatKind: "direct" },
    });
    const direct = { guild_id: undefined, member: undefined, user: { id: "200000000000000002" } };
    expect(read({ name: "profile" }, direct)).toMatchObject({
      deferral: "public",
      message: { messageKey: "dm:500000000000000005", chatId: "200000000000000002", chatKind: "direct" },
    });
  });

  it("in a thread belongs to its channel", () => {
    const channel = { id: "310000000000000003", type: 11, parent_id: "300000000000000003" };
    const place = { channel, channel_id: channel.id };
    expect(read({ name: "ask", options: [text("question", "问")] }, place)).toMatchObject({
      message: { chatId: "300000000000000003", threadId: "310000000000000003" },
    });
  });

  it("brings a file along", () => {
    const file = {
      id: "810000000000000008",
      filename: "a.pdf",
      size: 3,
      url: "https://cdn.discordapp.com/a.pdf",
    };
    const received = read({
      name: "kb",
      options: sub("upload", [{ name: "file", type: 11, value: file.id }]),
      resolved: { attachments: { [file.id]: file } },
    });
    expect(received?.message).toMatchObject({
      unsupported: "文件",
      attachments: [{ name: "a.pdf", size: 3 }],
    });
  });
});

describe("the registered commands", () => {
  it("keep the platform's rules of names", () => {
    const names = COMMANDS.flatMap((command) => [
      command.name,
      ...Object.values(command.name_localizations),
      ...(command.options ?? []).flatMap((each) => [
        each.name,
        ...Object.values(each.name_localizations ?? {}),
      ]),
    ]);
    for (const name of names) expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
    const descriptions = COMMANDS.flatMap(({ description, description_localizations }) => [
      description,
      ...Object.values(description_localizations),
    ]);
    for (const each of descriptions) expect(each.length).toBeLessThanOrEqual(100);
  });

  it("are the same with all that the platform adds, and differ by any word of ours", () => {
    const stored = COMMANDS.map((command) => ({
      ...structuredClone(command),
      id: "1",
      version: "2",
      nsfw: false,
      dm_permission: true,
      options: (command.options ?? []).map((option) => ({
        ...structuredClone(option),
        required: option.required ?? false,
      })),
    }));
    expect(isSame(stored, COMMANDS)).toBe(true);
    expect(isSame(stored.toReversed(), COMMANDS)).toBe(true);
    expect(isSame(stored.slice(1), COMMANDS)).toBe(false);
    const [first, ...rest] = structuredClone(stored);
    if (!first) throw new Error("no command");
    expect(isSame([{ ...first, description: "other" }, ...rest], COMMANDS)).toBe(false);
    const localised = { ...first, name_localizations: { ...first.name_localizations, ja: "質問" } };
    expect(isSame([localised, ...rest], COMMANDS)).toBe(false);
    expect(isSame([{ ...first, options: first.options.slice(1) }, ...rest], COMMANDS)).toBe(false);
  });
});
