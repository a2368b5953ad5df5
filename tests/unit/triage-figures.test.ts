import { describe, expect, it } from "vitest";
import {
  createFigures,
  createWorkCalendar,
  type DeskFigures,
  describeFigures,
  type FigureRequest,
  lastMonth,
  lastWeek,
  type Ticket,
} from "../../src/triage/index.ts";
import { at, clock, department, task, ticket } from "../support/figure-tickets.ts";

const calendar = createWorkCalendar({ holidays: [], workdays: [] });
const WEEK = { from: "2026-11-16", to: "2026-11-23" };
const DEPARTMENTS = [
  department("science", "区科委", [{ account: "feishu:ou_a", name: "测试甲" }]),
  department("talent", "区人社局", [
    { account: "feishu:ou_b", name: "测试乙" },
    { account: "feishu:ou_c", name: "测试丙" },
  ]),
];

function count(tickets: readonly Ticket[], more: Partial<FigureRequest> = {}): DeskFigures {
  const figures = createFigures({
    period: WEEK,
    asOf: new Date(at("2026-11-23 12:00")),
    calendar,
    departments: DEPARTMENTS,
    ...more,
  });
  for (const one of tickets) figures.add(one);
  return figures.finish();
}

const departmentOf = (figures: DeskFigures, id: string) => figures.departments.find((one) => one.id === id);
const personOf = (figures: DeskFigures, account: string) =>
  figures.people.find((one) => one.account === account);
const met = (minutes: number, when: string, more = {}) =>
  clock("first-response", { usedMinutes: minutes, metAt: at(when), ...more });
const answered = (minutes: number, when = "2026-11-17 11:00") =>
  ticket({ tasks: [task({ clocks: [met(minutes, when)] })] });

describe("periods", () => {
  it("are the last whole week and month", () => {
    expect(lastWeek(new Date(at("2026-11-23 00:30")))).toEqual(WEEK);
    expect(lastWeek(new Date(at("2026-11-22 23:30")))).toEqual({ from: "2026-11-09", to: "2026-11-16" });
    expect(lastMonth(new Date(at("2026-01-05 09:00")))).toEqual({ from: "2025-12-01", to: "2026-01-01" });
  });
});

describe("volume", () => {
  const tickets = [
    ticket({ openedAt: at("2026-11-16 00:00"), status: "已办结", closedAt: at("2026-11-17 12:00") }),
    ticket({ openedAt: at("2026-11-16 23:59"), status: "已回复", urgency: "高" }),
    ticket({ openedAt: at("2026-11-18 12:00"), status: "待企业补充" }),
    ticket({ openedAt: at("2026-11-22 23:59"), status: "已撤回" }),
    // Not of this week: the Sunday before, the Monday after.
    ticket({ openedAt: at("2026-11-15 23:59"), status: "已办结", closedAt: at("2026-11-16 10:00") }),
    ticket({ openedAt: at("2026-11-23 00:00") }),
  ];
  const figures = count(tickets);

  it("counts the period and the one before", () => {
    expect([figures.opened, figures.before.opened]).toEqual([4, 1]);
    expect([figures.closed, figures.before.closed]).toEqual([2, 0]);
    expect(figures.before.period).toEqual({ from: "2026-11-09", to: "2026-11-16" });
  });

  it("shows every day with where its tickets stand", () => {
    expect(figures.volume.byDay).toHaveLength(7);
    expect(figures.volume.byDay[0]).toEqual({
      day: "2026-11-16",
      opened: 2,
      closed: 1,
      answered: 1,
      open: 0,
      dropped: 0,
    });
    expect(figures.volume.byDay[1]?.opened).toBe(0);
    expect(figures.volume.byDay[2]).toMatchObject({ opened: 1, open: 1 });
    expect(figures.volume.byDay[6]).toMatchObject({ opened: 1, dropped: 1 });
    expect(figures.volume.byWeek).toEqual([
      { day: "2026-11-16", opened: 4, closed: 1, answered: 1, open: 1, dropped: 1 },
    ]);
  });

  it("counts by urgency, channel, category and department", () => {
    expect(figures.volume.byUrgency).toEqual([
      { id: "高", name: "高", count: 1 },
      { id: "中", name: "中", count: 3 },
    ]);
    expect(figures.volume.byChannel).toEqual([{ id: "feishu", name: "飞书", count: 4 }]);
    expect(figures.volume.byCategory).toEqual([{ id: "C01", name: "空间选址", count: 4 }]);
    expect(figures.volume.byDepartment).toEqual([{ id: "science", name: "区科委", count: 4 }]);
  });

  it("folds a month into weeks from Monday", () => {
    const month = count(tickets, { period: { from: "2026-11-01", to: "2026-12-01" } });
    expect(month.volume.byWeek.map(({ day, opened }) => [day, opened])).toEqual([
      ["2026-10-26", 0],
      ["2026-11-02", 0],
      ["2026-11-09", 1],
      ["2026-11-16", 4],
      ["2026-11-23", 1],
      ["2026-11-30", 0],
    ]);
  });
});

describe("times", () => {
  it("are of clocks that were met in the period", () => {
    const minutes = [10, 20, 30, 40, 50, 60, 70, 80, 90, 1000];
    const figures = count([...minutes.map((used) => answered(used)), answered(5, "2026-11-13 11:00")]);
    expect(figures.firstResponse).toEqual({ count: 10, mean: 145, p50: 50, p90: 90 });
    expect(figures.before.firstResponse).toEqual({ count: 1, mean: 5, p50: 5, p90: 5 });
    expect(figures.resolution).toEqual({ count: 0, mean: null, p50: null, p90: null });
    expect(departmentOf(figures, "science")?.firstResponse.count).toBe(10);
    expect(departmentOf(figures, "talent")?.firstResponse.count).toBe(0);
  });
});

describe("terms kept", () => {
  it("judges each clock once, when it is met or runs out", () => {
    const figures = count([
      answered(60),
      ticket({
        tasks: [task({ clocks: [met(300, "2026-11-18 11:00", { breachedAt: at("2026-11-17 12:00") })] })],
      }),
      // Ran out last week, met in this one: last week's.
      ticket({
        tasks: [task({ clocks: [met(300, "2026-11-16 11:00", { breachedAt: at("2026-11-13 12:00") })] })],
      }),
      // Ran out while nothing was looking.
      ticket({
        tasks: [
          task({
            clocks: [
              clock("resolution", { runningSince: at("2026-11-16 10:00"), dueAt: at("2026-11-20 12:00") }),
            ],
          }),
        ],
      }),
      // Still runs; stands.
      ticket({
        tasks: [
          task({
            clocks: [
              clock("resolution", { runningSince: at("2026-11-23 10:00"), dueAt: at("2026-11-23 16:00") }),
            ],
          }),
        ],
      }),
      ticket({ tasks: [task({ clocks: [clock("resolution", { usedMinutes: 90 })] })] }),
    ]);
    expect(figures.sla).toEqual({ count: 1, of: 3, rate: 1 / 3 });
    expect(figures.slaByKind["first-response"]).toEqual({ count: 1, of: 2, rate: 0.5 });
    expect(figures.slaByKind.resolution).toEqual({ count: 0, of: 1, rate: 0 });
    expect(figures.slaByKind["next-response"]).toEqual({ count: 0, of: 0, rate: null });
    expect(figures.before.sla).toEqual({ count: 0, of: 1, rate: 0 });
  });

  it("lays a breach on the department that had the task", () => {
    const reroute = { from: "talent", to: "science", by: "x", reason: "", kind: "transfer" } as const;
    const figures = count([
      ticket({
        tasks: [
          task({
            reroutes: [{ ...reroute, at: at("2026-11-17 15:00") }],
            clocks: [met(300, "2026-11-18 11:00", { breachedAt: at("2026-11-17 12:00") })],
          }),
        ],
      }),
    ]);
    expect(departmentOf(figures, "talent")?.sla).toEqual({ count: 0, of: 1, rate: 0 });
    expect(departmentOf(figures, "science")?.sla.of).toBe(0);
    expect(departmentOf(figures, "science")?.firstResponse.count).toBe(1);
  });
});

describe("what came back", () => {
  it("counts tasks that people passed on", () => {
    const reroute = { from: "talent", to: "science", at: at("2026-11-17 15:00"), by: "x", reason: "" };
    const figures = count([
      ticket({
        tasks: [
          task({
            reroutes: [
              { ...reroute, kind: "transfer" },
              { ...reroute, from: "science", to: "talent", kind: "return" },
            ],
          }),
        ],
      }),
      ticket({ tasks: [task({ reroutes: [{ ...reroute, kind: "unreachable" }] })] }),
      ticket({ tasks: [task({ reroutes: [{ ...reroute, from: "science", kind: "transfer" }] }), task()] }),
    ]);
    expect(figures.rerouting).toEqual({ count: 1, of: 4, rate: 0.25 });
    expect(departmentOf(figures, "talent")).toMatchObject({ reroutedAway: 1, reroutedHere: 1 });
    expect(departmentOf(figures, "science")).toMatchObject({ reroutedAway: 1, reroutedHere: 1 });
  });

  it("counts reopened tickets among those that were closed", () => {
    const figures = count([
      ticket({ status: "已办结", closedAt: at("2026-11-18 12:00") }),
      ticket({ status: "已办结", closedAt: at("2026-11-18 12:00"), reopened: 2 }),
      ticket({ status: "处理中", reopened: 1 }),
      ticket({ status: "处理中" }),
    ]);
    expect(figures.reopening).toEqual({ count: 2, of: 3, rate: 2 / 3 });
  });

  it("counts scores, and who answered", () => {
    const rated = (score: 1 | 2 | 3 | 4 | 5, assignee: string) =>
      ticket({
        tasks: [task({ assignee, assigneeName: null, state: "closed" })],
        satisfactionAskedAt: at("2026-11-18 10:00"),
        satisfaction: { score, comment: null, at: at("2026-11-18 11:00") },
      });
    const figures = count([
      rated(5, "feishu:ou_a"),
      rated(5, "feishu:ou_a"),
      rated(2, "feishu:ou_b"),
      ticket({ satisfactionAskedAt: at("2026-11-18 10:00") }),
      ticket({ satisfactionAskedAt: at("2026-11-13 10:00") }),
    ]);
    expect(figures.satisfaction).toEqual({
      count: 3,
      mean: 4,
      distribution: [0, 1, 0, 0, 2],
      answered: { count: 3, of: 4, rate: 0.75 },
    });
    expect(departmentOf(figures, "science")?.satisfaction).toEqual({ count: 3, mean: 4 });
    expect(personOf(figures, "feishu:ou_a")?.satisfaction).toEqual({ count: 2, mean: 5 });
  });
});

describe("load", () => {
  const running = clock("resolution", {
    runningSince: at("2026-11-16 10:00"),
    dueAt: at("2026-11-20 12:00"),
  });
  const figures = count([
    ticket({
      status: "处理中",
      tasks: [task({ state: "claimed", assignee: "feishu:ou_a", assigneeName: "测试甲", clocks: [running] })],
    }),
    ticket({
      status: "待企业补充",
      openedAt: at("2026-08-03 10:00"),
      tasks: [
        task({ state: "asking", assignee: "feishu:ou_a", assigneeName: "测试甲" }),
        task({ state: "queued", department: "talent", queuedAt: at("2026-11-19 10:00") }),
      ],
    }),
    ticket({
      status: "已办结",
      closedAt: at("2026-11-17 12:00"),
      tasks: [
        task({
          state: "closed",
          assignee: "feishu:ou_b",
          closedBy: "feishu:ou_b",
          closedAt: at("2026-11-17 12:00"),
        }),
      ],
    }),
  ]);

  it("counts open tasks whenever they were opened", () => {
    expect(figures.openTickets).toBe(2);
    expect(figures.open).toEqual({ queued: 1, claimed: 1, asking: 1, answered: 0, overdue: 1 });
    expect(personOf(figures, "feishu:ou_a")?.open).toMatchObject({ claimed: 1, asking: 1, overdue: 1 });
    expect(personOf(figures, "feishu:ou_b")).toMatchObject({ closed: 1, open: { claimed: 0 } });
  });

  it("lists specialists without anything, the busiest first", () => {
    expect(figures.people.map(({ name }) => name)).toEqual(["测试甲", "测试乙", "测试丙"]);
  });

  it("measures the queue in working days: Thursday, Friday and two hours of Monday", () => {
    expect(figures.oldestQueued).toMatchObject({ department: "talent", workingDays: 2.25 });
  });

  it("says who falls behind, and why", () => {
    const queued = figures.oldestQueued?.number ?? "none";
    expect(figures.behind).toEqual([
      {
        department: "talent",
        name: "区人社局",
        reasons: [`工单 ${queued} 已待认领 2.3 个工作日，超过 2 个工作日`],
      },
    ]);
  });
});

describe("falling behind by terms", () => {
  const late = () =>
    ticket({
      tasks: [
        task({
          clocks: [met(300, "2026-11-18 11:00", { breachedAt: at("2026-11-17 12:00") })],
          state: "closed",
        }),
      ],
      status: "已办结",
      closedAt: at("2026-11-18 12:00"),
    });
  const kept = () => ({
    ...late(),
    tasks: [task({ clocks: [met(60, "2026-11-17 11:00")], state: "closed" })],
  });
  const times = (number: number, make: () => Ticket) => Array.from({ length: number }, make);

  it("needs ten clocks", () => {
    expect(count([...times(4, late), ...times(5, kept)]).behind).toEqual([]);
    expect(count([...times(4, late), ...times(6, kept)]).behind).toEqual([
      { department: "science", name: "区科委", reasons: ["本期 10 个时限中按时 6 个，按时率 60%，低于 80%"] },
    ]);
  });

  it("begins below four fifths", () => {
    expect(count([...times(2, late), ...times(8, kept)]).behind).toEqual([]);
  });

  it("follows the rules that are given", () => {
    const figures = count([...times(1, late), ...times(1, kept)], {
      rules: { minClocks: 2, minHitRate: 0.6 },
    });
    expect(figures.behind.map(({ department: id }) => id)).toEqual(["science"]);
  });
});

describe("what one department may see", () => {
  it("leaves out the tasks, people and tickets of others", () => {
    const shared = ticket({
      tasks: [
        task({ clocks: [met(60, "2026-11-17 11:00")], assignee: "feishu:ou_a", assigneeName: "测试甲" }),
        task({ department: "talent", clocks: [met(90, "2026-11-17 11:00")], assignee: "feishu:ou_b" }),
      ],
    });
    const figures = count([shared, answered(30)], { only: ["talent"] });
    expect(figures.opened).toBe(1);
    expect(figures.firstResponse).toMatchObject({ count: 1, mean: 90 });
    expect(figures.departments.map(({ id }) => id)).toEqual(["talent"]);
    expect(figures.people.map(({ account }) => account)).toEqual(["feishu:ou_b", "feishu:ou_c"]);
  });
});

describe("in words", () => {
  it("compares with the period before and stays silent about what was not measured", () => {
    const figures = count(
      [
        answered(60),
        answered(240),
        ticket({
          openedAt: at("2026-11-12 10:00"),
          tasks: [task({ clocks: [met(60, "2026-11-12 11:00")], state: "closed" })],
          status: "已办结",
          closedAt: at("2026-11-12 12:00"),
        }),
      ].map((one) => ({
        ...one,
        status: "已办结" as const,
        closedAt: one.closedAt ?? at("2026-11-18 12:00"),
        tasks: one.tasks.map((part) => ({ ...part, state: "closed" as const })),
      })),
      { answers: { selfAnswered: 18, handedOver: 2 } },
    );
    expect(describeFigures(figures)).toEqual([
      "新收工单 2 件，比上期多 1 件；办结 2 件。",
      "首次回应：一半在 1 小时内、九成在 4 小时内（2 次），按工作时间计。",
      "时限按时率 100%（2/2），与上期持平。",
      "转派率 0%（0/2），与上期持平。",
      "重新打开率 0%（0/2）。",
      "提问由文件直接答复的占 90%（18/20），其余转由专员办理。",
      "目前在办 0 件工单：待认领 0 项、处理中 0 项、待企业补充 0 项、已回复 0 项；其中逾期 0 项。",
    ]);
  });

  it("bears a desk without anything", () => {
    const figures = count([], { departments: [] });
    expect(describeFigures(figures)).toHaveLength(2);
    expect(figures).toMatchObject({ opened: 0, behind: [], departments: [], people: [], oldestQueued: null });
  });
});
