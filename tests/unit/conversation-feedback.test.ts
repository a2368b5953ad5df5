import { afterEach, describe, expect, it } from "vitest";
import { createAskSkill, createFeedbackSkill, type ReplyAction } from "../../src/conversation/index.ts";
import { systemClock } from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import { createFeedbackDesk, type FeedbackDesk } from "../../src/triage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer } from "../support/test-answerer.ts";
import { createTestApp, type TestApp } from "../support/test-app.ts";

const ADMIN = { account: "test:admin", roles: new Set(["admin" as const]) };

interface World extends TestApp {
  storage: Storage;
  feedback: FeedbackDesk;
  answerer: ReturnType<typeof createEchoAnswerer>;
  /** What was shown as buttons under a reply. */
  buttons(index?: number): ReplyAction[];
  press(
    action: ReplyAction | undefined,
    who?: string,
    form?: Record<string, string>,
    where?: "group" | "direct",
  ): Promise<void>;
}

let world: World;

async function openWorld(followUps: string[] = []): Promise<World> {
  const storage = await openTemporaryStorage();
  const feedback = createFeedbackDesk({
    store: storage.feedback,
    turns: storage.conversation,
    clock: systemClock,
    knownOf: async () => ({ enterprises: ["虚构生物科技有限公司"] }),
  });
  const answerer = createEchoAnswerer(async () => (followUps.length > 0 ? { followUps } : {}));
  const skills = [
    createFeedbackSkill({ feedback, turns: storage.conversation, handOver: true }),
    createAskSkill(),
  ];
  const app = await createTestApp({
    store: storage.conversation,
    directTarget: (userId) => ({ direct: userId }),
    ...{ answerer, skills, feedback: true, handOver: true },
  });
  return {
    ...app,
    ...{ storage, feedback, answerer },
    buttons: (index = -1) =>
      (app.bot.replies.at(index)?.blocks ?? []).flatMap((block) =>
        block.type === "actions" ? block.actions : block.type === "form" ? [block.submit] : [],
      ),
    async press(action, who = "asker", form = {}, where = "group") {
      if (!action) throw new Error("no such button");
      const pressed = { name: action.name, values: action.values, form };
      const place = where === "group" ? {} : { chatKind: where, chatId: `direct-${who}` };
      await app.join(who).says("", { action: pressed, ...place });
    },
  };
}

afterEach(async () => {
  await world.close();
  await world.storage.close();
});

const named = (actions: readonly ReplyAction[], name: string) => actions.find((each) => each.name === name);

describe("under an answer", () => {
  it("stand judging, copying, a specialist, and questions that may come next", async () => {
    world = await openWorld(["“金融赋能”有哪些内容？"]);
    await world.join("asker").says("有哪些基金？");
    expect(world.buttons().map(({ name, label }) => `${name} ${label}`)).toEqual([
      "answer.ask “金融赋能”有哪些内容？",
      "answer.helpful 有帮助",
      "answer.unhelpful 没帮助",
      "answer.quotes 复制原文",
      "ticket.start 找专员",
    ]);
    expect(world.bot.replies[0]?.plainText).not.toContain("没帮助");
  });

  it("stands nothing of it when there is no answer to judge", async () => {
    world = await openWorld();
    await world.join("asker").says("帮助");
    expect(world.buttons()).toEqual([]);
  });
});

describe("a judgement", () => {
  it("counts once for each account, the latest word", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    const buttons = world.buttons();
    await world.press(named(buttons, "answer.helpful"));
    expect(world.bot.replies.at(-1)).toMatchObject({ quiet: true, headline: "已记下“有帮助”，谢谢。" });
    await world.press(named(buttons, "answer.helpful"));
    expect(world.bot.replies.at(-1)?.headline).toBe("已记下“有帮助”，谢谢。");
    await world.press(named(buttons, "answer.helpful"), "neighbour");
    await world.press(named(buttons, "answer.unhelpful"));
    expect(await world.storage.feedback.count({})).toEqual({ helpful: 1, unhelpful: 1 });
    await world.press(named(buttons, "answer.helpful"));
    expect(await world.storage.feedback.count({})).toEqual({ helpful: 2, unhelpful: 0 });
    expect(world.bot.replies.at(-1)?.headline).toBe("已改为“有帮助”，谢谢。");
  });

  it("is asked for its cause in private, and the group never sees the reason", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    await world.press(named(world.buttons(), "answer.unhelpful"));
    expect(world.bot.replies.at(-1)?.kind).toBe("private");
    const form = world.bot.replies.find(({ kind }) => kind === "feedback-form");
    expect(form?.visibility).toBe("asker");
    const submit = form?.blocks.flatMap((block) => (block.type === "form" ? [block.submit] : []))[0];
    const reason = "第三条引用错了，请联系王小明 13800138000，虚构生物科技有限公司";
    await world.press(submit, "asker", { cause: "wrong-clause", reason }, "direct");
    const [record] = await world.storage.feedback.list({});
    expect(record).toMatchObject({ account: "test:asker", verdict: "unhelpful", cause: "wrong-clause" });
    expect(record?.reason).toContain("第三条引用错了");
    expect(record?.reason).not.toMatch(/13800138000|虚构生物/u);
    expect(JSON.stringify(world.deliveries)).not.toContain("第三条引用错了");
    await world.store.eachTurnSince(new Date(0), 100, (turns) => {
      expect(JSON.stringify(turns)).not.toContain("第三条引用错了");
    });
  });

  it("keeps its cause when 没帮助 is pressed again", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    const buttons = world.buttons();
    await world.join("asker").says("没帮助 回答不完整，缺申报时间");
    await world.press(named(buttons, "answer.unhelpful"));
    expect(await world.storage.feedback.list({})).toMatchObject([
      { cause: "incomplete", reason: "回答不完整,缺申报时间" },
    ]);
  });

  it("keeps at most 500 characters and says so", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    await world.join("asker").says(`没帮助 ${"太长看不懂".repeat(150)}`, { chatKind: "direct" });
    const [record] = await world.storage.feedback.list({});
    expect(record?.reason?.length).toBe(500);
    expect(record?.cause).toBe("unclear");
    expect(world.bot.replies.at(-1)?.plainText).toContain("只保留前 500 字");
  });

  it("can be typed, of the latest answer or of the one that is quoted", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    const receipt = `receipt-${world.deliveries.length}`;
    await world.join("asker").says("有帮助");
    await world.join("neighbour").says("很有帮助！", { repliesTo: [receipt] });
    expect((await world.storage.feedback.list({})).map(({ account }) => account).sort()).toEqual([
      "test:asker",
      "test:neighbour",
    ]);
  });

  it("typed is thanked for in the language that it is typed in, not in that of the answer", async () => {
    world = await openWorld();
    const asker = world.join("asker");
    await asker.says("人才安居有哪些支持举措？");
    await asker.says("not helpful, outdated");
    expect(world.bot.replies.at(-1)).toMatchObject({ language: "en" });
    await asker.says("没帮助 内容过时");
    expect(world.bot.replies.at(-1)).toMatchObject({ language: "zh" });
  });

  it("of nothing is answered with what to do", async () => {
    world = await openWorld();
    await world.join("stranger").says("没帮助");
    expect(world.bot.replies.at(-1)?.headline).toContain("没有找到对应的回答");
    expect(await world.storage.feedback.count({})).toEqual({ helpful: 0, unhelpful: 0 });
  });

  it("of what one cannot see is not taken, and shows nothing", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    const buttons = world.buttons();
    for (const name of ["answer.helpful", "answer.quotes"]) {
      const action = named(buttons, name);
      if (!action) throw new Error("no button");
      await world.join("outsider").says("", { action, chatId: "elsewhere", chatKind: "direct" });
      expect(world.bot.replies.at(-1)?.kind).toBe("feedback-no-answer");
    }
    expect(await world.storage.feedback.count({})).toEqual({ helpful: 0, unhelpful: 0 });
  });

  it.each(["有帮助的政策有哪些", "没帮助企业融资的基金吗", "复制原文件要收费吗", "这个政策对我们有帮助吗"])(
    "is not read into the question %s",
    async (question) => {
      world = await openWorld();
      await world.join("asker").says(question);
      expect(world.answerer.asked.map((request) => request.question)).toEqual([question]);
    },
  );

  it("leaves a wish for a person to those who take it", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    await world.join("asker").says("没帮助，帮我转人工");
    expect(await world.storage.feedback.count({})).toEqual({ helpful: 0, unhelpful: 0 });
  });
});

describe("what is under an answer", () => {
  it("copies the quotes as they stand, each with its source, and nothing else", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    await world.press(named(world.buttons(), "answer.quotes"));
    const reply = world.bot.replies.at(-1);
    expect(reply).toMatchObject({ kind: "quotes", plain: true });
    expect(reply?.plainText).toBe(
      "加大科技金融支持力度。\n——《张江高新区奉贤园改革创新发展行动方案（2024-2026年）》（征求意见稿）三（六）第2段",
    );
  });

  it("asks on, without what was asked before, in the language of the answer", async () => {
    world = await openWorld(["“金融赋能”有哪些内容？"]);
    await world.join("asker").says("有哪些基金？");
    await world.press(named(world.buttons(), "answer.ask"));
    expect(world.answerer.asked.at(-1)).toMatchObject({
      question: "“金融赋能”有哪些内容？",
      context: [],
      language: "zh",
    });
    const [turn] = (await world.store.recentTurns("test/group-1/asker/", 1)) ?? [];
    expect(turn?.question).toBe("“金融赋能”有哪些内容？");
  });
});

describe("the commission", () => {
  it("reads counts, causes and words, without who judged", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    const buttons = world.buttons();
    await world.press(named(buttons, "answer.helpful"), "neighbour");
    await world.join("asker").says("没帮助 内容过时");
    expect(await world.feedback.figures(ADMIN, {})).toMatchObject({
      helpful: 1,
      unhelpful: 1,
      causes: [{ cause: "outdated", name: "内容过时", count: 1 }],
    });
    const views = await world.feedback.list(ADMIN, {}, { verdict: "unhelpful" });
    expect(views).toMatchObject([{ question: "有哪些基金？", reason: "内容过时", sections: ["三（六）¶2"] }]);
    expect(JSON.stringify(views)).not.toContain("test:asker");
    const staff = { account: "test:asker", roles: new Set(["staff" as const]) };
    await expect(world.feedback.list(staff, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  it("keeps nothing of who has their data deleted, and gives it back before", async () => {
    world = await openWorld();
    await world.join("asker").says("有哪些基金？");
    await world.join("asker").says("没帮助 内容过时");
    const { personalData } = world.feedback;
    expect(await personalData.give("test:asker")).toMatchObject([{ 评价: "没帮助", 说明: "内容过时" }]);
    await personalData.forget("test:asker", new Date());
    await personalData.forget("test:asker", new Date());
    expect(await personalData.give("test:asker")).toEqual([]);
    expect(await world.storage.feedback.list({})).toEqual([]);
  });
});
