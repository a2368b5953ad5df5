import { describe, expect, test } from "vitest";
import { applyRecalls, createTicket, foldStatus, mayDo, viewFor } from "../../src/triage/tickets/index.ts";
import * as refusals from "../../src/triage/tickets/refuse.ts";
import type { Refusal, TaskState, TicketStatus } from "../../src/triage/types.ts";
import {
  contextOf,
  createTicketWorld,
  MONDAY,
  type Person,
  people,
  requestFor,
  routed,
  sla,
  type TicketWorld,
  toTold,
} from "../support/decided-tickets.ts";

const id = (world: TicketWorld) => world.task().taskId;

describe("a new ticket", () => {
  const create = (routing: Parameters<typeof requestFor>[0], extra = {}) =>
    createTicket(requestFor(routing, extra), contextOf(people.asker, new Date(MONDAY), "open"));

  test("routed, its clocks started, the department told", () => {
    const { ticket, events, effects } = create({ lead: [routed("science"), routed("desk")], also: [] });
    expect(ticket).toMatchObject({
      revision: 1,
      lastSequence: 1,
      status: "待认领",
      reopened: 0,
      closedAt: null,
    });
    expect(ticket.tasks).toMatchObject([
      { department: "science", state: "queued", summary: "想了解概念验证平台怎么申请", ruleId: "R-01" },
    ]);
    expect(ticket.tasks[0]?.clocks).toMatchObject([
      { kind: "first-response", grantedMinutes: 120, startedAt: ticket.openedAt },
      { kind: "resolution", grantedMinutes: 1200 },
    ]);
    expect(events).toMatchObject([{ sequence: 1, kind: "opened", key: "open", byName: "测试企业联系人" }]);
    expect(effects.map(toTold)).toEqual([{ notice: "assigned", to: "department science" }]);
    expect(effects[0]?.key).toBe("T1:1:1");
  });

  test("several matters: one task a department, each with its own words", () => {
    const parts = [
      { category: "C02", words: "概念验证" },
      { category: "C05", words: "贷款贴息" },
      { category: "C06", words: "股权融资" },
    ];
    const { classification } = requestFor({ lead: [], also: [] });
    const also = [routed("finance", { category: "C05" }), routed("finance", { category: "C06" })];
    const { ticket, effects } = create(
      { lead: [routed("science")], also },
      { classification: { ...classification, parts } },
    );
    expect(ticket.tasks.map(({ department, summary }) => [department, summary])).toEqual([
      ["science", "概念验证"],
      ["finance", "贷款贴息；股权融资"],
    ]);
    expect(effects).toHaveLength(2);
  });

  test("a person whom the table names has it at once: a claim, no answer", () => {
    const { ticket, effects } = create({ lead: [routed("science", { assignee: "feishu:s1" })], also: [] });
    expect(ticket).toMatchObject({ status: "处理中" });
    expect(ticket.tasks[0]).toMatchObject({
      state: "claimed",
      assigneeName: "测试专员甲",
      firstResponseAt: null,
    });
    expect(effects.map(toTold)).toEqual([
      { notice: "assigned", to: "department science" },
      { notice: "assigned", to: "feishu:s1" },
    ]);
  });
});

test.each<[TaskState[], TicketStatus]>([
  [["queued"], "待认领"],
  [["claimed", "asking", "queued", "answered"], "处理中"],
  [["asking", "queued", "answered"], "待企业补充"],
  [["queued", "answered", "closed"], "待认领"],
  [["answered", "closed"], "已回复"],
  [["answered", "cancelled"], "已回复"],
  [["closed", "cancelled"], "已办结"],
  [["cancelled", "cancelled"], "已撤回"],
])("%j together are %s", (states, status) => {
  const tasks = states.map((state) => ({ state }));
  expect(foldStatus(tasks, null)).toBe(status);
  expect(foldStatus(tasks, "T2")).toBe("已合并");
});

describe("what somebody may do", () => {
  const may = (world: TicketWorld, who: Person) =>
    mayDo(world.ticket, people[who], id(world), sla, world.now).sort();
  const staff = ["absorb", "add-task", "link-faq", "merge-into", "note", "recall-message", "reclassify"];

  function claimed(): TicketWorld {
    const world = createTicketWorld();
    world.does("s1", { do: "claim", taskId: id(world) });
    return world;
  }

  test("in the queue", () => {
    const world = createTicketWorld();
    const expected = [...staff, "ask", "claim", "close", "reply", "return", "transfer"].sort();
    for (const who of ["s1", "sl", "admin"] as const) expect(may(world, who)).toEqual(expected);
    expect(may(world, "f1")).toEqual([]);
    expect(may(world, "stranger")).toEqual([]);
    expect(may(world, "asker")).toEqual(["asker-say", "cancel", "recall-message"]);
  });

  test("while one has it", () => {
    const world = claimed();
    const expected = [...staff, "ask", "close", "release", "reply", "return", "transfer"].sort();
    expect(may(world, "s1")).toEqual(expected);
    expect(may(world, "s2")).toEqual([...staff].sort());
    expect(may(world, "sl")).toEqual([...staff, "close", "release", "return", "transfer"].sort());
  });

  test("after the end", () => {
    const world = claimed();
    world.does("s1", { do: "close", taskId: id(world), outcome: "已答复" });
    expect(may(world, "s1")).toEqual(["link-faq", "note", "recall-message", "undo-close"]);
    expect(may(world, "s2")).toEqual(["link-faq", "note", "recall-message"]);
    expect(may(world, "asker")).toEqual(["rate", "recall-message", "reopen"]);
    world.later(31);
    expect(may(world, "admin")).toEqual(["link-faq", "note", "recall-message"]);
    world.later(8 * 24 * 60);
    expect(may(world, "asker")).toEqual(["rate", "recall-message"]);
  });

  test("somebody who was removed may nothing, though they have it", () => {
    const world = claimed();
    expect(mayDo(world.ticket, { ...people.s1, departments: [] }, id(world), sla, world.now)).toEqual([]);
    const elsewhere = { ...people.s1, departments: ["finance"] };
    expect(mayDo(world.ticket, elsewhere, id(world), sla, world.now)).toContain("reply");
  });
});

describe("views", () => {
  function moved(): TicketWorld {
    const world = createTicketWorld();
    world.does("s1", { do: "claim", taskId: id(world) });
    world.does("s1", { do: "note", taskId: null, text: "内部备注" });
    world.does("asker", { do: "asker-say", text: "补充说明" });
    world.does("s1", {
      do: "transfer",
      taskId: id(world),
      to: { department: "finance" },
      reason: "内部原因",
    });
    world.does("f1", { do: "reply", taskId: id(world), text: "请按通知办理" });
    return world;
  }
  const seen = (world: TicketWorld, who: Person) => viewFor(world.ticket, world.events, people[who]);

  test.each([
    ["asker", true],
    ["f1", true],
    ["admin", true],
    ["s1", false],
    ["sl", false],
    ["stranger", false],
  ] as const)("the contact for %s: %s", (who, isShown) => {
    expect(seen(moved(), who).ticket.contact !== null).toBe(isShown);
  });

  test("the asker sees neither notes nor reasons; the words of the two sides stay", () => {
    const world = moved();
    const view = seen(world, "asker");
    expect(JSON.stringify(view)).not.toContain("内部");
    expect(view.events.map(({ kind }) => kind)).toEqual([
      "opened",
      "claimed",
      "asker-said",
      "transferred",
      "claimed",
      "replied",
    ]);
    expect(JSON.stringify(view)).toContain("请按通知办理");
    expect(JSON.stringify(seen(world, "s1"))).toContain("内部原因");
  });

  test("what was taken back is shown to nobody", () => {
    const world = moved();
    const said = world.events.find(({ kind }) => kind === "asker-said");
    world.does("asker", { do: "recall-message", messageKey: said?.key ?? "" });
    for (const who of ["asker", "f1", "admin"] as const)
      expect(JSON.stringify(seen(world, who))).not.toContain("补充说明");
    expect(applyRecalls(world.events).find(({ kind }) => kind === "asker-said")).toMatchObject({
      text: null,
      files: [],
    });
  });

  test("the ticket itself is not touched", () => {
    const world = moved();
    const before = structuredClone(world.ticket);
    seen(world, "asker");
    expect(world.ticket).toEqual(before);
  });
});

test("every refusal speaks Chinese and English and says what is next", () => {
  const world = createTicketWorld();
  const { ticket } = world;
  const task = world.task();
  const all: Refusal[] = [
    refusals.refuseNotYours(),
    refusals.refuseClaimed(task, () => null),
    refusals.refuseEnded(ticket),
    refusals.refuseEnded({ ...ticket, status: "已撤回" }),
    refusals.refuseEnded({ ...ticket, mergedInto: "T2" }),
    refusals.refuseEndedTask({ ...task, state: "closed" }),
    refusals.refuseEndedTask({ ...task, state: "cancelled" }),
    refusals.refuseReopenLate(7),
    refusals.refuseUndoLate(30),
    refusals.refuseNotClosed(),
    refusals.refuseStillOpen(),
    refusals.refuseRateEarly(),
    refusals.refuseState(task),
    refusals.refuseUnknownTask(),
    refusals.refuseUnknownDepartment(),
    refusals.refuseUnknownPerson(),
    refusals.refuseNoFallback(),
    refusals.refuseSamePlace(),
    refusals.refuseReturnHere(),
    refusals.refuseDepartmentThere(),
    refusals.refuseSameTicket(),
    refusals.refuseTextMissing("回复内容", "the answer"),
    refusals.refuseTooLong("回复内容", "the answer", 4001, 4000),
    refusals.refuseReasonMissing(),
    refusals.refuseRated(),
    refusals.refuseScore(),
  ];
  expect(new Set(all.map(({ zh }) => zh)).size).toBe(all.length);
  expect(Object.keys(refusals)).toHaveLength(23);
  for (const { zh, en } of all) {
    expect(zh).toMatch(/^[\p{Script=Han}“].*[。]$/u);
    expect(en).toMatch(/^[A-Z][^\p{Script=Han}]+\.$/u);
  }
});
