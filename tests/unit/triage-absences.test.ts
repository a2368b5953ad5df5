import { afterEach, describe, expect, it } from "vitest";
import { createCountingIds, createManualClock, fromShanghaiDay } from "../../src/shared/index.ts";
import { createAbsenceDesk, describeAbsence, readAbsence } from "../../src/triage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import {
  ADMIN,
  LI,
  makeDepartment,
  makeSettings,
  NOW,
  SPECIALIST,
  STAFF,
  WANG,
  ZHAO,
} from "../support/triage-settings.ts";

/** A Monday. */
const TODAY = "2026-11-23";

function read(text: string, today = TODAY): string {
  const found = readAbsence(text, today);
  if (found.outcome !== "read") return found.outcome;
  const { from, to, deputyName } = found;
  const hour = (at: string) => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 13);
  return `${hour(from)}/${hour(to)}${deputyName ? ` ${deputyName}` : ""}`;
}

describe("what people write about being away", () => {
  it.each([
    ["我下周一到周三休假，由李四代", "2026-11-30T00/2026-12-03T00 李四"],
    ["下周一至下周三休假 由 李四 代班", "2026-11-30T00/2026-12-03T00 李四"],
    ["今天请假", "2026-11-23T00/2026-11-24T00"],
    ["明天、后天出差", "2026-11-24T00/2026-11-26T00"],
    ["明后天请假", "2026-11-24T00/2026-11-26T00"],
    ["明天下午请假，@王芳 代", "2026-11-24T12/2026-11-25T00 王芳"],
    ["这周五上午请假", "2026-11-27T00/2026-11-27T12"],
    ["明天下午到周四上午外出培训，不在单位", "2026-11-24T12/2026-11-26T12"],
    ["11月30日到12月4日休年假，代理人：李四", "2026-11-30T00/2026-12-05T00 李四"],
    ["12月1日到3日出差", "2026-12-01T00/2026-12-04T00"],
    ["十二月一号至三号事假", "2026-12-01T00/2026-12-04T00"],
    ["12/1-12/5年假", "2026-12-01T00/2026-12-06T00"],
    ["2026-12-01 至 2026-12-03 休假", "2026-12-01T00/2026-12-04T00"],
    ["12月30日到1月5日休假", "2026-12-30T00/2027-01-06T00"],
    ["2026年12月28日至2027年1月5日休假", "2026-12-28T00/2027-01-06T00"],
    ["11月20日到11月25日病假", "2026-11-20T00/2026-11-26T00"],
    ["1月5日请假", "2027-01-05T00/2027-01-06T00"],
    ["28号到2号休假", "2026-11-28T00/2026-12-03T00"],
    ["周五到周一请假", "2026-11-27T00/2026-12-01T00"],
    ["周五请假", "2026-11-27T00/2026-11-28T00"],
    ["休假到周五", "2026-11-23T00/2026-11-28T00"],
    ["下周休假，工单交给钱多多处理", "2026-11-30T00/2026-12-07T00 钱多多"],
    ["从12月1日起请假3天，由赵六同志负责", "2026-12-01T00/2026-12-04T00 赵六"],
    ["从下周一开始休两周", "2026-11-30T00/2026-12-14T00"],
    ["李四替我，周三休假", "2026-11-25T00/2026-11-26T00 李四"],
  ])("%s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it("counts working days where the calendar is known", () => {
    const isWorkday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());
    const found = readAbsence("从周五起休年假3天", TODAY, isWorkday);
    expect(found).toMatchObject({ outcome: "read", firstDay: "2026-11-27", lastDay: "2026-12-01" });
  });

  it.each([
    "我要请假",
    "从12月1日起休假",
    "周一和周四请假",
    "12月5日到12月1日休假",
    "本周一到周三休假了",
    "11月20日请假",
    "2025年3月1日请假",
  ])("asks about: %s", (text) => {
    const found = readAbsence(text, text.startsWith("本周一") ? "2026-11-27" : TODAY);
    expect(found).toMatchObject({
      outcome: "unclear",
      question: expect.stringMatching(/哪天|哪一天|一段一段/u),
    });
  });

  it("knows coming back from going, and both from anything else", () => {
    for (const text of ["取消我下周的休假", "我回来了", "不休假了", "提前回来上班，销假"]) {
      expect(read(text), text).toBe("cancel");
    }
    const others = [
      "员工下周一到周三请假，工资怎么算",
      "企业周三放假，周四再联系",
      "我们公司员工出差补贴周五前报送",
      "我能请几天年假？",
      "该企业已上班复工",
      "他明天出差，后天回来上班",
      "明天谁请假",
    ];
    for (const text of others) expect(read(text), text).toBe("none");
    for (const text of ["你好", "下周一开会", "由李四处理这个工单", "12月1日前答复"])
      expect(read(text), text).toBe("none");
  });
});

const opened: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.remove()));
});

async function openDesk() {
  const storage = await openTemporaryStorage();
  opened.push(storage);
  const clock = createManualClock(NOW);
  const finance = { account: "feishu:ou_fin", name: "孙八" };
  const base = makeSettings();
  const departments = [
    ...base.departments,
    makeDepartment({ id: "tax", name: "税务专窗", specialists: [finance] }),
  ];
  const desk = await createAbsenceDesk({
    store: storage.tickets,
    settings: () => ({ departments }),
    clock: clock.now,
    ids: createCountingIds("absence"),
  });
  return { desk, clock, storage };
}

const days = (first: string, end: string) => ({
  from: fromShanghaiDay(first).toISOString(),
  to: fromShanghaiDay(end).toISOString(),
});
const week = days("2026-11-30", "2026-12-03");

describe("the desk of absences", () => {
  it("takes one's own, finds the deputy by name, and forgets it when it is over", async () => {
    const { desk, clock } = await openDesk();
    const { absence, warnings } = await desk.set({ ...week, deputy: "王五", note: "年假" }, SPECIALIST);
    expect(absence).toEqual({
      absenceId: "absence-1",
      account: LI.account,
      ...week,
      deputy: WANG.account,
      note: "年假",
    });
    expect(warnings).toEqual([]);
    expect(desk.current()).toEqual([absence]);
    expect(describeAbsence(absence, () => "王五")).toBe(
      "11月30日（周一）至12月2日（周三），由王五代理（年假）",
    );
    clock.advance(11 * 86_400_000);
    expect(desk.list(LI.account)).toEqual([]);
    await desk.refresh();
    expect(desk.current()).toEqual([]);
  });

  it("replaces what it overlaps", async () => {
    const { desk } = await openDesk();
    await desk.set({ ...week, deputy: null }, SPECIALIST);
    const later = await desk.set({ ...days("2026-12-02", "2026-12-05"), deputy: null }, SPECIALIST);
    expect(later.replaced.map(({ absenceId }) => absenceId)).toEqual(["absence-1"]);
    const apart = await desk.set({ ...days("2026-12-05", "2026-12-06"), deputy: null }, SPECIALIST);
    expect(apart.replaced).toEqual([]);
    expect(desk.list(LI.account).map(({ absenceId }) => absenceId)).toEqual(["absence-2", "absence-3"]);
  });

  it.each([
    ["another department's", "孙八", "“孙八”是税务专窗的专员，代理人须为同部门专员。可选：王五、赵六。"],
    ["nobody", "无名", "“无名”不是本部门的专员，不能作为代理人。可选：王五、赵六。"],
    ["oneself", "李四", "代理人不能是休假者本人。可选：王五、赵六。"],
  ])("refuses %s as a deputy", async (_name, deputy, safeMessage) => {
    const { desk } = await openDesk();
    await expect(desk.set({ ...week, deputy }, SPECIALIST)).rejects.toMatchObject({ safeMessage });
    expect(desk.current()).toEqual([]);
  });

  it("refuses times that cannot be, those without the right, and who is no specialist", async () => {
    const { desk } = await openDesk();
    const set = (wanted: object, by = SPECIALIST) => desk.set({ ...week, deputy: null, ...wanted }, by);
    await expect(set({ to: week.from })).rejects.toMatchObject({ code: "unusable-input" });
    await expect(set({ from: "nie" })).rejects.toMatchObject({ code: "unusable-input" });
    await expect(set(days("2026-11-01", "2026-11-02"))).rejects.toMatchObject({ code: "unusable-input" });
    await expect(set(days("2026-11-30", "2028-11-30"))).rejects.toMatchObject({ code: "unusable-input" });
    await expect(set({}, STAFF)).rejects.toMatchObject({ code: "forbidden" });
    await expect(set({ account: WANG.account })).rejects.toMatchObject({ code: "forbidden" });
    await expect(set({}, ADMIN)).rejects.toMatchObject({
      safeMessage: expect.stringContaining("不是任何部门的专员"),
    });
    await expect(set({ account: WANG.account }, ADMIN)).resolves.toMatchObject({
      absence: { account: WANG.account },
    });
  });

  it("warns where nobody stands in", async () => {
    const { desk } = await openDesk();
    const set = (account: string, deputy: string | null) => desk.set({ ...week, account, deputy }, ADMIN);
    expect((await set(WANG.account, null)).warnings).toEqual(["未指定代理人，期间新来的工单进入部门队列。"]);
    expect((await set(LI.account, WANG.account)).warnings).toEqual([
      "代理人在此期间也休假且没有可用的代理人，届时工单进入部门队列。",
    ]);
    await set(WANG.account, ZHAO.account);
    expect((await set(LI.account, WANG.account)).warnings).toEqual([
      "代理人在此期间也有休假，届时由代理人的代理人接手。",
    ]);
  });

  it("cancels one's own, an admin anybody's", async () => {
    const { desk } = await openDesk();
    await desk.set({ ...week, deputy: null }, SPECIALIST);
    await desk.set({ ...week, account: WANG.account, deputy: null }, ADMIN);
    await expect(desk.cancel("absence-2", SPECIALIST)).rejects.toMatchObject({ code: "forbidden" });
    await desk.cancel("absence-1", SPECIALIST);
    await desk.cancel("absence-2", ADMIN);
    expect(desk.current()).toEqual([]);
    await expect(desk.cancel("absence-1", SPECIALIST)).rejects.toMatchObject({ code: "not-found" });
  });

  it("says halves of days", () => {
    const at = (from: string, to: string) =>
      describeAbsence({ absenceId: "a", account: LI.account, from, to, deputy: null, note: null });
    expect(at("2026-11-24T04:00:00.000Z", "2026-11-24T16:00:00.000Z")).toMatch(
      /^11月24日（周二）下午，未设代理人/u,
    );
    expect(at("2026-11-23T16:00:00.000Z", "2026-11-24T04:00:00.000Z")).toMatch(/^11月24日（周二）上午，/u);
    expect(at("2026-12-30T16:00:00.000Z", "2027-01-02T04:00:00.000Z")).toMatch(
      /^2026年12月31日（周四）至2027年1月2日（周六）上午，/u,
    );
  });
});
