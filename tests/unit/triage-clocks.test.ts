import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createClockRules,
  createWorkCalendar,
  type SlaSettings,
  type SlaTerm,
  type TaskClock,
  type WorkingHours,
} from "../../src/triage/index.ts";

const HOURS: WorkingHours = [
  ["09:00", "11:30"],
  ["13:30", "17:30"],
];
const calendar = createWorkCalendar({ holidays: [], workdays: [] });
const rules = createClockRules(calendar);
const at = (text: string) => new Date(`${text.replace(" ", "T")}+08:00`);
const local = (instant: Date | string | null) =>
  instant === null ? null : new Date(new Date(instant).getTime() + 8 * 3600_000).toISOString().slice(0, 16);

const TERM: SlaTerm = { firstResponse: 120, nextResponse: 240, resolution: 1170 };
const ALWAYS: SlaTerm = { firstResponse: 30, nextResponse: 30, resolution: 600, aroundTheClock: true };
const SLA: SlaSettings = {
  terms: [TERM],
  soonShare: 0.75,
  leadAfter: 60,
  askerAfter: 120,
  undoMinutes: 10,
  reopenDays: 7,
  autoCloseDays: 5,
};
const due = (clock: TaskClock, when: string, aroundTheClock = false) =>
  rules.dueSteps(clock, at(when), SLA, HOURS, aroundTheClock);
const next = (clock: TaskClock, after: string, aroundTheClock = false) =>
  local(rules.nextCheckAt(clock, at(after), SLA, HOURS, aroundTheClock));
const told = (clock: TaskClock, ...steps: TaskClock["reminded"]): TaskClock => ({
  ...clock,
  reminded: steps,
});

describe("choosing a term", () => {
  const term = (firstResponse: number, more: Partial<SlaTerm> = {}): SlaTerm => ({
    firstResponse,
    nextResponse: 1,
    resolution: 1,
    ...more,
  });
  const sla: SlaSettings = {
    ...SLA,
    terms: [
      term(1),
      term(2, { department: "science" }),
      term(3, { urgency: "紧急" }),
      term(4, { department: "science", urgency: "紧急" }),
      term(5, { urgency: "紧急" }),
    ],
  };
  it.each([
    ["talent", "中", 1],
    ["science", "中", 2],
    ["talent", "紧急", 3],
    ["science", "紧急", 4],
  ] as const)("%s, %s", (department, urgency, expected) => {
    expect(rules.termFor(sla, department, urgency).firstResponse).toBe(expected);
  });

  it("says which line is missing", () => {
    const broken = { ...SLA, terms: [term(2, { department: "science" })] };
    expect(() => rules.termFor(broken, "talent", "低")).toThrow(
      expect.objectContaining({ code: "configuration", safeMessage: expect.stringContaining("通用时限") }),
    );
  });
});

describe("a clock in working hours", () => {
  const clock = rules.start("first-response", at("2026-11-23 10:30"), TERM, HOURS);

  it("takes the minutes of its kind", () => {
    const minutes = (["first-response", "next-response", "resolution"] as const).map(
      (kind) => rules.start(kind, at("2026-11-23 10:30"), TERM, HOURS).grantedMinutes,
    );
    expect(minutes).toEqual([120, 240, 1170]);
  });

  it("ends behind the lunch break", () => {
    expect(local(clock.dueAt)).toBe("2026-11-23T14:30");
  });

  it("starts before a holiday and ends behind it", () => {
    const over = rules.start("first-response", at("2026-09-30 17:00"), TERM, HOURS);
    expect(local(over.dueAt)).toBe("2026-10-08T10:30");
  });

  it.each([
    ["2026-11-23 13:59", []],
    ["2026-11-23 14:00", ["soon"]],
    ["2026-11-23 14:29", ["soon"]],
    ["2026-11-23 14:30", ["breached"]],
    ["2026-11-23 15:30", ["breached", "lead"]],
    ["2026-11-23 16:30", ["breached", "lead", "asker"]],
    ["2026-11-23 18:00", []],
    ["2026-11-24 08:59", []],
    ["2026-11-24 09:00", ["breached", "lead", "asker"]],
  ])("at %s is due: %j", (when, steps) => {
    expect(due(clock, when)).toEqual(steps);
  });

  it("does not repeat what was told", () => {
    expect(due(told(clock, "soon", "breached"), "2026-11-23 15:30")).toEqual(["lead"]);
    expect(due(told(clock, "soon", "breached", "lead", "asker"), "2026-11-24 15:30")).toEqual([]);
  });

  it("says when to look again", () => {
    expect(next(clock, "2026-11-23 10:30")).toBe("2026-11-23T14:00");
    expect(next(told(clock, "soon"), "2026-11-23 14:00")).toBe("2026-11-23T14:30");
    expect(next(told(clock, "soon", "breached"), "2026-11-23 14:30")).toBe("2026-11-23T15:30");
    expect(next(told(clock, "soon", "breached", "lead"), "2026-11-23 15:30")).toBe("2026-11-23T16:30");
    expect(next(told(clock, "soon", "breached", "lead", "asker"), "2026-11-23 16:30")).toBeNull();
  });

  it("waits for the opening when the machine was off", () => {
    expect(next(clock, "2026-11-23 20:00")).toBe("2026-11-24T09:00");
  });

  it("puts a reminder at closing time off to the next opening", () => {
    const evening = rules.start("first-response", at("2026-11-23 15:30"), TERM, HOURS);
    expect(local(evening.dueAt)).toBe("2026-11-23T17:30");
    expect(next(told(evening, "soon"), "2026-11-23 17:00")).toBe("2026-11-24T09:00");
    expect(due(evening, "2026-11-24 09:00")).toEqual(["breached"]);
    // Announcing the end is pointless by then: the next step is the leads'.
    expect(next(told(evening, "breached"), "2026-11-23 17:40")).toBe("2026-11-24T10:00");
  });
});

describe("waiting for the asker", () => {
  const started = rules.start("first-response", at("2026-11-23 09:00"), TERM, HOURS);
  const paused = rules.pause(started, at("2026-11-23 10:00"), HOURS);

  it("keeps what was used and stands", () => {
    expect(paused).toMatchObject({ usedMinutes: 60, runningSince: null, dueAt: null, breachedAt: null });
    expect(due(paused, "2026-12-23 10:00")).toEqual([]);
    expect(next(paused, "2026-11-23 10:00")).toBeNull();
  });

  it("goes on with the rest", () => {
    const resumed = rules.resume(paused, at("2026-11-25 16:40"), HOURS);
    expect(local(resumed.dueAt)).toBe("2026-11-26T09:10");
    expect(next(resumed, "2026-11-25 16:40")).toBe("2026-11-25T17:10");
  });

  it("does nothing twice", () => {
    expect(rules.pause(paused, at("2026-11-23 12:00"), HOURS)).toBe(paused);
    expect(rules.resume(started, at("2026-11-23 12:00"), HOURS)).toBe(started);
  });

  it("does not heal a breach, and puts the ladder off", () => {
    const late = rules.pause(started, at("2026-11-23 14:45"), HOURS);
    expect(late).toMatchObject({ usedMinutes: 225, breachedAt: at("2026-11-23 11:00").toISOString() });
    const resumed = rules.resume(told(late, "soon", "breached", "lead"), at("2026-11-24 09:00"), HOURS);
    expect(resumed.dueAt).toBe(late.breachedAt);
    expect(next(resumed, "2026-11-24 09:00")).toBe("2026-11-24T09:15");
  });
});

describe("the end of a clock", () => {
  const started = rules.start("first-response", at("2026-11-23 09:00"), TERM, HOURS);

  it("is met in time, to the minute", () => {
    const met = rules.meet(started, at("2026-11-23 11:00"), HOURS);
    expect(met).toMatchObject({ usedMinutes: 120, breachedAt: null, runningSince: null, dueAt: null });
    expect(local(met.metAt)).toBe("2026-11-23T11:00");
    expect(due(met, "2026-11-24 10:00")).toEqual([]);
    expect(next(met, "2026-11-23 11:00")).toBeNull();
  });

  it("is met late and says since when", () => {
    const met = rules.meet(started, at("2026-11-23 14:00"), HOURS);
    expect(met).toMatchObject({ usedMinutes: 180, breachedAt: at("2026-11-23 11:00").toISOString() });
  });

  it("is met once", () => {
    const met = rules.meet(started, at("2026-11-23 10:00"), HOURS);
    expect(rules.meet(met, at("2026-11-24 10:00"), HOURS)).toBe(met);
    expect(rules.pause(met, at("2026-11-24 10:00"), HOURS)).toBe(met);
    expect(rules.resume(met, at("2026-11-24 10:00"), HOURS)).toBe(met);
    expect(rules.regrant(met, at("2026-11-24 10:00"), ALWAYS, HOURS)).toBe(met);
  });
});

describe("another department or urgency", () => {
  const started = rules.start("first-response", at("2026-11-23 09:00"), TERM, HOURS);

  it("counts the minutes used already", () => {
    const moved = rules.regrant(
      told(started, "soon"),
      at("2026-11-23 10:00"),
      { ...TERM, firstResponse: 240 },
      HOURS,
    );
    expect(moved).toMatchObject({ grantedMinutes: 240, usedMinutes: 60, reminded: [] });
    expect(local(moved.dueAt)).toBe("2026-11-23T15:00");
  });

  it("counts in the hours of each department", () => {
    const mornings: WorkingHours = [["09:30", "11:30"]];
    const moved = rules.regrant(started, at("2026-11-23 10:00"), TERM, HOURS, mornings);
    expect(moved.usedMinutes).toBe(60);
    expect(local(moved.dueAt)).toBe("2026-11-23T11:00");
  });

  it("has run out where less was granted than is used", () => {
    const moved = rules.regrant(started, at("2026-11-23 11:00"), { ...TERM, firstResponse: 60 }, HOURS);
    expect(local(moved.dueAt)).toBe("2026-11-23T11:00");
    expect(due(moved, "2026-11-23 11:00")).toEqual(["breached", "lead"]);
  });

  it("keeps a breach, and reminds anew where time is left", () => {
    const late = told(started, "soon", "breached");
    const moved = rules.regrant(late, at("2026-11-23 14:00"), { ...TERM, firstResponse: 300 }, HOURS);
    expect(moved).toMatchObject({ breachedAt: at("2026-11-23 11:00").toISOString(), reminded: [] });
    expect(local(moved.dueAt)).toBe("2026-11-23T16:00");
  });

  it("changes what stands without waking it", () => {
    const paused = rules.pause(started, at("2026-11-23 10:00"), HOURS);
    const moved = rules.regrant(paused, at("2026-11-24 10:00"), { ...TERM, firstResponse: 90 }, HOURS);
    expect(moved).toMatchObject({ grantedMinutes: 90, usedMinutes: 60, runningSince: null, dueAt: null });
  });

  it("goes from day and night to working hours", () => {
    const night = rules.start("resolution", at("2026-11-23 20:00"), ALWAYS, HOURS);
    const moved = rules.regrant(night, at("2026-11-23 22:00"), TERM, HOURS);
    expect(moved.usedMinutes).toBe(120);
    expect(moved.aroundTheClock).toBeUndefined();
    expect(local(moved.dueAt)).toBe("2026-11-26T15:30"); // 1170 − 120: two days of 390, then 150 and 120.
  });
});

describe("a clock that runs day and night", () => {
  const night = rules.start("first-response", at("2026-10-01 23:50"), ALWAYS, HOURS);

  it("ends by the wall's clock", () => {
    expect(local(night.dueAt)).toBe("2026-10-02T00:20");
    expect(rules.pause(night, at("2026-10-02 00:00"), HOURS).usedMinutes).toBe(10);
  });

  it("reminds at once when it may", () => {
    expect(next(told(night, "soon"), "2026-10-02 00:13", true)).toBe("2026-10-02T00:20");
    expect(due(night, "2026-10-02 00:20", true)).toEqual(["breached"]);
  });

  it("waits for working hours when it may not", () => {
    expect(due(night, "2026-10-02 00:20")).toEqual([]);
    expect(next(night, "2026-10-02 00:20")).toBe("2026-10-08T09:00");
  });
});

describe("jumps of the machine's clock", () => {
  const started = rules.start("first-response", at("2026-11-23 10:00"), TERM, HOURS);

  it("take nothing away when it jumps back", () => {
    expect(due(started, "2026-11-20 10:00")).toEqual([]);
    expect(next(started, "2020-01-01 00:00")).toBe("2026-11-23T13:30"); // 90 minutes after 10:00: the end of the morning.
    expect(rules.pause(started, at("2026-11-20 10:00"), HOURS)).toMatchObject({
      usedMinutes: 0,
      breachedAt: null,
    });
    expect(rules.meet(started, at("2026-11-20 10:00"), HOURS).metAt).toBe(started.startedAt);
  });

  it("tell each step once when it jumps days forward", () => {
    const steps = due(started, "2026-12-21 10:00");
    expect(steps).toEqual(["breached", "lead", "asker"]);
    expect(next(told(started, ...steps), "2026-12-21 10:00")).toBeNull();
  });
});

describe("whatever happens", () => {
  const START = at("2026-09-28 00:00").getTime();
  const instants = fc.integer({ min: 0, max: 14 * 86_400_000 });
  const arbitraryHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 4 })
    .map((quarters) => {
      const times = quarters
        .toSorted((a, b) => a - b)
        .map(
          (quarter) =>
            `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`,
        );
      const hours: [string, string][] = [];
      for (let i = 0; i + 1 < times.length; i += 2) hours.push([times[i] ?? "", times[i + 1] ?? ""]);
      return hours;
    });

  it("waiting neither loses nor gains time", () => {
    fc.assert(
      fc.property(
        arbitraryHours,
        fc.uniqueArray(instants, { minLength: 2, maxLength: 12 }),
        fc.boolean(),
        (hours, moments, always) => {
          const sorted = moments.toSorted((a, b) => a - b).map((ms) => new Date(START + ms));
          const term = { ...TERM, resolution: 100_000, ...(always && { aroundTheClock: true }) };
          let clock = rules.start("resolution", sorted[0] ?? new Date(START), term, hours);
          let expected = 0;
          for (const [index, moment] of sorted.entries()) {
            const before = sorted[index - 1];
            if (before === undefined) continue;
            if (index % 2 === 1) {
              expected += always
                ? (moment.getTime() - before.getTime()) / 60_000
                : calendar.workingMinutesBetween(before, moment, hours);
              clock = rules.pause(clock, moment, hours);
            } else clock = rules.resume(clock, moment, hours);
          }
          const used = clock.usedMinutes;
          if (clock.runningSince !== null)
            clock = rules.pause(clock, sorted.at(-1) ?? new Date(START), hours);
          expect(clock.usedMinutes).toBe(used);
          expect(Math.abs(used - expected)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it("the end comes exactly when the granted time is used", () => {
    fc.assert(
      fc.property(
        arbitraryHours,
        instants,
        instants,
        fc.integer({ min: 1, max: 5000 }),
        (hours, from, pauseAfter, granted) => {
          const start = new Date(START + from);
          const first = rules.start("resolution", start, { ...TERM, resolution: granted }, hours);
          const pausedAt = new Date(Math.min(start.getTime() + pauseAfter, Date.parse(first.dueAt ?? "")));
          const paused = rules.pause(first, pausedAt, hours);
          const resumed = rules.resume(paused, new Date(pausedAt.getTime() + 3 * 86_400_000), hours);
          const end = new Date(resumed.dueAt ?? "");
          const used = rules.meet(resumed, end, hours);
          expect(used.breachedAt).toBeNull();
          expect(Math.abs(used.usedMinutes - granted)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it("the next look is the first instant at which something is due", () => {
    const reminded = fc.subarray(["soon", "breached", "lead", "asker"] as const);
    const settings = fc.record({
      soonShare: fc.double({ min: 0, max: 1, noNaN: true }),
      leadAfter: fc.integer({ min: 0, max: 900 }),
      askerAfter: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(
        arbitraryHours,
        instants,
        instants,
        fc.integer({ min: 0, max: 900 }),
        reminded,
        settings,
        fc.boolean(),
        fc.boolean(),
        (hours, from, afterMs, granted, steps, some, clockAlways, tellAlways) => {
          const sla = { ...SLA, ...some };
          const term = { ...TERM, resolution: granted, ...(clockAlways && { aroundTheClock: true }) };
          const clock = told(rules.start("resolution", new Date(START + from), term, hours), ...steps);
          const after = new Date(START + afterMs);
          const look = (when: Date) => rules.dueSteps(clock, when, sla, hours, tellAlways);
          const found = rules.nextCheckAt(clock, after, sla, hours, tellAlways);
          const end = found?.getTime() ?? after.getTime() + 3 * 86_400_000;
          // Strides of seven minutes before it, and the very last millisecond, hold nothing.
          for (let t = after.getTime(); t < end; t += 7 * 60_000) expect(look(new Date(t))).toEqual([]);
          if (end > after.getTime()) expect(look(new Date(end - 1))).toEqual([]);
          if (found !== null) {
            expect(found.getTime()).toBeGreaterThanOrEqual(after.getTime());
            expect(look(found).length).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
