import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { actionsOf } from "../support/desk-world.ts";
import { createMatchingWorld, GROUP, type MatchingWorld, programsOf } from "../support/matching-world.ts";

const STORY = "我们做新能源车热管理零件的，三百来人，去年四个多亿，想扩产";
/** What of it must never reach a group. */
const PRIVATE = /三百|300|四个多亿|4亿|5亿|热管理|汽车|扩产|厂房|P\d\d/;

const idsOf = (reply: Reply) => programsOf(reply).map(({ programId }) => programId);
const shownValue = (reply: Reply, label: string) =>
  reply.blocks
    .flatMap((block) => (block.type === "fields" ? block.items : []))
    .find((item) => item.label === label)?.value;

let world: MatchingWorld;
beforeEach(async () => {
  world = await createMatchingWorld();
});
afterEach(() => world.close());

const profileOf = async (userId: string) => {
  const by = { account: `test:${userId}`, roles: new Set(["staff" as const]) };
  const enterprise = await world.enterprises.find(by, null);
  return enterprise && (await world.enterprises.profile(enterprise.enterpriseId, by, "2026-11-23"));
};

describe("a dialogue", () => {
  it("shows what was understood, the programs with status and source, and what would settle most", async () => {
    const reply = await world.say("u1", STORY);
    expect(reply.kind).toBe("match");
    expect(reply.confidential).toBe(true);
    expect(shownValue(reply, "职工人数")).toMatch(/270–330人/);
    expect(shownValue(reply, "上年营业收入")).toMatch(/4亿–5亿元/);
    expect(programsOf(reply).length).toBeGreaterThan(0);
    for (const program of programsOf(reply)) {
      expect(program.status).toMatch(/征求意见稿/);
      expect(program.quotes.length).toBeGreaterThan(0);
      expect(reply.plainText).toContain(program.name);
    }
    expect(reply.plainText).toContain("原话“三百来人”");
    expect(reply.plainText).toMatch(/答这一项可判定 \d+ 个项目/);
    expect(reply.plainText).toContain("文件未载明");
    expect(actionsOf(reply).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "match.basis",
        "match.form",
        "match.corrections",
        "match.why",
        "match.specialist",
      ]),
    );
  });

  it("takes bare answers and “不知道” for what was asked, and asks nothing twice", async () => {
    const first = await world.say("u1", STORY);
    const asked = await world.openQuestions("u1");
    expect(asked.length).toBeGreaterThan(0);
    const second = await world.say("u1", "不知道");
    expect(second.kind).toBe("match");
    const later = await world.openQuestions("u1");
    expect(later.filter((field) => asked.includes(field))).toEqual([]);
    const declined = [...((await profileOf("u1"))?.facts.values() ?? [])].filter(
      ({ value }) => value.kind === "declined",
    );
    expect(declined.length).toBeGreaterThan(0);
    // The profile is not said again at every turn.
    expect(first.plainText).toContain("三百来人");
    expect(second.plainText).not.toContain("三百来人");
  });

  it("stops asking", async () => {
    await world.say("u1", STORY);
    let reply: Reply | undefined;
    for (let turn = 0; turn < 5 && (await world.openQuestions("u1")).length > 0; turn += 1)
      reply = await world.say("u1", "不知道");
    expect(await world.openQuestions("u1")).toEqual([]);
    expect(reply?.plainText).toMatch(/以上信息已足够|先问到这里/);
  });

  it("leaves a real question to the answering part and goes on afterwards", async () => {
    await world.say("u1", STORY);
    const asked = await world.openQuestions("u1");
    const answer = await world.say("u1", "天使投资引导基金投向哪些产业？");
    expect(answer.kind).toBe("answered");
    expect(answer.blocks.some(({ type }) => type === "citation")).toBe(true);
    expect(await world.openQuestions("u1")).toEqual(asked);
    expect((await world.say("u1", "不知道")).kind).toBe("match");
  });

  it("is dropped after an hour", async () => {
    await world.say("u1", STORY);
    world.clock.advance(61 * 60 * 1000);
    expect((await world.say("u1", "不知道")).kind).toBe("answered");
  });

  it("takes a correction in one sentence", async () => {
    await world.say("u1", STORY);
    const reply = await world.say("u1", "人数改成50");
    expect(reply.headline).toContain("已更正：职工人数 50人");
    const fact = (await profileOf("u1"))?.facts.get("headcount");
    expect(fact?.value).toEqual({ kind: "number", min: 50, max: 50 });
  });

  it("takes no answer from words that say something else", async () => {
    await world.say("u1", STORY);
    expect(await world.openQuestions("u1")).toContain("zhangjiang-origin");
    await world.say("u1", "在奉贤，2019年成立的");
    const facts = (await profileOf("u1"))?.facts;
    expect(facts?.has("district")).toBe(true);
    expect(facts?.has("zhangjiang-origin")).toBe(false);
  });

  it("says what is impossible, and writes none of it", async () => {
    await world.say("u1", STORY);
    const reply = await world.say("u1", "人数是一千万人");
    expect(reply.kind).toBe("match");
    expect(reply.blocks.some((block) => block.type === "notice" && /人数/.test(block.text))).toBe(true);
    expect((await profileOf("u1"))?.facts.get("headcount")?.source.words).toBe("三百来人");
  });

  it("shows two sources that differ, and settles them by one tap", async () => {
    const form = await world.say("u1", "补充信息");
    await world.press("u1", form, "match.supply", { headcount: "50" });
    const reply = await world.say("u1", STORY);
    expect(reply.plainText).toContain("“职工人数”有两种说法：50人（现按此计）与约300人");
    await world.press("u1", reply, "match.answer");
    const profile = await profileOf("u1");
    expect(profile?.facts.get("headcount")?.value).toMatchObject({ min: 270, max: 330 });
    expect(profile?.conflicts).toEqual([]);
  });

  it("forgets a field and confirms the rest", async () => {
    await world.say("u1", STORY);
    expect((await world.say("u1", "忘掉营收")).headline).toContain("已忘掉");
    expect((await profileOf("u1"))?.facts.has("revenue")).toBe(false);
    await world.say("u1", "以上都对");
    expect((await profileOf("u1"))?.facts.get("headcount")?.confirmed).toBe(true);
  });

  it("does not answer for the neighbour", async () => {
    await world.say("u1", STORY);
    expect((await world.say("u2", "我的资料")).plainText).toContain("没有保存");
    expect((await world.say("u2", "人数改成50")).kind).toBe("answered");
  });

  it.each([
    "什么是天使投资引导基金？",
    "你好",
    "孵化器有什么政策？",
    "高新技术企业有哪些优惠？",
    "我们厂区着火了",
    "初创企业一般有多少人？",
    "我们怎么申请天使投资引导基金？",
    "我们可以在哪里申请天使基金？",
    "天使基金符合我国产业政策吗？",
  ])("leaves “%s” alone", async (text) => {
    expect((await world.say("u1", text)).kind).toBe("answered");
  });
});

describe("one program", () => {
  it("is checked with its whole table and asked about until it is settled", async () => {
    await world.say("u1", STORY);
    const reply = await world.say("u1", "天使基金我们够格吗？");
    expect(reply.kind).toBe("match-check");
    const [block] = programsOf(reply);
    expect(block?.programId).toBe("P02");
    expect(block?.criteria.map(({ verdict }) => verdict)).toEqual(expect.arrayContaining(["met", "unknown"]));
    for (const row of block?.criteria ?? []) expect(reply.plainText).toContain(row.quote);
    const settled = await world.say("u1", "天使轮");
    expect(settled.kind).toBe("match-check");
    expect(
      programsOf(settled)[0]?.criteria.filter(({ verdict }) => verdict === "met").length,
    ).toBeGreaterThan(1);
  });

  it("says why it is there, and why another is not", async () => {
    const first = idsOf(await world.say("u1", STORY))[0] ?? "";
    const why = await world.say("u1", "为什么推荐这个？");
    expect(why.headline).toContain(first);
    expect(why.plainText).toContain("推荐依据");
    expect(why.plainText).not.toMatch(/排序|合计|（[+-]\d|\d分(?!钟)/u);
    const reasons = why.blocks.find((block) => block.type === "list" && block.title?.startsWith("推荐依据"));
    expect(reasons?.type === "list" && reasons.items[0]).toContain("需求");
    const absent = await world.say("u1", "为什么没有化妆品注册备案服务站？");
    expect(absent.headline).toContain("没有列出");
    expect((await world.say("u1", "为什么没有写金额？")).kind).toBe("answered");
  });

  it("shows the basis of the first three by button and by command", async () => {
    const reply = await world.say("u1", STORY);
    const basis = await world.press("u1", reply, "match.basis");
    expect(idsOf(basis)).toEqual(idsOf(reply).slice(0, 3));
    expect(programsOf(basis).every(({ compact }) => !compact)).toBe(true);
    expect(idsOf(await world.say("u1", "查看依据"))).toEqual(idsOf(basis));
  });
});

describe("in a group", () => {
  it("answers in one direct message, and nothing of the enterprise is said to the group", async () => {
    const line = await world.sayInGroup("u1", STORY);
    expect(line.headline).toBe("为保护企业信息，结果已通过私聊发送给您。");
    expect(line.confidential).toBe(true);
    expect(world.sentTo("u1")).toHaveLength(1);
    expect(world.sentTo("u1")[0]?.kind).toBe("match");
    // The dialogue goes on in the direct chat, and what is said in the group stays out of it.
    expect((await world.say("u1", "不知道")).kind).toBe("match");
    for (const text of ["我的资料", "查看依据", "为什么推荐这个？", "人数改成50", "一企一策报告", "补充信息"])
      expect((await world.sayInGroup("u1", text)).kind).toBe("match-private");
    expect(JSON.stringify(world.sentTo(GROUP))).not.toMatch(PRIVATE);
  });

  it("keeps neither words nor figures of the question with the turn", async () => {
    await world.sayInGroup("u1", STORY);
    const turns: string[] = [];
    await world.storage.conversation.eachTurnSince(new Date(0), 100, (batch) => {
      turns.push(...batch.map((turn) => JSON.stringify(turn)));
    });
    expect(turns).not.toHaveLength(0);
    expect(turns.join()).not.toMatch(PRIVATE);
  });

  it("asks to write directly where the platform opens no direct chat, and records nothing", async () => {
    await world.close();
    world = await createMatchingWorld({ direct: false });
    const line = await world.sayInGroup("u1", STORY);
    expect(line.headline).toContain("请直接私聊我");
    expect(await profileOf("u1")).toBeUndefined();
  });
});

describe("after a crash", () => {
  it("writes the facts once, sends the direct message once and gives the group its line", async () => {
    await world.crashDuring(() => world.sayInGroup("u1", STORY));
    expect(world.sentTo("u1")).toHaveLength(1);
    expect(world.sentTo(GROUP)).toHaveLength(1);
    const by = { account: "test:u1", roles: new Set(["staff" as const]) };
    const enterprise = await world.enterprises.find(by, null);
    const facts = await world.storage.enterprises.factsOf(enterprise?.enterpriseId ?? "");
    expect(facts.filter(({ field }) => field === "headcount")).toHaveLength(1);
  });

  it("reads an answer against the question that it answered, not the one that came after", async () => {
    await world.say("u1", "我们做小核酸药的，天使轮，想融资");
    const asked = await world.openQuestions("u1");
    await world.crashDuring(() => world.say("u1", "不知道"));
    const declined = [...((await profileOf("u1"))?.facts.values() ?? [])]
      .filter(({ value }) => value.kind === "declined")
      .map(({ field }) => field);
    expect(declined.length).toBeGreaterThan(0);
    expect(declined.filter((field) => !asked.includes(field))).toEqual([]);
  });
});

describe("a list", () => {
  it("is answered where it was asked, every entry with its clause, and as a workbook", async () => {
    const reply = await world.sayInGroup("u1", "有哪些做生物医药的载体？");
    expect(reply.kind).toBe("match-list");
    expect(reply.confidential).toBeUndefined();
    const [list] = reply.blocks.flatMap((block) => (block.type === "list" ? [block.items] : []));
    const citations = reply.blocks.filter(({ type }) => type === "citation");
    expect(list?.length).toBeGreaterThan(0);
    const cited = new Set(
      citations.flatMap((block) => (block.type === "citation" ? [`[${block.index}]`] : [])),
    );
    for (const item of list ?? []) expect(cited).toContain(/\[\d+\]$/.exec(item)?.[0]);
    const file = reply.blocks.find((block) => block.type === "file");
    const stored = file && (await world.storage.enterprises.getFile(file.fileId));
    expect(stored?.name).toMatch(/\.xlsx$/);
    expect(world.sentTo("u1")).toHaveLength(0);
  });

  it("is given with the other three", async () => {
    const reply = await world.say("u1", "四清单发我");
    expect(reply.kind).toBe("match-list");
    expect(reply.plainText).toMatch(
      /空间载体清单（\d+）[\s\S]*研发项目清单[\s\S]*扶持政策清单[\s\S]*沟通联络清单/,
    );
    expect((await world.say("u1", "四清单是什么？")).kind).toBe("answered");
  });

  it("of events says what is not stated, and can be subscribed to", async () => {
    const reply = await world.say("u1", "最近有什么比赛？");
    expect(reply.kind).toBe("match-list");
    expect(reply.plainText).toContain("文件未载明");
    expect((await world.press("u1", reply, "match.subscribe-event")).headline).toContain("未启用");
  });

  it.each(["孵化器有什么政策支持？", "园区载体建设由谁负责？", "生物医药的扶持政策有哪些内容？"])(
    "is not what “%s” asks for",
    async (text) => {
      expect((await world.say("u1", text)).kind).toBe("answered");
    },
  );
});
