import { afterEach, describe, expect, it } from "vitest";
import type { InboundMessage } from "../../src/conversation/index.ts";
import { createEchoAnswerer } from "../support/test-answerer.ts";
import { createTestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: TestAppOptions = {}) {
  const answerer = createEchoAnswerer();
  const app = await createTestApp({ answerer, ...options });
  closing.push(app.close);
  return { ...app, answerer, last: () => answerer.asked.at(-1) };
}

describe("a quoted message", () => {
  it("that is a reply of ours gives the question that it answers as the context", async () => {
    const { user, join, last } = await open();
    await join("colleague").says("人才公寓怎么申请？");
    await user.says("自己先前的问题？");
    await user.says("那租金呢？", { repliesTo: ["receipt-1"] });
    expect(last()).toMatchObject({ question: "那租金呢？", context: ["人才公寓怎么申请？"] });
  });

  it("of another chat is not looked at", async () => {
    const { user, last } = await open();
    await user.says("别处的问题？", { chatId: "group-2" });
    await user.says("那租金呢？", { repliesTo: ["receipt-1"] });
    expect(last()?.context).toEqual([]);
  });

  it("that is a fixed reply or an error of ours adds nothing", async () => {
    const { user, last } = await open({ channel: { readQuoted: async () => "您可以这样问" } });
    await user.says("帮助");
    await user.says("那租金呢？", { repliesTo: ["receipt-1"] });
    expect(last()?.context).toEqual([]);
  });

  it.each([
    ["sent along", { quoted: "人才公寓\n申请条件" }, {}],
    ["read from the platform", { repliesTo: ["om_1"] }, { readQuoted: async () => "人才公寓 申请条件" }],
  ] satisfies [string, Partial<InboundMessage>, TestAppOptions["channel"]][])(
    "of somebody gives its words as the context (%s)",
    async (_name, message, channel) => {
      const { user, last } = await open({ channel });
      await user.says("这个怎么办理？", message);
      expect(last()).toMatchObject({ question: "这个怎么办理？", context: ["人才公寓 申请条件"] });
    },
  );

  it("is the question where nothing else was said, and has its own language", async () => {
    const { user, last, store } = await open();
    await user.says("", { quoted: "  天使轮项目有什么基金？ " });
    expect(last()).toMatchObject({ question: "天使轮项目有什么基金？", context: [] });
    const [turn] = await store.recentTurns("test/group-1/user-1/", 1);
    expect(turn?.question).toBe("天使轮项目有什么基金？");
  });

  it("counts 500 characters", async () => {
    const { user, last } = await open();
    await user.says("这个怎么办理？", { quoted: "长".repeat(9_000) });
    expect(last()?.context?.[0]).toHaveLength(500);
  });

  it("that the platform does not give in time, or refuses, is done without", async () => {
    const { user, last } = await open({ channel: { readQuoted: () => Promise.reject(new Error("gone")) } });
    await user.says("先问一句？");
    await user.says("这个怎么办理？", { repliesTo: ["om_1"] });
    expect(last()?.context).toEqual(["先问一句？"]);
  });

  it("is none where a message only hangs on its thread", async () => {
    const { user, last } = await open({ channel: { readQuoted: async () => "话题的第一条" } });
    await user.says("话题里的问题？", { threadId: "t", repliesTo: ["om_root"] });
    expect(last()?.context).toEqual(["话题的第一条"]);
    await user.says("那租金呢？", { threadId: "t", repliesTo: ["om_root"] });
    expect(last()?.context).toEqual(["话题里的问题？"]);
    await user.says("这条呢？", { threadId: "t", repliesTo: ["om_other", "om_root"] });
    expect(last()?.context).toEqual(["话题的第一条"]);
  });

  it("is no command of the asker's own", async () => {
    const handled: string[] = [];
    const { user, last } = await open({
      skills: [{ name: "test", handle: async ({ text }) => void handled.push(text) }],
    });
    await user.says("", { quoted: "删除我的数据" });
    expect(handled).toEqual([""]);
    expect(last()?.question).toBe("删除我的数据");
  });
});

describe("the language that the asker has chosen", () => {
  it("is that of the answer", async () => {
    const { user, last } = await open();
    await user.says("一站式服务包括哪些环节？", { language: "en" });
    expect(last()?.language).toBe("en");
  });

  it("is that of fixed replies and errors", async () => {
    const answerer = createEchoAnswerer(async () => Promise.reject(new Error("broken")));
    const { user, bot } = await open({ answerer, rateLimit: { burst: 2, perMinute: 1 } });
    await user.says("帮助", { language: "en" });
    expect(bot.replies.at(-1)?.language).toBe("en");
    await user.says("一站式服务包括哪些环节？", { language: "en" });
    expect(bot.replies.at(-1)).toMatchObject({ kind: "error", language: "en" });
    await user.says("还有呢？", { language: "en" });
    expect(bot.replies.at(-1)).toMatchObject({ kind: "rate-limited", language: "en" });
  });
});

describe("the account that the asker has signed in with", () => {
  it("is whose rights count, and is kept with the turn; the session stays the browser's", async () => {
    const seen: string[] = [];
    const { user, last, store } = await open({
      actorOf: async (account) => {
        seen.push(account);
        return { account: account as never, roles: new Set(["specialist" as const]) };
      },
    });
    await user.says("问题？", { account: "feishu:ou_1" });
    expect(seen).toEqual(["feishu:ou_1"]);
    expect(last()?.audience).toMatchObject({ account: "feishu:ou_1", chat: "test:group-1" });
    const [turn] = await store.recentTurns("test/group-1/user-1/", 1);
    expect(turn?.asker).toMatchObject({ userId: "user-1", account: "feishu:ou_1" });
  });
});
