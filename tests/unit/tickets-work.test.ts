import { describe, expect, test } from "vitest";
import { answered, asked, claimed, id, met, open, runs } from "../support/tickets-at-work.ts";

const HALF_AN_HOUR = 30;

describe("claim", () => {
  test("the first wins; the asker hears who has it; no clock is met by it", () => {
    const world = open();
    world.later(HALF_AN_HOUR);
    world.does("s1", { do: "claim", taskId: id(world) });
    expect(world.ticket).toMatchObject({ status: "处理中", revision: 2, lastSequence: 2 });
    expect(world.task()).toMatchObject({
      state: "claimed",
      assignee: "feishu:s1",
      assigneeName: "测试专员甲",
    });
    expect(world.told).toEqual([{ notice: "claimed", to: "asker" }]);
    expect(runs(world)).toEqual(["first-response", "resolution"]);
    expect(world.task().firstResponseAt).toBeNull();
  });

  test.each(["s2", "sl", "admin"] as const)("%s comes second and learns who has it", (who) => {
    const world = claimed();
    const refusal = world.refuses(who, { do: "claim", taskId: id(world) }, "claimed-by-other");
    expect(refusal.zh).toBe("该事项已由测试专员甲认领，您可查看进展或添加备注。");
    expect(refusal.en).toContain("测试专员甲");
  });

  test("a second click of the same person changes nothing", () => {
    const world = claimed();
    world.keeps("s1", { do: "claim", taskId: id(world) });
  });

  test.each(["f1", "stranger", "asker", "system"] as const)("%s may not", (who) => {
    const world = open();
    world.refuses(who, { do: "claim", taskId: id(world) }, "not-yours");
  });

  test.each(["sl", "admin"] as const)("%s may", (who) => {
    const world = open();
    world.does(who, { do: "claim", taskId: id(world) });
  });

  test("a task that is not there", () => {
    open().refuses("s1", { do: "claim", taskId: "none" }, "unknown-task");
  });
});

describe("release", () => {
  test("back into the queue, the department is told", () => {
    const world = claimed();
    world.does("s1", { do: "release", taskId: id(world), reason: " 今日外出 " });
    expect(world.task()).toMatchObject({
      state: "queued",
      assignee: null,
      assigneeName: null,
      claimedAt: null,
    });
    expect(world.told).toEqual([{ notice: "assigned", to: "department science" }]);
    expect(world.events.at(-1)).toMatchObject({ kind: "released", text: "今日外出" });
    world.keeps("s2", { do: "release", taskId: id(world) });
  });

  test("by a lead over the one who has it, who hears of it; not by a colleague", () => {
    const world = claimed();
    world.refuses("s2", { do: "release", taskId: id(world) }, "claimed-by-other");
    world.does("sl", { do: "release", taskId: id(world) });
    expect(world.told).toContainEqual({ notice: "transferred", to: "feishu:s1" });
  });

  test("while the asker is asked, the clocks run again; not when it is answered", () => {
    const world = asked();
    expect(runs(world)).toEqual([]);
    world.does("s1", { do: "release", taskId: id(world) });
    expect(runs(world)).toEqual(["resolution"]);
    const done = answered();
    done.refuses("s1", { do: "release", taskId: id(done) }, "wrong-state");
  });
});

describe("transfer", () => {
  test("to another department: its queue and its time, the way is kept, the asker is told", () => {
    const world = claimed();
    world.later(HALF_AN_HOUR);
    world.does("s1", {
      do: "transfer",
      taskId: id(world),
      to: { department: "finance" },
      reason: "涉及贷款贴息",
    });
    expect(world.task()).toMatchObject({
      department: "finance",
      state: "queued",
      assignee: null,
      queue: null,
    });
    expect(world.task().reroutes).toEqual([
      {
        from: "science",
        to: "finance",
        at: world.now.toISOString(),
        by: "feishu:s1",
        reason: "涉及贷款贴息",
        kind: "transfer",
      },
    ]);
    expect(world.task().clocks.map(({ grantedMinutes }) => grantedMinutes)).toEqual([60, 600]);
    expect(world.task().clocks[0]?.dueAt).toBe("2026-03-02T02:00:00.000Z");
    expect(world.told).toEqual([
      { notice: "transferred", to: "asker" },
      { notice: "assigned", to: "department finance" },
    ]);
    world.refuses("s1", { do: "claim", taskId: id(world) }, "not-yours");
  });

  test("to a person there", () => {
    const world = claimed();
    const to = { department: "finance", assignee: "feishu:f1" };
    world.does("s1", { do: "transfer", taskId: id(world), to, reason: "由其承办" });
    expect(world.task()).toMatchObject({
      state: "claimed",
      assignee: "feishu:f1",
      assigneeName: "测试专员丙",
    });
    expect(world.told).toContainEqual({ notice: "assigned", to: "feishu:f1" });
  });

  test.each([
    ["claimed", claimed],
    ["asking", asked],
    ["answered", answered],
  ] as const)("to a colleague while %s: only the name changes, no re-routing", (state, make) => {
    const world = make();
    const { clocks } = world.task();
    const to = { department: "science", assignee: "feishu:s2" };
    world.does("s1", { do: "transfer", taskId: id(world), to, reason: "由其继续办理" });
    expect(world.task()).toMatchObject({ state, assignee: "feishu:s2", reroutes: [], clocks });
    expect(world.told).toEqual([
      { notice: "assigned", to: "feishu:s2" },
      { notice: "claimed", to: "asker" },
    ]);
  });

  test("a lead gives the queue's task to somebody", () => {
    const world = open();
    const to = { department: "science", assignee: "feishu:s2" };
    world.does("sl", { do: "transfer", taskId: id(world), to, reason: "请办理" });
    expect(world.task()).toMatchObject({ state: "claimed", assignee: "feishu:s2" });
  });

  test("to somebody who is out: the deputy gets it, or the queue", () => {
    const world = open();
    const to = { department: "science", assignee: "feishu:s1" };
    const command = { do: "transfer", taskId: id(world), to, reason: "请办理" } as const;
    world.does("sl", command, { assigneeFor: () => "feishu:s2" });
    expect(world.task().assignee).toBe("feishu:s2");
    world.does("sl", command, { assigneeFor: () => null });
    expect(world.task()).toMatchObject({ state: "queued", assignee: null });
    world.refuses("sl", command, "same-place", { assigneeFor: () => null });
  });

  test("to a lead, who stands in for nobody", () => {
    const world = claimed();
    const to = { department: "science", assignee: "feishu:sl" };
    world.does(
      "s1",
      { do: "transfer", taskId: id(world), to, reason: "请裁定" },
      { assigneeFor: () => null },
    );
    expect(world.task()).toMatchObject({ state: "claimed", assignee: "feishu:sl" });
  });

  test.each([
    [{ department: "nowhere" }, "原因", "unknown-department"],
    [{ department: "science", assignee: "feishu:f1" }, "原因", "unknown-person"],
    [{ department: "science" }, "原因", "same-place"],
    [{ department: "science", assignee: "feishu:s1" }, "原因", "same-place"],
    [{ department: "finance" }, " ", "reason-missing"],
    [{ department: "finance" }, "长".repeat(501), "text-too-long"],
  ] as const)("refuses %j with reason %s: %s", (to, reason, code) => {
    const world = claimed();
    world.refuses("s1", { do: "transfer", taskId: id(world), to, reason }, code);
  });

  test("while the asker is asked, the clocks run on under the new terms", () => {
    const world = asked();
    world.later(HALF_AN_HOUR);
    world.does("s1", {
      do: "transfer",
      taskId: id(world),
      to: { department: "finance" },
      reason: "涉及贷款",
    });
    expect(runs(world)).toEqual(["resolution"]);
    expect(met(world)).toEqual(["first-response"]);
    // What stood does not count: no minute was used before the question.
    expect(world.task().clocks[1]).toMatchObject({ grantedMinutes: 600, usedMinutes: 0 });
  });
});

describe("return", () => {
  test("to the fallback, counted as return; from there no further", () => {
    const world = claimed();
    world.refuses("s1", { do: "return", taskId: id(world), reason: "" }, "reason-missing");
    world.does("s1", { do: "return", taskId: id(world), reason: "不属本部门受理范围" });
    expect(world.task()).toMatchObject({ department: "desk", state: "queued" });
    expect(world.task().reroutes[0]).toMatchObject({ kind: "return", from: "science", to: "desk" });
    expect(world.told).toEqual([
      { notice: "transferred", to: "asker" },
      { notice: "assigned", to: "department desk" },
    ]);
    world.refuses("d1", { do: "return", taskId: id(world), reason: "不属本部门" }, "same-place");
  });

  test("without a fallback it is said", () => {
    const world = claimed();
    const refusal = world.refuses(
      "s1",
      { do: "return", taskId: id(world), reason: "不属" },
      "unknown-department",
      {
        departments: new Map(),
      },
    );
    expect(refusal.zh).toContain("兜底部门");
  });
});

describe("ask and reply", () => {
  test("a question meets the first response and lets the rest stand", () => {
    const world = asked();
    expect(world.ticket.status).toBe("待企业补充");
    expect(met(world)).toEqual(["first-response"]);
    expect(runs(world)).toEqual([]);
    expect(world.effects).toMatchObject([
      {
        key: "T1:3:1",
        to: { kind: "asker" },
        what: { notice: "question", name: "测试专员甲", text: "请问项目处于什么阶段？" },
      },
    ]);
  });

  test("an answer meets the responses, the resolution stands until the asker is back or it is closed", () => {
    const world = answered();
    expect(world.ticket.status).toBe("已回复");
    expect(world.task().answeredAt).toBe(world.now.toISOString());
    expect(met(world)).toEqual(["first-response"]);
    expect(runs(world)).toEqual([]);
    expect(world.told).toEqual([{ notice: "answer", to: "asker" }]);
  });

  test.each([
    ["ask", "asking", "asked"],
    ["reply", "answered", "replied"],
  ] as const)("%s out of the queue claims in the same step", (command, state, kind) => {
    const world = open();
    world.does("s2", { do: command, taskId: id(world), text: "您好" });
    expect(world.task()).toMatchObject({ state, assignee: "feishu:s2" });
    expect(world.events.slice(1).map((event) => [event.kind, event.key])).toEqual([
      ["claimed", "k1#1"],
      [kind, "k1"],
    ]);
    expect(world.ticket).toMatchObject({ revision: 2, lastSequence: 3 });
  });

  test.each(["s2", "sl", "admin"] as const)("%s must not speak over the one who has it", (who) => {
    const world = claimed();
    world.refuses(who, { do: "reply", taskId: id(world), text: "您好" }, "claimed-by-other");
    world.refuses(who, { do: "ask", taskId: id(world), text: "您好" }, "claimed-by-other");
    const done = answered();
    done.refuses(who, { do: "reply", taskId: id(done), text: "您好" }, "claimed-by-other");
  });

  test.each([
    ["", "text-missing"],
    ["  \n", "text-missing"],
    ["\u200b\u2060\ufeff", "text-missing"],
    ["长".repeat(4001), "text-too-long"],
  ] as const)("the text %j is refused", (text, code) => {
    const world = claimed();
    for (const name of ["ask", "reply"] as const)
      world.refuses("s1", { do: name, taskId: id(world), text }, code);
  });

  test("4,000 characters pass, also such that take two units; files need no words", () => {
    const world = claimed();
    world.does("s1", { do: "reply", taskId: id(world), text: "𠮷".repeat(4000) });
    const files = [{ fileId: "f", name: "a.pdf", mediaType: "application/pdf", bytes: 1 }];
    world.does("s1", { do: "reply", taskId: id(world), text: "", files });
    expect(world.events.at(-1)).toMatchObject({ text: "", files });
  });
});
