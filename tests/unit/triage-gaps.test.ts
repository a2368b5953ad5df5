import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "../../src/access/index.ts";
import { createCountingIds } from "../../src/shared/index.ts";
import type { TicketStore } from "../../src/storage/index.ts";
import { withDisputedTurns } from "../../src/triage/feedback/with-disputed-turns.ts";
import { createGapDesk } from "../../src/triage/gaps/create-gap-desk.ts";
import type { GapDeskOptions } from "../../src/triage/gaps/gap-types.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";

const START = Date.parse("2026-11-23T01:00:00.000Z");
const admin: Actor = { account: "feishu:ou_admin", roles: new Set(["admin"]) };
const auditor: Actor = { account: "feishu:ou_auditor", roles: new Set(["auditor"]) };
const specialist: Actor = { account: "feishu:ou_specialist", roles: new Set(["specialist"]) };

let storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
let sequence = 0;
let minute = 0;
const now = () => new Date(START + minute * 60_000);

beforeEach(async () => {
  storage = await openTemporaryStorage();
  sequence = 0;
  minute = 0;
});
afterEach(() => storage.remove());

/** A turn as the conversation stores it, a minute after the one before. */
async function says(
  userId: string,
  question: string,
  answer: unknown = { kind: "not-in-documents", notStated: [] },
  at?: Date,
): Promise<void> {
  sequence += 1;
  minute += 1;
  const key = `message-${sequence}`;
  const instant = (at ?? now()).toISOString();
  await storage.conversation.enqueueNotice({
    channel: "feishu",
    messageKey: key,
    sessionKey: `feishu/chat/${userId}/`,
    outbox: {
      outboxId: `outbox-${sequence}`,
      channel: "feishu",
      messageKey: key,
      reply: {},
      dueAt: instant,
      createdAt: instant,
    },
    turn: {
      turnId: `turn-${sequence}`,
      sessionKey: `feishu/chat/${userId}/`,
      channel: "feishu",
      messageKey: key,
      question,
      resolvedQuestion: question,
      answer,
      at: instant,
      asker: { channel: "feishu", userId, chatId: "chat", chatKind: "direct", replyTarget: {} },
    },
  });
}

function makeDesk(change: Partial<GapDeskOptions> = {}) {
  return createGapDesk({
    turns: storage.conversation,
    store: storage.tickets,
    clock: now,
    ids: createCountingIds("gap"),
    hashKey: "key",
    ...change,
  });
}

describe("collecting", () => {
  test("wordings of one question are one gap, with its askers and times", async () => {
    await says("ou_1", "园区有班车吗");
    await says("ou_2", "请问咱们园区通不通班车呀？");
    await says("ou_1", "园区有没有通勤车");
    await says("ou_3", "化妆品备案多久能下来");
    const desk = makeDesk();
    expect(await desk.collect(now())).toEqual({ turns: 4, counted: 4, opened: 2, answered: 0 });
    const [bus, filing] = await desk.list(auditor);
    expect(bus).toMatchObject({ count: 3, askers: 2, state: "open", firstAt: "2026-11-23T01:01:00.000Z" });
    expect(bus?.lastAt).toBe("2026-11-23T01:03:00.000Z");
    expect(bus?.question).toContain("车");
    expect(bus?.wordings).toHaveLength(2);
    expect(filing).toMatchObject({ question: "化妆品备案多久能下来", count: 1, askers: 1, wordings: [] });
  });

  test("what is answered, private, smalltalk or unreadable is none; partial needs something not stated", async () => {
    await says("ou_1", "合成生物有哪些支持", { kind: "answered" });
    await says("ou_1", "", { kind: "not-in-documents", notStated: [] });
    await says("ou_1", "你好", { kind: "smalltalk" });
    await says("ou_1", "天气如何", "no object");
    await says("ou_1", "贷款贴息有吗", { kind: "partial", notStated: [] });
    await says("ou_1", "中试基地租金", { kind: "partial", notStated: ["金额或标准", "申报时间"] });
    await says("ou_1", "中试基地租金", { kind: "partial", notStated: ["金额或标准"] });
    const desk = makeDesk();
    await desk.collect(now());
    expect(await desk.list(admin)).toMatchObject([
      { question: "中试基地租金", count: 2, askers: 1, missing: ["金额或标准", "申报时间"] },
    ]);
  });

  test("a question that had to be asked back twice in a row is a gap, once is not", async () => {
    await says("ou_1", "那个补贴呢", { kind: "needs-clarification" });
    await says("ou_2", "那个奖励怎么样", { kind: "needs-clarification" });
    await says("ou_1", "就是那个设备的补贴", { kind: "needs-clarification" });
    await says("ou_2", "人才奖励有哪些", { kind: "answered" });
    await says("ou_2", "还有别的奖励", { kind: "needs-clarification" });
    const desk = makeDesk();
    await desk.collect(now());
    expect(await desk.list(admin)).toMatchObject([{ question: "就是那个设备的补贴", count: 1 }]);
  });

  test("a follow-up counts with what earlier turns added", async () => {
    await says("ou_1", "那金额呢", {
      kind: "not-in-documents",
      notStated: [],
      resolvedQuestion: "氢能车辆运营补贴金额",
    });
    const desk = makeDesk();
    await desk.collect(now());
    expect((await desk.list(admin))[0]?.question).toBe("氢能车辆运营补贴金额");
  });

  test("personal data does not reach the list or the store", async () => {
    await says("ou_1", "我是上海恒远生物科技有限公司的张经理，13812345678，想问有没有动物房，赵若水");
    const desk = makeDesk({ knownOf: async () => ({ names: ["赵若水"] }) });
    await desk.collect(now());
    const kept = JSON.stringify(await storage.tickets.gaps());
    for (const secret of ["恒远", "张", "138", "若水", "ou_1"]) expect(kept).not.toContain(secret);
    expect(kept).toContain("动物房");
  });
});

describe("reading on", () => {
  test("again and again counts nothing twice, also turns of the same instant and late ones", async () => {
    await says("ou_1", "园区有班车吗");
    const instant = now();
    const desk = makeDesk();
    await desk.collect(now());
    await says("ou_2", "园区有班车吗", undefined, instant);
    await says("ou_3", "园区有班车吗", undefined, new Date(instant.getTime() - 1000));
    await desk.collect(now());
    await makeDesk().collect(now());
    await makeDesk().collect(now());
    expect(await desk.list(admin)).toMatchObject([{ count: 3, askers: 3 }]);
  });

  test("interrupted while saving, it goes on without losing or doubling a turn", async () => {
    for (let at = 0; at < 30; at += 1) await says(`ou_${at % 4}`, at % 2 ? "园区有班车吗" : "冷库有吗");
    let left = 1;
    const store: GapDeskOptions["store"] = {
      ...storage.tickets,
      saveGaps: async (...saved: Parameters<TicketStore["saveGaps"]>) => {
        left -= 1;
        if (left < 0) throw new Error("no disk");
        await storage.tickets.saveGaps(...saved);
      },
    };
    const desk = makeDesk({ store });
    await desk.collect(new Date(START + 12 * 60_000));
    await expect(desk.collect(now())).rejects.toThrow("no disk");
    left = 5;
    await desk.collect(now());
    expect((await desk.list(admin)).map(({ count }) => count)).toEqual([15, 15]);
  });

  test("turns of the future wait for their time", async () => {
    await says("ou_1", "园区有班车吗", undefined, new Date(START + 3_600_000));
    const desk = makeDesk();
    expect(await desk.collect(now())).toMatchObject({ counted: 0 });
    expect(await desk.collect(new Date(START + 3_600_000))).toMatchObject({ counted: 1 });
  });
});

describe("deciding", () => {
  test("answered later in the same words: marked with a note; unanswered again: open again", async () => {
    await says("ou_1", "园区有班车吗");
    const desk = makeDesk();
    await desk.collect(now());
    await says("ou_2", "请问园区有班车吗？", { kind: "answered" });
    expect(await desk.collect(now())).toMatchObject({ answered: 1 });
    const [gap] = await desk.list(admin, { state: "answered" });
    expect(gap).toMatchObject({ by: "system:gaps", count: 1 });
    expect(gap?.note).toContain("已得到有出处的答复");
    await desk.collect(now());
    expect(await desk.list(admin, { state: "open" })).toEqual([]);
    await says("ou_3", "园区有班车吗");
    await desk.collect(now());
    await makeDesk().collect(now());
    expect(await desk.list(admin, { state: "open" })).toMatchObject([{ count: 2, askers: 2 }]);
  });

  test("asked again after it was dismissed: the count goes on, the state stays", async () => {
    await says("ou_1", "园区有班车吗");
    const desk = makeDesk();
    await desk.collect(now());
    const [gap] = await desk.list(admin);
    const decided = await desk.decide(gap?.gapId ?? "", "dismissed", admin, "与政策无关，联系13812345678");
    expect(decided).toMatchObject({
      state: "dismissed",
      by: admin.account,
      note: "与政策无关，联系〔电话〕",
    });
    await says("ou_2", "咱们园区通班车吗");
    await desk.collect(now());
    expect(await desk.list(admin)).toMatchObject([{ count: 2, askers: 2, state: "dismissed" }]);
  });

  test("rights: figures may be read by auditors, deciding is for admins", async () => {
    await says("ou_1", "园区有班车吗");
    const desk = makeDesk();
    await desk.collect(now());
    const [gap] = await desk.list(auditor);
    await expect(desk.list(specialist)).rejects.toMatchObject({ code: "forbidden" });
    await expect(desk.decide(gap?.gapId ?? "", "answered", auditor)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(desk.decide("nowhere", "answered", admin)).rejects.toMatchObject({ code: "not-found" });
  });

  test("filters", async () => {
    for (const user of ["ou_1", "ou_2"]) await says(user, "园区有班车吗");
    await says("ou_1", "化妆品备案多久能下来");
    const desk = makeDesk();
    await desk.collect(now());
    expect(await desk.list(admin, { minCount: 2 })).toHaveLength(1);
    expect(await desk.list(admin, { since: "2026-11-23T01:03:00.000Z" })).toHaveLength(1);
    expect(await desk.list(admin, { limit: 1 })).toMatchObject([{ count: 2 }]);
  });
});

describe("with vectors", () => {
  test("wordings without a word in common are joined, and a model that fails stops nothing", async () => {
    await says("ou_1", "亏损企业能享受吗");
    await says("ou_2", "去年没盈利还可以报吗");
    await says("ou_3", "厂区能养狗吗");
    const embed = async (texts: readonly string[]) =>
      texts.map((text) => Float32Array.from(/亏损|盈利/u.test(text) ? [1, 0] : [0, 1]));
    const desk = makeDesk({ embed });
    await desk.collect(now());
    expect((await desk.list(admin)).map(({ count }) => count)).toEqual([2, 1]);
    await says("ou_4", "厂区能养狗吗");
    const failing = makeDesk({ embed: () => Promise.reject(new Error("away")) });
    expect(await failing.collect(now())).toMatchObject({ counted: 1, opened: 0 });
  });
});

describe("an answer that was judged", () => {
  const answered = { kind: "answered", notStated: [] };
  const judge = (message: number, cause: string | null) =>
    storage.feedback.save({
      ...{ channel: "feishu", messageKey: `message-${message}`, account: "feishu:judge", cause },
      ...{ verdict: "unhelpful", reason: null, at: now().toISOString() },
    });
  const disputing = () => makeDesk({ turns: withDisputedTurns(storage.conversation, storage.feedback) });

  test("to be wrong or incomplete is a gap, also when the same answer is given again", async () => {
    await says("a", "孵化器的租金补贴标准是多少", answered);
    await says("b", "海外人才的落户要什么手续", answered);
    minute += 120;
    await judge(1, "incomplete");
    const gaps = disputing();
    await gaps.collect(now());
    await says("c", "孵化器的租金补贴标准是多少", answered);
    minute += 1;
    await gaps.collect(now());
    await gaps.collect(now());
    expect(await gaps.list(admin)).toMatchObject([
      { question: "孵化器的租金补贴标准是多少", count: 1, disputed: 1, state: "open" },
    ]);
  });

  test("to be outdated, or for no cause, or that was none, adds nothing", async () => {
    await says("a", "孵化器的租金补贴标准是多少", answered);
    await says("b", "海外人才的落户要什么手续", answered);
    await says("c", "车间的电价有没有优惠");
    minute += 1;
    await judge(1, "outdated");
    await judge(2, null);
    await judge(3, "incomplete");
    const gaps = disputing();
    await gaps.collect(now());
    expect(await gaps.list(admin)).toMatchObject([
      { question: "车间的电价有没有优惠", count: 1, disputed: 0 },
    ]);
  });
});
