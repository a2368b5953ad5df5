import { afterEach, describe, expect, it } from "vitest";
import { chooseSkill } from "../../src/conversation/choose-skill.ts";
import {
  type ChannelSignal,
  createWelcome,
  isHandOver,
  MENU_COMMANDS,
  type Reply,
  readMenuKey,
} from "../../src/conversation/index.ts";
import { readMatchCommand } from "../../src/conversation/matching/read-match-command.ts";
import { readAskerWords } from "../../src/conversation/tickets/read-asker-command.ts";
import type { Storage } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

const AT = "2026-11-22T02:00:00Z";
const FACTS = { parkName: "虚构园区", matches: true, handsOver: true };

interface World extends TestApp {
  storage: Storage;
  signal(signal: Partial<ChannelSignal> & Pick<ChannelSignal, "kind">): Promise<void>;
}

let world: World;

async function openWorld({ greets = true, facts = FACTS as object } = {}): Promise<World> {
  const storage = await openTemporaryStorage();
  const deliveries: Parameters<NonNullable<Parameters<typeof createTestApp>[0]>["deliver"] & object>[0][] =
    [];
  const channel = {
    capabilities: { greets },
    groupTarget: (chatId: string) => ({ group: chatId }),
    directTarget: (userId: string) => ({ direct: userId }),
    deliver: async (reply: (typeof deliveries)[number]) => {
      deliveries.push(reply);
      return { receipt: `receipt-${deliveries.length}` };
    },
  };
  const welcome = createWelcome({
    facts: { ...FACTS, ...facts },
    channels: new Map([["test", channel]]),
    store: storage.conversation,
    notify: (notice) => app.conversation.notify(notice),
  });
  const app = await createTestApp({
    store: storage.conversation,
    channels: new Map([["test", channel]]),
    greetIn: welcome.greetIn,
  });
  return {
    ...app,
    ...{ storage, deliveries },
    async signal(signal) {
      const whole = { channel: "test", chatId: "group-1", userId: "user-1", at: AT, ...signal };
      await welcome.onSignal(whole as ChannelSignal);
      await app.conversation.drain();
    },
  };
}

afterEach(async () => {
  await world?.close();
  await world?.storage.close();
});

const direct = { chatKind: "direct" as const, chatId: "direct-1" };
const lastReply = (): Reply | undefined => world.deliveries.at(-1)?.reply;

describe("a group that the bot is added to", () => {
  it("is told once what it does, what it keeps and whom to ask, with three questions to try", async () => {
    world = await openWorld();
    await world.signal({ kind: "added-to-chat", key: "event-1" });
    await world.signal({ kind: "added-to-chat", key: "event-1" });
    expect(world.deliveries).toHaveLength(1);
    expect(world.deliveries[0]?.replyTarget).toEqual({ group: "group-1" });
    const reply = lastReply();
    expect(reply?.kind).toBe("welcome");
    for (const said of [
      "虚构园区",
      "删除我的数据",
      "30天",
      "@我",
      "请联系园区管理委员会工作人员",
      "文件未载明",
    ]) {
      expect(reply?.plainText).toContain(said);
    }
    const actions = reply?.blocks.flatMap((block) => (block.type === "actions" ? block.actions : [])) ?? [];
    expect(actions.map(({ name }) => name)).toEqual(["answer.ask", "answer.ask", "answer.ask"]);
    // No number is invented.
    expect(reply?.plainText).not.toMatch(/\d{5,}/u);
  });

  it("is told again when it is added again", async () => {
    world = await openWorld();
    await world.signal({ kind: "added-to-chat", key: "event-1" });
    await world.signal({ kind: "added-to-chat", key: "event-2" });
    expect(world.deliveries).toHaveLength(2);
  });

  it("is told the park's contact where there is one, and nothing of what is not offered", async () => {
    world = await openWorld({ facts: { contact: "请联系服务窗口", matches: false, handsOver: false } });
    await world.signal({ kind: "added-to-chat", key: "event-1" });
    expect(lastReply()?.plainText).toContain("请联系服务窗口");
    expect(lastReply()?.plainText).not.toMatch(/找专员|删除我的数据/u);
    expect(lastReply()?.plainText).toContain("如需删除请联系管理员");
  });
});

describe("a person", () => {
  it("is greeted once for ever when they open their chat", async () => {
    world = await openWorld();
    await world.signal({ kind: "direct-chat-opened" });
    await world.signal({ kind: "direct-chat-opened" });
    world.clock.advance(40 * 24 * 60 * 60 * 1000);
    await world.store.pruneFinished(world.clock.now());
    await world.signal({ kind: "direct-chat-opened" });
    expect(world.deliveries.map(({ reply }) => reply.kind)).toEqual(["welcome"]);
    await world.user.says("有哪些基金？", direct);
    expect(lastReply()?.plainText).not.toContain("初次见面");
  });

  it("who writes first is greeted at the end of the one reply, once", async () => {
    world = await openWorld();
    await world.user.says("有哪些基金？", direct);
    await world.user.says("还有呢？", { ...direct, threadId: "another" });
    expect(world.deliveries).toHaveLength(2);
    expect(world.deliveries[0]?.reply.blocks.at(-1)).toMatchObject({ type: "notice" });
    expect(world.deliveries[0]?.reply.plainText).toContain("初次见面");
    expect(world.deliveries[1]?.reply.plainText).not.toContain("初次见面");
    await world.signal({ kind: "direct-chat-opened" });
    expect(world.deliveries).toHaveLength(2);
  });

  it("is not greeted in a group, nor in the kept history, nor beside the help that says it all", async () => {
    world = await openWorld();
    await world.user.says("有哪些基金？");
    await world.user.says("帮助", direct);
    for (const { reply } of world.deliveries) expect(reply.plainText).not.toContain("初次见面");
  });

  it("whose data were deleted is met anew", async () => {
    world = await openWorld();
    await world.user.says("有哪些基金？", direct);
    await world.store.eraseUser("test", "user-1");
    await world.user.says("有哪些基金？", direct);
    expect(lastReply()?.plainText).toContain("初次见面");
  });
});

it("nobody is greeted on a channel that does not ask for it", async () => {
  world = await openWorld({ greets: false });
  await world.signal({ kind: "added-to-chat", key: "event-1" });
  await world.signal({ kind: "direct-chat-opened" });
  await world.user.says("有哪些基金？", direct);
  expect(world.deliveries.map(({ reply }) => reply.kind)).toEqual(["answered"]);
  expect(lastReply()?.plainText).not.toContain("初次见面");
});

describe("the menu", () => {
  it("leads to commands that are understood when typed", () => {
    for (const [key, text] of Object.entries(MENU_COMMANDS)) {
      const understood =
        chooseSkill({ text }) !== "question" ||
        readMatchCommand({ text }) !== undefined ||
        readAskerWords(text) !== undefined ||
        isHandOver(text);
      expect(understood, `${key} → ${text}`).toBe(true);
    }
  });

  it.each([
    ["help", "帮助"],
    ["my-tickets", "我的工单"],
    ["DELETE_MY_DATA", "删除我的数据"],
    ["unheard of", "帮助"],
    ["constructor", "帮助"],
  ])("%s → %s", (key, text) => expect(readMenuKey(key)).toBe(text));
});
