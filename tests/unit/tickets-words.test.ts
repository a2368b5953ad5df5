import { describe, expect, test } from "vitest";
import type { TicketCommand } from "../../src/triage/types.ts";
import { createTicketWorld, type Person, routed } from "../support/decided-tickets.ts";
import { answered, asked, claimed, id, open, runs } from "../support/tickets-at-work.ts";

const HALF_AN_HOUR = 30;

describe("asker-say", () => {
  test.each([
    ["the asked question", asked, "claimed", ["resolution", "next-response"]],
    ["an answer", answered, "claimed", ["resolution", "next-response"]],
    ["a claim", claimed, "claimed", ["first-response", "resolution"]],
    ["nothing yet", open, "queued", ["first-response", "resolution"]],
  ] as const)("after %s", (_what, make, state, clocks) => {
    const world = make();
    world.later(HALF_AN_HOUR);
    world.does("asker", { do: "asker-say", text: "补充：已完成样机" });
    expect(world.task().state).toBe(state);
    expect(runs(world)).toEqual(clocks);
    const to = state === "queued" ? "department science" : "feishu:s1";
    expect(world.told).toEqual([{ notice: "asker-said", to }]);
    expect(world.events.at(-1)).toMatchObject({ kind: "asker-said", byName: "测试企业联系人" });
  });

  test("a second word while one is owed starts no second clock", () => {
    const world = answered();
    world.does("asker", { do: "asker-say", text: "还有一问" });
    world.does("asker", { do: "asker-say", text: "再补充一句" });
    expect(runs(world)).toEqual(["resolution", "next-response"]);
  });

  test("of several departments only those who asked take it as their answer", () => {
    const also = [routed("finance", { category: "C05" })];
    const world = createTicketWorld({ lead: [routed("science")], also });
    world.does("s1", { do: "ask", taskId: id(world, 0), text: "什么阶段？" });
    world.does("f1", { do: "reply", taskId: id(world, 1), text: "请提交材料" });
    world.does("asker", { do: "asker-say", text: "样机阶段" });
    expect(world.ticket.tasks.map(({ state }) => state)).toEqual(["claimed", "answered"]);
    expect(world.told).toEqual([{ notice: "asker-said", to: "feishu:s1" }]);
    world.does("asker", { do: "asker-say", text: "贷款还想再问" });
    expect(world.ticket.tasks.map(({ state }) => state)).toEqual(["claimed", "claimed"]);
    expect(world.told).toHaveLength(2);
  });

  test.each(["s1", "stranger", "admin", "system"] as const)("%s is not the asker", (who) => {
    open().refuses(who, { do: "asker-say", text: "您好" }, "not-yours");
  });

  test("empty and too long", () => {
    open().refuses("asker", { do: "asker-say", text: " " }, "text-missing");
    open().refuses("asker", { do: "asker-say", text: "长".repeat(4001) }, "text-too-long");
  });
});

describe("notes, mentions, further tasks", () => {
  test("a note is for those who work on it; the mentioned are told, once each, not oneself", () => {
    const world = claimed();
    const mentions = ["feishu:s2", "feishu:s2", "feishu:s1", "feishu:fl"];
    world.does("s1", { do: "note", taskId: id(world), text: "请协助核对", mentions });
    expect(world.told).toEqual([{ notice: "mentioned", to: "feishu:s2,feishu:fl" }]);
    world.does("s2", { do: "note", taskId: null, text: "已核对" });
    expect(world.effects).toEqual([]);
  });

  test.each([
    ["s2", "", undefined, "text-missing"],
    ["s2", "见附件", ["feishu:nobody"], "unknown-person"],
    ["s2", "见附件", ["feishu:asker"], "unknown-person"],
    ["f1", "见附件", undefined, "not-yours"],
    ["asker", "见附件", undefined, "not-yours"],
  ] as const)("a note of %s: %j %j is refused", (who: Person, text, mentions, code) => {
    const command: TicketCommand = { do: "note", taskId: null, text, ...(mentions && { mentions }) };
    claimed().refuses(who, command, code);
  });

  test("a further department gets a task of its own; it and the asker are told", () => {
    const world = claimed();
    const command = {
      do: "add-task",
      department: "finance",
      category: "C05",
      summary: "贷款贴息",
      reason: "需金融部门协办",
    } as const;
    world.does("s1", command);
    expect(world.task(1)).toMatchObject({ department: "finance", state: "queued", summary: "贷款贴息" });
    expect(world.task(1).clocks.map(({ grantedMinutes }) => grantedMinutes)).toEqual([60, 600]);
    expect(world.ticket.status).toBe("处理中");
    expect(world.told).toEqual([
      { notice: "assigned", to: "department finance" },
      { notice: "task-added", to: "asker" },
    ]);
    world.refuses("s1", command, "same-place");
    world.refuses("s1", { ...command, department: "nowhere" }, "unknown-department");
    world.refuses("s1", { ...command, reason: "" }, "reason-missing");
    world.refuses("s1", { ...command, summary: "" }, "text-missing");
    world.refuses("asker", command, "not-yours");
  });
});

describe("reclassify", () => {
  const command = { do: "reclassify", category: "C07", urgency: "紧急", reason: "当日截止" } as const;

  test("the main task takes the category, clocks the urgency's time, used time counted", () => {
    const world = claimed();
    world.later(10);
    world.does("s1", command, { categoryNameOf: () => "概念验证" });
    expect(world.ticket).toMatchObject({
      urgency: "紧急",
      classification: { category: "C07", categoryName: "概念验证" },
    });
    expect(world.task()).toMatchObject({ category: "C07" });
    expect(world.task().clocks[0]).toMatchObject({ grantedMinutes: 15, usedMinutes: 10 });
    world.keeps("s1", { ...command, reason: "再次" });
  });

  test("paused clocks stay paused", () => {
    const world = asked();
    world.does("s1", command);
    expect(runs(world)).toEqual([]);
    world.later(HALF_AN_HOUR);
    world.does("asker", { do: "asker-say", text: "样机" });
    expect(world.task().clocks.find(({ kind }) => kind === "resolution")).toMatchObject({
      grantedMinutes: 240,
    });
  });

  test("a reason is needed, and the right", () => {
    claimed().refuses("s1", { ...command, reason: "" }, "reason-missing");
    claimed().refuses("asker", command, "not-yours");
    claimed().refuses("f1", command, "not-yours");
  });
});

describe("recall-message", () => {
  test("the asker's: those who were told hear it", () => {
    const world = claimed();
    world.does("asker", { do: "asker-say", text: "误发" });
    const { key } = world.events.at(-1) ?? { key: "" };
    world.does("asker", { do: "recall-message", messageKey: key });
    expect(world.effects[0]?.what).toMatchObject({ notice: "message-recalled", side: "asker" });
    expect(world.told[0]?.to).toBe("feishu:s1");
  });

  test("an answer: the asker hears it; nobody but its author or the system may", () => {
    const world = answered();
    const { key } = world.events.at(-1) ?? { key: "" };
    world.refuses("s2", { do: "recall-message", messageKey: key }, "not-yours");
    world.refuses("asker", { do: "recall-message", messageKey: key }, "not-yours");
    world.does("system", { do: "recall-message", messageKey: key });
    expect(world.effects).toMatchObject([{ to: { kind: "asker" }, what: { side: "desk" } }]);
  });

  test("a note: the asker never knew of it; an unknown key or a click: nothing", () => {
    const world = claimed();
    world.keeps("s1", { do: "recall-message", messageKey: "k1" });
    world.keeps("s1", { do: "recall-message", messageKey: "none" });
    world.does("s1", { do: "note", taskId: null, text: "内部" });
    world.does("s1", { do: "recall-message", messageKey: world.events.at(-1)?.key ?? "" });
    expect(world.effects).toEqual([]);
  });
});
