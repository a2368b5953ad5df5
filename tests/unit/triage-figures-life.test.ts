import { describe, expect, it } from "vitest";
import { createFigures, createWorkCalendar, type DeskFigures, type Ticket } from "../../src/triage/index.ts";
import { createTicketWorld, departments, routed } from "../support/decided-tickets.ts";

/** Tickets as they are really decided, counted by hand. Hours 09:00–11:30 and 13:30–17:30, finance 08:30–12:00. */
function count(tickets: readonly Ticket[], asOf = "2026-03-09T09:00:00+08:00"): DeskFigures {
  const figures = createFigures({
    period: { from: "2026-03-02", to: "2026-03-09" },
    asOf: new Date(asOf),
    calendar: createWorkCalendar({ holidays: [], workdays: [] }),
    departments,
  });
  for (const ticket of tickets) figures.add(ticket);
  return figures.finish();
}

function answeredWorld() {
  const world = createTicketWorld();
  const { taskId } = world.task();
  world.does("s1", { do: "claim", taskId });
  world.at("2026-03-02T10:00:00+08:00");
  world.does("s1", { do: "reply", taskId, text: "测试答复" });
  return { world, taskId };
}

const departmentOf = (figures: DeskFigures, id: string) => figures.departments.find((one) => one.id === id);

describe("figures of tickets that were really decided", () => {
  it("asked, answered late after a question, closed, rated", () => {
    const world = createTicketWorld();
    const { taskId } = world.task();
    world.does("s1", { do: "claim", taskId });
    world.at("2026-03-02T10:30:00+08:00");
    world.does("s1", { do: "ask", taskId, text: "请补充材料" }); // First response after 90 minutes.
    world.at("2026-03-03T09:00:00+08:00");
    world.does("asker", { do: "asker-say", text: "材料在此" });
    world.at("2026-03-03T14:30:00+08:00");
    world.does("s1", { do: "close", taskId, outcome: "已办" }); // Next response and resolution: 150 + 60 minutes more.
    world.does("asker", { do: "rate", score: 5 });
    const figures = count([world.ticket]);
    expect(figures).toMatchObject({ opened: 1, closed: 1, openTickets: 0 });
    expect(figures.firstResponse).toEqual({ count: 1, mean: 90, p50: 90, p90: 90 });
    expect(figures.resolution).toEqual({ count: 1, mean: 300, p50: 300, p90: 300 });
    expect(figures.sla).toEqual({ count: 3, of: 3, rate: 1 });
    expect(figures.satisfaction).toMatchObject({ count: 1, mean: 5, answered: { count: 1, of: 1 } });
    expect(figures.people.find(({ account }) => account === "feishu:s1")).toMatchObject({
      name: "测试专员甲",
      closed: 1,
      sla: { count: 3, of: 3 },
    });
  });

  it("nobody looked at it: late before anything was written down", () => {
    const figures = count([createTicketWorld().ticket], "2026-03-02T17:00:00+08:00");
    expect(figures.slaByKind["first-response"]).toEqual({ count: 0, of: 1, rate: 0 });
    expect(figures.slaByKind.resolution.of).toBe(0);
    expect(figures.open).toEqual({ queued: 1, claimed: 0, asking: 0, answered: 0, overdue: 1 });
  });

  it("passed on after its time: the first department's breach, the second one's answer", () => {
    const world = createTicketWorld({ lead: [routed("science")], also: [] });
    const { taskId } = world.task();
    world.at("2026-03-02T14:00:00+08:00");
    world.does("system", { do: "tick" });
    world.does("s1", { do: "claim", taskId });
    world.does("s1", { do: "transfer", taskId, to: { department: "finance" }, reason: "属金融事项" });
    world.at("2026-03-03T09:00:00+08:00");
    world.does("f1", { do: "reply", taskId, text: "测试答复" });
    const figures = count([world.ticket]);
    expect(departmentOf(figures, "science")).toMatchObject({
      sla: { count: 0, of: 1 },
      firstResponse: { count: 0 },
      reroutedAway: 1,
    });
    // 09:00–11:30 and 13:30–14:00 of the first, 08:30–09:00 of the second.
    expect(departmentOf(figures, "finance")).toMatchObject({
      sla: { of: 0 },
      firstResponse: { count: 1, mean: 210 },
      reroutedHere: 1,
    });
    expect(figures.rerouting).toEqual({ count: 1, of: 1, rate: 1 });
    // It had run out before they took it.
    expect(figures.people.find(({ account }) => account === "feishu:f1")?.sla.of).toBe(0);
  });

  it("withdrawn in time: says nothing of the department", () => {
    const world = createTicketWorld();
    world.at("2026-03-02T09:30:00+08:00");
    world.does("asker", { do: "cancel" });
    const figures = count([world.ticket], "2026-03-20T09:00:00+08:00");
    expect(figures.sla.of).toBe(0);
    expect(figures.firstResponse.count).toBe(0);
    expect(figures).toMatchObject({ opened: 1, closed: 0, openTickets: 0 });
    expect(figures.volume.byDay[0]).toMatchObject({ dropped: 1 });
  });

  it("closed and reopened", () => {
    const { world, taskId } = answeredWorld();
    world.does("s1", { do: "close", taskId });
    world.at("2026-03-03T10:00:00+08:00");
    world.does("asker", { do: "reopen" });
    const figures = count([world.ticket]);
    expect(figures.reopening).toEqual({ count: 1, of: 1, rate: 1 });
    expect(figures).toMatchObject({ closed: 0, openTickets: 1 });
  });

  it("a close that was taken back counts as none", () => {
    const { world, taskId } = answeredWorld();
    world.does("s1", { do: "close", taskId });
    world.does("s1", { do: "undo-close", taskId });
    const figures = count([world.ticket]);
    expect(figures).toMatchObject({
      closed: 0,
      openTickets: 1,
      resolution: { count: 0 },
      reopening: { of: 0 },
    });
    expect(figures.open.answered).toBe(1);
  });
});
