import { describe, expect, test } from "vitest";
import { nextCheckAt } from "../../src/triage/tickets/index.ts";
import {
  contextOf,
  createTicketWorld,
  people,
  routed,
  sla,
  type TicketWorld,
} from "../support/decided-tickets.ts";

const tick = { do: "tick" } as const;
const id = (world: TicketWorld) => world.task().taskId;
const checkAt = (world: TicketWorld) =>
  nextCheckAt(world.ticket, world.task(), contextOf(people.system, world.now, "check"))?.toISOString() ??
  null;
const atChina = (time: string) => new Date(`${time}+08:00`).toISOString();

function claimed(): TicketWorld {
  const world = createTicketWorld();
  world.does("s1", { do: "claim", taskId: id(world) });
  return world;
}

/** First response: 120 working minutes from 09:00. */
describe("tick", () => {
  test("step by step, each once, each to those whom it concerns", () => {
    const world = claimed();
    world.keeps("system", tick);
    expect(checkAt(world)).toBe(atChina("2026-03-02T10:30:00"));
    world.at("2026-03-02T10:30:00+08:00");
    world.does("system", tick);
    expect(world.told).toEqual([{ notice: "reminder", to: "feishu:s1" }]);
    world.keeps("system", tick);
    world.at("2026-03-02T11:00:00+08:00");
    world.does("system", tick);
    expect(world.told).toEqual([
      { notice: "reminder", to: "feishu:s1" },
      { notice: "reminder", to: "leads science" },
    ]);
    expect(world.events.at(-1)).toMatchObject({
      kind: "breached",
      by: "system:desk",
      details: { steps: ["breached"] },
    });
    expect(world.task().clocks[0]).toMatchObject({ breachedAt: atChina("2026-03-02T11:00:00") });
    expect(checkAt(world)).toBe(atChina("2026-03-02T14:00:00"));
    world.at("2026-03-02T14:00:00+08:00");
    world.does("system", tick);
    expect(world.told).toEqual([
      { notice: "reminder", to: "leads science" },
      { notice: "reminder", to: "admins" },
    ]);
    world.at("2026-03-02T15:00:00+08:00");
    world.does("system", tick);
    expect(world.effects).toMatchObject([
      {
        to: { kind: "asker" },
        what: { notice: "late", clock: "first-response", dueAt: atChina("2026-03-02T11:00:00") },
      },
    ]);
  });

  test("in the queue the department is reminded", () => {
    const world = createTicketWorld();
    world.at("2026-03-02T10:30:00+08:00");
    world.does("system", tick);
    expect(world.told).toEqual([{ notice: "reminder", to: "department science" }]);
  });

  test("a machine that was off: one message a place, the strongest; all steps are marked", () => {
    const world = claimed();
    world.at("2026-03-02T16:00:00+08:00");
    world.does("system", tick);
    expect(world.told).toEqual([
      { notice: "reminder", to: "feishu:s1" },
      { notice: "reminder", to: "leads science" },
      { notice: "reminder", to: "admins" },
      { notice: "late", to: "asker" },
    ]);
    expect(world.effects.slice(0, 3).every(({ what }) => "step" in what && what.step === "lead")).toBe(true);
    expect(world.task().clocks[0]?.reminded).toEqual(["breached", "lead", "asker"]);
    world.keeps("system", tick);
  });

  test("none outside working hours", () => {
    const world = claimed();
    world.at("2026-03-02T20:00:00+08:00");
    world.keeps("system", tick);
    expect(checkAt(world)).toBe(atChina("2026-03-03T09:00:00"));
  });

  test("around the clock where the term says so", () => {
    const start = "2026-03-01T23:00:00+08:00";
    const world = createTicketWorld(undefined, { urgency: "紧急" }, start);
    world.at("2026-03-01T23:15:00+08:00");
    world.does("system", tick);
    expect(world.events.at(-1)?.kind).toBe("breached");
  });

  test("only the system; nothing after the end", () => {
    claimed().refuses("s1", tick, "not-yours");
    claimed().refuses("admin", tick, "not-yours");
    const world = claimed();
    world.does("asker", { do: "cancel" });
    world.later(10_000);
    world.keeps("system", tick);
    expect(checkAt(world)).toBeNull();
  });

  test("while the asker is asked nothing comes due", () => {
    const world = claimed();
    world.does("s1", { do: "ask", taskId: id(world), text: "什么阶段？" });
    expect(checkAt(world)).toBeNull();
    world.later(100_000);
    world.keeps("system", tick);
  });
});

describe("closing by itself", () => {
  function answered(): TicketWorld {
    const world = claimed();
    world.at("2026-03-06T10:00:00+08:00");
    world.does("s1", { do: "reply", taskId: id(world), text: "请按通知提交材料。" });
    return world;
  }

  test("so many working days after the answer, at the same time of day", () => {
    const world = answered();
    expect(checkAt(world)).toBe(atChina("2026-03-11T10:00:00"));
    world.at("2026-03-11T09:59:00+08:00");
    world.keeps("system", tick);
    world.at("2026-03-11T10:00:00+08:00");
    world.does("system", tick);
    expect(world.task()).toMatchObject({ state: "closed", outcome: "企业未再反馈，自动办结" });
    expect(world.events.at(-1)?.details).toEqual({ auto: true });
    expect(world.told).toEqual([
      { notice: "closed", to: "asker" },
      { notice: "closed", to: "feishu:s1" },
    ]);
    expect(world.effects[0]?.what).toMatchObject({ askSatisfaction: true });
  });

  test("not when the asker came back, not when it is turned off", () => {
    const world = answered();
    const off = contextOf(people.system, world.now, "x", { sla: { ...sla, autoCloseDays: 0 } });
    expect(nextCheckAt(world.ticket, world.task(), off)).toBeNull();
    world.does("asker", { do: "asker-say", text: "还有一问" });
    world.at("2026-03-11T10:00:00+08:00");
    world.does("system", tick);
    expect(world.task().state).toBe("claimed");
  });
});

describe("nobody there", () => {
  test("a department that cannot be told: the fallback gets it, admins hear", () => {
    const world = claimed();
    world.does("system", { do: "unreachable", taskId: id(world), why: "机器人已被移出群" });
    expect(world.task()).toMatchObject({
      department: "desk",
      state: "queued",
      assignee: null,
      unreachableAt: null,
    });
    expect(world.task().reroutes).toMatchObject([{ kind: "unreachable", by: "system:desk" }]);
    expect(world.told).toEqual([
      { notice: "transferred", to: "asker" },
      { notice: "assigned", to: "department desk" },
      { notice: "transferred", to: "feishu:s1" },
      { notice: "nobody-there", to: "admins" },
    ]);
  });

  test("the fallback itself: it stays, the admins are told once, again only after somebody had it", () => {
    const world = createTicketWorld({ lead: [routed("desk")], also: [] });
    const command = { do: "unreachable", taskId: id(world), why: "无人可通知" } as const;
    world.does("system", command);
    expect(world.task()).toMatchObject({ department: "desk", state: "queued", reroutes: [] });
    expect(world.told).toEqual([{ notice: "nobody-there", to: "admins" }]);
    world.keeps("system", command);
    world.does("d1", { do: "claim", taskId: id(world) });
    world.does("system", command);
  });

  test("a specialist who is gone: back into the queue, also while the asker is asked; an answer stays one", () => {
    const unassign = (world: TicketWorld) => ({ do: "unassign", taskId: id(world), why: "已离岗" }) as const;
    const world = claimed();
    world.does("s1", { do: "ask", taskId: id(world), text: "什么阶段？" });
    world.does("system", unassign(world));
    expect(world.task()).toMatchObject({ state: "queued", assignee: null });
    expect(world.told).toEqual([{ notice: "assigned", to: "department science" }]);
    world.keeps("system", unassign(world));
    world.refuses("admin", unassign(world), "not-yours");

    const done = claimed();
    done.does("s1", { do: "reply", taskId: id(done), text: "请按通知办理。" });
    done.does("system", unassign(done));
    expect(done.task()).toMatchObject({ state: "answered", assignee: null });
    done.does("asker", { do: "asker-say", text: "还有一问" });
    expect(done.task()).toMatchObject({ state: "queued" });
    expect(done.told).toEqual([{ notice: "asker-said", to: "department science" }]);
  });
});
