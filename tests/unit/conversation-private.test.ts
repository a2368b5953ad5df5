import { afterEach, describe, expect, it } from "vitest";
import type { ChannelCapabilities, MessageSkill, Reply } from "../../src/conversation/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createTestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const SECRET = "贵企业上年营业收入3000万元。";

function writeSecret(language: Reply["language"] = "zh"): Reply {
  return {
    ...{ kind: "profile", language, headline: SECRET, blocks: [], plainText: SECRET, generatedByAi: false },
    visibility: "asker",
  };
}

const skill: MessageSkill = {
  name: "test",
  handle: async ({ text }) => writeSecret(/[a-z]/.test(text) ? "en" : "zh"),
};

const toTarget = (userId: string) => ({ direct: userId });

async function open(privateReplies?: ChannelCapabilities["privateReplies"], more: TestAppOptions = {}) {
  const capabilities = privateReplies ? { privateReplies } : {};
  const app = await createTestApp({ skills: [skill], channel: { capabilities }, ...more });
  closing.push(app.close);
  const at = (place: "group" | "direct") =>
    app.deliveries
      .filter(({ replyTarget }) => (place === "direct") === "direct" in (replyTarget as object))
      .map(({ reply }) => reply.headline);
  return { ...app, at };
}

describe("a reply for the asker alone", () => {
  it("goes to their direct chat, and the group gets one line", async () => {
    const { user, at, store } = await open("direct", { directTarget: toTarget });
    await user.says("我的资料");
    expect(at("direct")).toEqual([SECRET]);
    expect(at("group")).toEqual(["内容仅您本人可见，已通过私聊发送给您。"]);
    const [turn] = await store.recentTurns("test/group-1/user-1/", 1);
    expect(JSON.stringify(turn)).not.toContain(SECRET);
    expect(turn?.question).toBe("");
  });

  it("does so by default, in the language of the reply", async () => {
    const { user, at } = await open(undefined, { directTarget: toTarget });
    await user.says("my data");
    expect(at("group")).toEqual(["This is for you alone; I sent it to you in a direct message."]);
  });

  it("stays where it is in a direct chat, and where the platform shows it to one person", async () => {
    const direct = await open("direct", { directTarget: toTarget });
    await direct.user.says("我的资料", { chatKind: "direct", chatId: "user-1" });
    expect(direct.at("group")).toEqual([SECRET]);
    const inline = await open("inline", { directTarget: toTarget });
    await inline.user.says("我的资料");
    expect(inline.at("group")).toEqual([SECRET]);
    expect(inline.deliveries[0]?.reply.visibility).toBe("asker");
  });

  it.each([
    ["that cannot", "none", toTarget],
    ["without direct chats", "direct", undefined],
  ] as const)(
    "is not shown in a group on a platform %s: the line says where to ask",
    async (_name, way, directTarget) => {
      const { user, deliveries } = await open(way, directTarget ? { directTarget } : {});
      await user.says("我的资料");
      expect(deliveries.map(({ reply }) => reply.headline)).toEqual([
        "该内容仅限您本人查看，请直接私聊我再发一次。",
      ]);
    },
  );

  it("was sent by the attempt that a crash cut off, and the line says so", async () => {
    const storage = await openTemporaryStorage();
    closing.push(storage.remove);
    const store = storage.conversation;
    let isDead = true;
    const dying = {
      ...store,
      completeMessage: async (input: Parameters<typeof store.completeMessage>[0]) =>
        isDead ? new Promise<void>(() => undefined) : store.completeMessage(input),
    };
    const first = await createTestApp({ ...{ skills: [skill], store: dying, directTarget: toTarget } });
    await first.user.sends("我的资料", { messageKey: "m" });
    await expect.poll(() => first.deliveries.length).toBe(1);
    isDead = false;
    const second = await open("direct", { store, directTarget: toTarget });
    await second.conversation.drain();
    expect(second.deliveries.map(({ reply }) => reply.headline)).toEqual([
      "内容仅您本人可见，已通过私聊发送给您。",
    ]);
    await first.conversation.stop(0);
  });
});
