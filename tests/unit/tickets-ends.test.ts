import { describe, expect, test } from "vitest";
import { decideTicket, mergeTickets } from "../../src/triage/tickets/index.ts";
import {
  contextOf,
  createTicketWorld,
  people,
  routed,
  type TicketWorld,
} from "../support/decided-tickets.ts";

const DAY = 24 * 60;
const id = (world: TicketWorld, index = 0) => world.task(index).taskId;
const two = () =>
  createTicketWorld({ lead: [routed("science")], also: [routed("finance", { category: "C05" })] });

function claimed(): TicketWorld {
  const world = createTicketWorld();
  world.does("s1", { do: "claim", taskId: id(world) });
  return world;
}

function answered(): TicketWorld {
  const world = claimed();
  world.does("s1", { do: "reply", taskId: id(world), text: "请按通知提交材料。" });
  return world;
}

function closed(): TicketWorld {
  const world = answered();
  world.does("s1", { do: "close", taskId: id(world) });
  return world;
}

function cancelled(): TicketWorld {
  const world = claimed();
  world.does("asker", { do: "cancel" });
  return world;
}

const openClocks = (world: TicketWorld) =>
  world.ticket.tasks.flatMap(({ clocks }) => clocks).filter(({ metAt }) => metAt === null);

describe("close", () => {
  test("after an answer the outcome may be left out; all clocks are met; satisfaction is asked", () => {
    const world = closed();
    expect(world.ticket).toMatchObject({ status: "已办结", closedAt: world.now.toISOString() });
    expect(world.task()).toMatchObject({ state: "closed", closedBy: "feishu:s1", outcome: null });
    expect(openClocks(world)).toEqual([]);
    expect(world.effects).toMatchObject([
      { to: { kind: "asker" }, what: { notice: "closed", askSatisfaction: true } },
    ]);
  });

  test("without an answer the outcome is the word to the asker", () => {
    const world = claimed();
    world.refuses("s1", { do: "close", taskId: id(world) }, "text-missing");
    world.refuses("s1", { do: "close", taskId: id(world), outcome: "长".repeat(4001) }, "text-too-long");
    world.does("s1", { do: "close", taskId: id(world), outcome: " 已电话答复 " });
    expect(world.task()).toMatchObject({ outcome: "已电话答复", firstResponseAt: world.now.toISOString() });
  });

  test("when the asker came back after the answer, an outcome is needed again", () => {
    const world = answered();
    world.does("asker", { do: "asker-say", text: "还有一问" });
    world.refuses("s1", { do: "close", taskId: id(world) }, "text-missing");
  });

  test("out of the queue: claimed and closed in one step", () => {
    const world = createTicketWorld();
    world.does("s2", { do: "close", taskId: id(world), outcome: "重复诉求，已在前一工单答复" });
    expect(world.events.map(({ kind }) => kind)).toEqual(["opened", "claimed", "closed"]);
    expect(world.task().assignee).toBe("feishu:s2");
  });

  test("by a lead over the one who has it, who hears of it; not by a colleague", () => {
    const world = answered();
    world.refuses("s2", { do: "close", taskId: id(world) }, "claimed-by-other");
    world.does("sl", { do: "close", taskId: id(world) });
    expect(world.told).toEqual([
      { notice: "closed", to: "asker" },
      { notice: "closed", to: "feishu:s1" },
    ]);
    expect(
      world.effects.filter(({ what }) => "askSatisfaction" in what && what.askSatisfaction),
    ).toHaveLength(1);
  });

  test("satisfaction is asked with the last of several, and never again", () => {
    const world = two();
    world.does("s1", { do: "close", taskId: id(world, 0), outcome: "已答复" });
    expect(world.effects[0]?.what).toMatchObject({ askSatisfaction: false });
    expect(world.ticket.status).toBe("待认领");
    world.does("f1", { do: "close", taskId: id(world, 1), outcome: "已答复" });
    expect(world.effects[0]?.what).toMatchObject({ askSatisfaction: true });
    world.does("f1", { do: "undo-close", taskId: id(world, 1) });
    world.does("f1", { do: "close", taskId: id(world, 1), outcome: "已答复" });
    expect(world.effects[0]?.what).toMatchObject({ askSatisfaction: false });
  });

  test("after the end: a second click is nothing, everything else is told how to go on", () => {
    const world = closed();
    world.keeps("s1", { do: "close", taskId: id(world) });
    for (const name of ["claim", "close"] as const) {
      const refusal = world.refuses("s2", { do: name, taskId: id(world) }, "ended");
      expect(refusal.zh).toBe("工单已办结，如需继续办理请先重新打开。");
    }
    world.refuses("s1", { do: "reply", taskId: id(world), text: "再补充" }, "ended");
    world.refuses("s1", { do: "ask", taskId: id(world), text: "请问" }, "ended");
    world.refuses(
      "s1",
      { do: "transfer", taskId: id(world), to: { department: "finance" }, reason: "由" },
      "ended",
    );
    world.refuses("s1", { do: "return", taskId: id(world), reason: "由" }, "ended");
    world.refuses("s1", { do: "reclassify", category: "C01", urgency: "高", reason: "由" }, "ended");
    world.refuses("asker", { do: "cancel" }, "ended");
    world.does("s1", { do: "note", taskId: null, text: "归档" });
  });

  test("one of two has ended: that task refuses, the ticket goes on", () => {
    const world = two();
    world.does("s1", { do: "close", taskId: id(world), outcome: "已答复" });
    const refusal = world.refuses("s1", { do: "reply", taskId: id(world), text: "再补充" }, "ended");
    expect(refusal.zh).toContain("撤销办结");
    world.does("asker", { do: "asker-say", text: "补充" });
    expect(world.told).toEqual([{ notice: "asker-said", to: "department finance" }]);
  });
});

describe("undo-close", () => {
  test("everything is as before, the clocks have run on", () => {
    const world = claimed();
    const before = world.task();
    world.later(20);
    world.does("s1", { do: "close", taskId: id(world), outcome: "误点" });
    world.later(30);
    world.does("s1", { do: "undo-close", taskId: id(world) });
    expect(world.task()).toEqual(before);
    expect(world.ticket).toMatchObject({ status: "处理中", closedAt: null });
    expect(world.told).toEqual([{ notice: "close-undone", to: "asker" }]);
  });

  test.each(["sl", "admin"] as const)("%s may, and its specialist hears of it", (who) => {
    const world = closed();
    world.does(who, { do: "undo-close", taskId: id(world) });
    expect(world.task().state).toBe("answered");
    expect(world.told).toContainEqual({ notice: "close-undone", to: "feishu:s1" });
  });

  test("under the terms of the urgency that it has meanwhile", () => {
    const world = two();
    world.does("s1", { do: "close", taskId: id(world), outcome: "误点" });
    world.does("f1", { do: "reclassify", category: "C02", urgency: "紧急", reason: "当日截止" });
    world.does("s1", { do: "undo-close", taskId: id(world) });
    expect(world.task().clocks.map(({ grantedMinutes }) => grantedMinutes)).toEqual([15, 240]);
  });

  test("too late, not theirs, not closed", () => {
    const world = closed();
    world.refuses("s2", { do: "undo-close", taskId: id(world) }, "not-yours");
    world.refuses("asker", { do: "undo-close", taskId: id(world) }, "not-yours");
    world.later(30.1);
    world.refuses("s1", { do: "undo-close", taskId: id(world) }, "too-late");
    const open = claimed();
    open.refuses("s1", { do: "undo-close", taskId: id(open) }, "wrong-state");
  });
});

describe("reopen", () => {
  test("to whoever had it, with new clocks", () => {
    const world = closed();
    world.later(DAY);
    world.does("asker", { do: "reopen", reason: "材料仍被退回" });
    expect(world.ticket).toMatchObject({ status: "处理中", reopened: 1, closedAt: null });
    expect(world.task()).toMatchObject({
      state: "claimed",
      assignee: "feishu:s1",
      closedAt: null,
      beforeClose: null,
    });
    expect(openClocks(world).map(({ kind, startedAt }) => [kind, startedAt])).toEqual([
      ["next-response", world.now.toISOString()],
      ["resolution", world.now.toISOString()],
    ]);
    expect(world.told).toEqual([{ notice: "reopened", to: "feishu:s1" }]);
  });

  test("to the queue when they cannot get it now; to a deputy when there is one", () => {
    const world = closed();
    world.does("asker", { do: "reopen" }, { assigneeFor: () => null });
    expect(world.task()).toMatchObject({ state: "queued", assignee: null });
    expect(world.told).toEqual([{ notice: "reopened", to: "department science" }]);
    const other = closed();
    other.does("asker", { do: "reopen" }, { assigneeFor: () => "feishu:s2" });
    expect(other.task()).toMatchObject({ assignee: "feishu:s2", assigneeName: "测试专员乙" });
  });

  test("a department that is gone: the fallback", () => {
    const world = closed();
    const left = new Map([...contextOf(people.asker, world.now, "x").departments].slice(2));
    world.does("asker", { do: "reopen" }, { departments: left });
    expect(world.task()).toMatchObject({ department: "desk", state: "queued" });
    expect(world.task().reroutes).toMatchObject([{ kind: "settings", from: "science", to: "desk" }]);
  });

  test("until the end of the last day", () => {
    const world = closed();
    world.at("2026-03-09T23:59:00+08:00");
    const hint = world.refuses("asker", { do: "asker-say", text: "还在吗" }, "ended");
    expect(hint.zh).toContain("重新打开");
    world.at("2026-03-10T00:00:00+08:00");
    world.refuses("asker", { do: "asker-say", text: "还在吗" }, "too-late");
    world.refuses("asker", { do: "reopen" }, "too-late");
  });

  test("not open ones, not withdrawn ones, not by others", () => {
    claimed().refuses("asker", { do: "reopen" }, "wrong-state");
    cancelled().refuses("asker", { do: "reopen" }, "ended");
    closed().refuses("s1", { do: "reopen" }, "not-yours");
    closed().refuses("asker", { do: "reopen", reason: "长".repeat(501) }, "text-too-long");
  });
});

describe("cancel", () => {
  test("the clocks stop unmet; who had it is told", () => {
    const world = two();
    world.does("s1", { do: "claim", taskId: id(world) });
    world.does("asker", { do: "cancel", reason: "已自行解决" });
    expect(world.ticket).toMatchObject({ status: "已撤回", closedAt: world.now.toISOString() });
    expect(
      openClocks(world).every(({ runningSince, dueAt }) => runningSince === null && dueAt === null),
    ).toBe(true);
    expect(world.told).toEqual([
      { notice: "cancelled", to: "feishu:s1" },
      { notice: "cancelled", to: "department finance" },
    ]);
    world.keeps("asker", { do: "cancel" });
    world.refuses("asker", { do: "asker-say", text: "还在吗" }, "ended");
    world.refuses("s1", { do: "claim", taskId: id(world) }, "ended");
  });

  test("only by the asker; what was closed before stays closed", () => {
    claimed().refuses("s1", { do: "cancel" }, "not-yours");
    const world = two();
    world.does("s1", { do: "close", taskId: id(world), outcome: "已答复" });
    world.does("asker", { do: "cancel" });
    expect(world.ticket.tasks.map(({ state }) => state)).toEqual(["closed", "cancelled"]);
    expect(world.ticket.status).toBe("已办结");
    world.does("asker", { do: "reopen" });
    expect(world.ticket.tasks.map(({ state }) => state)).toEqual(["claimed", "cancelled"]);
  });

  test("an asker who works in the department may withdraw their own", () => {
    const world = createTicketWorld();
    const both = { ...people.s1, account: "feishu:asker" };
    world.does(both, { do: "cancel" });
  });
});

describe("rate", () => {
  test("once, after the end", () => {
    const world = closed();
    world.does("asker", { do: "rate", score: 4, comment: " 清楚 " });
    expect(world.ticket.satisfaction).toEqual({ score: 4, comment: "清楚", at: world.now.toISOString() });
    world.refuses("asker", { do: "rate", score: 5 }, "already-rated");
  });

  test.each([0, 6, 2.5, Number.NaN])("the score %s is refused", (score) => {
    closed().refuses("asker", { do: "rate", score }, "bad-score");
  });

  test("too early, withdrawn, too long, not the asker", () => {
    answered().refuses("asker", { do: "rate", score: 5 }, "wrong-state");
    cancelled().refuses("asker", { do: "rate", score: 5 }, "wrong-state");
    closed().refuses("asker", { do: "rate", score: 5, comment: "长".repeat(4001) }, "text-too-long");
    closed().refuses("s1", { do: "rate", score: 5 }, "not-yours");
  });

  test("who has rated is not asked again after reopening", () => {
    const world = closed();
    world.does("asker", { do: "rate", score: 2 });
    world.does("asker", { do: "reopen" });
    world.does("s1", { do: "close", taskId: id(world), outcome: "已补正" });
    expect(world.effects[0]?.what).toMatchObject({ askSatisfaction: false });
  });
});

describe("link-faq", () => {
  test("once; by those who work on it or the system", () => {
    const world = closed();
    world.refuses("asker", { do: "link-faq", faqId: "F1" }, "not-yours");
    world.does("system", { do: "link-faq", faqId: "F1" });
    expect(world.ticket.faqId).toBe("F1");
    world.keeps("system", { do: "link-faq", faqId: "F1" });
  });
});

describe("merging", () => {
  const other = () =>
    createTicketWorld(undefined, { ticketId: "T2", number: "20260302-0002", text: "同一诉求再问" });

  test("the one ends, the other takes in what it asked; both sides are told", () => {
    const [from, into] = [other().ticket, claimed().ticket];
    const merged = mergeTickets(from, into, contextOf(people.s1, new Date("2026-03-02T10:00:00+08:00"), "m"));
    if (merged.from.outcome !== "done" || merged.into.outcome !== "done") throw new Error("not merged");
    expect(merged.from.ticket).toMatchObject({ status: "已合并", mergedInto: "T1", revision: 2 });
    expect(merged.from.effects.map(({ to, what }) => [to.kind, what.notice])).toEqual([
      ["asker", "merged"],
      ["department", "merged"],
    ]);
    expect(merged.into.ticket).toMatchObject({ status: "处理中", mergedFrom: ["T2"], revision: 3 });
    expect(merged.into.events[0]).toMatchObject({ kind: "absorbed", by: "feishu:s1", text: "同一诉求再问" });
    const context = contextOf(people.asker, new Date("2026-03-02T11:00:00+08:00"), "n");
    const decision = decideTicket(merged.from.ticket, { do: "asker-say", text: "还在吗" }, context);
    expect(decision).toMatchObject({ outcome: "refused", refusal: { code: "ended" } });
  });

  test("both or none", () => {
    const now = new Date("2026-03-02T10:00:00+08:00");
    const cases = [
      [other().ticket, closed().ticket, people.s1, "ended"],
      [closed().ticket, other().ticket, people.s1, "ended"],
      [claimed().ticket, claimed().ticket, people.s1, "same-place"],
      [other().ticket, claimed().ticket, people.f1, "not-yours"],
      [other().ticket, claimed().ticket, people.asker, "not-yours"],
    ] as const;
    for (const [from, into, by, code] of cases) {
      const merged = mergeTickets(from, into, contextOf(by, now, "m"));
      expect(merged.from).toMatchObject({ outcome: "refused", refusal: { code }, ticket: from });
      expect(merged.into).toMatchObject({ outcome: "refused", refusal: { code }, ticket: into });
    }
  });

  test("a request of files alone can be merged", () => {
    const from = createTicketWorld(undefined, { ticketId: "T2", text: "" }).ticket;
    const now = new Date("2026-03-02T10:00:00+08:00");
    const merged = mergeTickets(from, claimed().ticket, contextOf(people.s1, now, "m"));
    expect([merged.from.outcome, merged.into.outcome]).toEqual(["done", "done"]);
  });

  test("who works on either may; the commands alone hold the same rules", () => {
    const from = createTicketWorld({ lead: [routed("finance")], also: [] }, { ticketId: "T2" }).ticket;
    const now = new Date("2026-03-02T10:00:00+08:00");
    expect(mergeTickets(from, claimed().ticket, contextOf(people.f1, now, "m")).into.outcome).toBe("done");
    const world = claimed();
    world.refuses("s1", { do: "merge-into", ticketId: "T1", number: "1" }, "same-place");
    world.refuses("asker", { do: "merge-into", ticketId: "T9", number: "9" }, "not-yours");
    world.refuses("s1", { do: "absorb", ticketId: "T9", number: "9", text: "" }, "text-missing");
    world.does("s1", { do: "absorb", ticketId: "T9", number: "9", text: "同一诉求" });
    world.does("s1", { do: "absorb", ticketId: "T9", number: "9", text: "同一诉求" });
    expect(world.ticket.mergedFrom).toEqual(["T9"]);
  });
});
