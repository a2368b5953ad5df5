import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorkCalendar } from "../../src/triage/calendar/create-work-calendar.ts";
import type { WorkingHours } from "../../src/triage/index.ts";

const HOURS: WorkingHours = [
  ["09:00", "11:30"],
  ["13:30", "17:30"],
];
const calendar = createWorkCalendar({ holidays: [], workdays: [] });
const at = (text: string) => new Date(`${text.replace(" ", "T")}+08:00`);
const local = (instant: Date) => new Date(instant.getTime() + 8 * 3600_000).toISOString().slice(0, 16);

// The arrangement of the State Council as the library carries it. 2025: 春节 01-28 to 02-04, worked 01-26 and 02-08; 国庆中秋
// 10-01 to 10-08, worked 09-28 and 10-11. 2026: 春节 02-15 to 02-23, worked 02-14 and 02-28; 国庆 10-01 to 10-07, worked
// 09-20 and 10-10.
describe("days of the working calendar", () => {
  it.each([
    ["2025-01-26", true],
    ["2025-01-27", true],
    ["2025-01-28", false],
    ["2025-02-04", false],
    ["2025-02-05", true],
    ["2025-02-08", true],
    ["2025-02-09", false],
    ["2025-10-08", false],
    ["2025-10-09", true],
    ["2025-10-11", true],
    ["2026-02-14", true],
    ["2026-02-15", false],
    ["2026-02-23", false],
    ["2026-02-24", true],
    ["2026-02-28", true],
    ["2026-10-07", false],
    ["2026-10-08", true],
    ["2026-10-10", true],
    ["2026-11-21", false],
    ["2026-11-23", true],
  ])("%s worked: %s", (day, worked) => {
    expect(calendar.isWorkday(day)).toBe(worked);
  });

  it("tells which years have an arrangement", () => {
    expect([2003, 2024, 2025, 2026, 2040].map((year) => calendar.coversYear(year))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it("takes weekends for granted where there is none", () => {
    expect(calendar.isWorkday("2040-10-01")).toBe(true); // A Monday.
    expect(calendar.isWorkday("2040-10-06")).toBe(false); // A Saturday.
  });

  it("lets the settings win over the library", () => {
    const own = createWorkCalendar({ holidays: ["2026-11-23"], workdays: ["2026-10-03"] });
    expect([own.isWorkday("2026-11-23"), own.isWorkday("2026-10-03")]).toEqual([false, true]);
    expect(local(own.addWorkingMinutes(at("2026-11-20 17:00"), 60, HOURS))).toBe("2026-11-24T09:30");
  });

  it("refuses a day that is none", () => {
    expect(() => calendar.isWorkday("soon")).toThrow(expect.objectContaining({ code: "internal" }));
  });
});

describe("working time", () => {
  it.each([
    ["2026-11-23 08:59", false],
    ["2026-11-23 09:00", true],
    ["2026-11-23 11:30", false],
    ["2026-11-23 13:29", false],
    ["2026-11-23 13:30", true],
    ["2026-11-23 17:30", false],
    ["2026-11-22 10:00", false],
    ["2026-10-10 10:00", true],
  ])("%s open: %s", (when, open) => {
    expect(calendar.isWorkingTime(at(when), HOURS)).toBe(open);
  });

  it.each([
    ["2026-11-23 07:10", "2026-11-23T09:00"],
    ["2026-11-23 10:17", "2026-11-23T10:17"],
    ["2026-11-23 12:00", "2026-11-23T13:30"],
    ["2026-11-20 17:30", "2026-11-23T09:00"],
    ["2026-09-30 18:00", "2026-10-08T09:00"],
    ["2025-09-30 18:00", "2025-10-09T09:00"],
    ["2026-02-14 18:00", "2026-02-24T09:00"],
    ["2026-10-09 18:00", "2026-10-10T09:00"],
  ])("after %s opens %s", (from, opening) => {
    expect(local(calendar.nextWorkingTime(at(from), HOURS))).toBe(opening);
    expect(local(calendar.addWorkingMinutes(at(from), 0, HOURS))).toBe(opening);
  });

  it.each([
    ["inside one stretch", "2026-11-23 09:00", 60, "2026-11-23T10:00"],
    ["over the lunch break", "2026-11-23 11:00", 60, "2026-11-23T14:00"],
    ["from inside the break", "2026-11-23 12:15", 30, "2026-11-23T14:00"],
    ["before opening", "2026-11-23 06:00", 30, "2026-11-23T09:30"],
    ["ending with the stretch", "2026-11-23 11:00", 30, "2026-11-23T11:30"],
    ["ending with the day", "2026-11-23 09:00", 390, "2026-11-23T17:30"],
    ["over the night", "2026-11-23 17:00", 60, "2026-11-24T09:30"],
    ["over the weekend", "2026-11-20 17:00", 60, "2026-11-23T09:30"],
    ["over 国庆 2026", "2026-09-30 17:00", 60, "2026-10-08T09:30"],
    ["over the eight days of 2025", "2025-09-30 17:00", 60, "2025-10-09T09:30"],
    // Thursday, Friday and the made-up Saturday are worked; Sunday is not.
    ["on a made-up Saturday", "2026-10-08 09:00", 3 * 390, "2026-10-10T17:30"],
    ["behind it", "2026-10-08 09:00", 3 * 390 + 1, "2026-10-12T09:01"],
    ["over 春节 2026", "2026-02-14 16:30", 120, "2026-02-24T10:00"],
  ])("adds minutes %s", (_name, from, minutes, end) => {
    expect(local(calendar.addWorkingMinutes(at(from), minutes, HOURS))).toBe(end);
    expect(calendar.workingMinutesBetween(at(from), at(end.replace("T", " ")), HOURS)).toBe(minutes);
  });

  it("counts nothing where nothing is worked", () => {
    expect(calendar.workingMinutesBetween(at("2026-10-01 00:00"), at("2026-10-08 09:00"), HOURS)).toBe(0);
    expect(calendar.workingMinutesBetween(at("2026-11-23 11:30"), at("2026-11-23 13:30"), HOURS)).toBe(0);
    expect(calendar.workingMinutesBetween(at("2026-11-24 09:00"), at("2026-11-23 09:00"), HOURS)).toBe(0);
  });

  it("counts fractions", () => {
    expect(calendar.workingMinutesBetween(at("2026-11-23 09:00:00"), at("2026-11-23 09:00:45"), HOURS)).toBe(
      0.75,
    );
    const end = calendar.addWorkingMinutes(at("2026-11-23 11:29:30"), 0.75, HOURS);
    expect(end.toISOString()).toBe("2026-11-23T05:30:15.000Z");
  });

  it("spans a year: 2026 has 248 working days by the arrangement", () => {
    const whole = calendar.workingMinutesBetween(at("2026-01-01 00:00"), at("2027-01-01 00:00"), HOURS);
    expect(whole).toBe(248 * 390);
    expect(local(calendar.addWorkingMinutes(at("2026-01-01 00:00"), whole, HOURS))).toBe("2026-12-31T17:30");
  });

  it("runs through midnight where hours are day and night", () => {
    const always: WorkingHours = [["00:00", "24:00"]];
    expect(local(calendar.addWorkingMinutes(at("2026-11-23 23:30"), 60, always))).toBe("2026-11-24T00:30");
    expect(local(calendar.addWorkingMinutes(at("2026-11-20 23:30"), 60, always))).toBe("2026-11-23T00:30");
  });
});

describe("settings that cannot be reckoned with", () => {
  it.each<[string, WorkingHours]>([
    ["no hours", []],
    ["reversed hours", [["17:30", "09:00"]]],
    ["unreadable hours", [["morning", "25:00"]]],
  ])("refuses %s with the next step", (_name, hours) => {
    const refusal = expect.objectContaining({
      code: "configuration",
      safeMessage: expect.stringContaining("管理员"),
    });
    expect(() => calendar.nextWorkingTime(at("2026-11-23 09:00"), hours)).toThrow(refusal);
    expect(() =>
      calendar.workingMinutesBetween(at("2026-11-23 09:00"), at("2026-11-23 10:00"), hours),
    ).toThrow(refusal);
  });

  it("counts overlapping stretches once", () => {
    const overlapping: WorkingHours = [
      ["10:00", "12:00"],
      ["09:00", "11:00"],
    ];
    const day = [at("2026-11-23 00:00"), at("2026-11-24 00:00")] as const;
    expect(calendar.workingMinutesBetween(...day, overlapping)).toBe(180);
  });

  it.each([1e12, Number.POSITIVE_INFINITY, Number.NaN])("ends for %s minutes", (minutes) => {
    expect(() => calendar.addWorkingMinutes(at("2026-11-23 09:00"), minutes, HOURS)).toThrow(
      expect.objectContaining({ code: "configuration" }),
    );
  });

  it("takes fewer than no minutes for none", () => {
    expect(local(calendar.addWorkingMinutes(at("2026-11-23 12:00"), -5, HOURS))).toBe("2026-11-23T13:30");
  });

  it("bears a machine clock at 1970", () => {
    expect(calendar.workingMinutesBetween(new Date(0), at("2026-11-23 09:00"), HOURS)).toBeGreaterThan(5e6);
  });
});

describe("against counting minute by minute", () => {
  const START = at("2026-09-18 00:00").getTime();
  const MINUTES = 30 * 24 * 60;
  const arbitraryHours = fc
    .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 })
    .map((quarters) => {
      const sorted = quarters.toSorted((a, b) => a - b).map((quarter) => quarter * 15);
      const text = (minute: number) =>
        `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
      const hours: [string, string][] = [];
      for (let i = 0; i + 1 < sorted.length; i += 2)
        hours.push([text(sorted[i] ?? 0), text(sorted[i + 1] ?? 0)]);
      return hours;
    });
  const arbitraryDays = fc.uniqueArray(
    fc
      .integer({ min: 0, max: 29 })
      .map((day) => new Date(START + day * 86_400_000 + 8 * 3600_000).toISOString().slice(0, 10)),
    { maxLength: 8 },
  );
  const instants = fc.integer({ min: 0, max: MINUTES - 1 });

  /** Says of each minute whether it is worked, from the words of the settings alone. */
  function countMinutes(hours: WorkingHours, isWorkday: (day: string) => boolean): boolean[] {
    return Array.from({ length: MINUTES }, (_, minute) => {
      const text = new Date(START + minute * 60_000 + 8 * 3600_000).toISOString();
      const time = text.slice(11, 16);
      return isWorkday(text.slice(0, 10)) && hours.some(([from, to]) => from <= time && time < to);
    });
  }

  it("agrees, and adding is the inverse of counting", () => {
    fc.assert(
      fc.property(
        arbitraryHours,
        arbitraryDays,
        arbitraryDays,
        instants,
        instants,
        (hours, holidays, workdays, a, b) => {
          const own = createWorkCalendar({
            holidays,
            workdays: workdays.filter((day) => !holidays.includes(day)),
          });
          const worked = countMinutes(hours, (day) => own.isWorkday(day));
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const instant = (minute: number) => new Date(START + minute * 60_000);
          const counted = worked.slice(from, to).filter(Boolean).length;
          expect(own.workingMinutesBetween(instant(from), instant(to), hours)).toBe(counted);
          expect(own.isWorkingTime(instant(from), hours)).toBe(worked[from]);
          const end = own.addWorkingMinutes(instant(from), counted, hours);
          expect(own.workingMinutesBetween(instant(from), end, hours)).toBe(counted);
          if (counted > 0) {
            // Nothing but closed time lies between where they end and where we counted to; the minute before the end is worked.
            expect(end.getTime()).toBeLessThanOrEqual(instant(to).getTime());
            expect(worked[(end.getTime() - START) / 60_000 - 1]).toBe(true);
          }
          const opening = worked.indexOf(true, from);
          if (opening >= 0) expect(own.nextWorkingTime(instant(from), hours)).toEqual(instant(opening));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("adds up", () => {
    const minutes = fc.integer({ min: 0, max: 60_000 * 2000 }).map((ms) => ms / 60_000);
    fc.assert(
      fc.property(arbitraryHours, instants, minutes, minutes, (hours, from, first, second) => {
        const start = new Date(START + from * 60_000);
        const stepwise = calendar.addWorkingMinutes(
          calendar.addWorkingMinutes(start, first, hours),
          second,
          hours,
        );
        const reached = calendar.workingMinutesBetween(start, stepwise, hours);
        expect(Math.abs(reached - first - second)).toBeLessThan(1e-6);
      }),
      { numRuns: 200 },
    );
  });
});
