import type { CategoryId, Classification, Urgency } from "./classification-types.ts";
import type { Department, SlaSettings, SlaTerm, WorkingHours } from "./settings-types.ts";
import type { Decision, Party, TaskClock, Ticket, TicketCommand, TicketEvent } from "./ticket-types.ts";

export type * from "./classification-types.ts";
export type * from "./settings-types.ts";
export type * from "./ticket-types.ts";

/** Working time of Asia/Shanghai: days off and make-up days from the library, overridden by the settings. */
export interface WorkCalendar {
  /** A day of the calendar. */
  isWorkday(day: string): boolean;
  isWorkingTime(at: Date, hours: WorkingHours): boolean;
  /** `at` itself when it is working time, else the next opening. */
  nextWorkingTime(at: Date, hours: WorkingHours): Date;
  /** Where `minutes` of working time after `from` end. Zero minutes: `nextWorkingTime(from)`. */
  addWorkingMinutes(from: Date, minutes: number, hours: WorkingHours): Date;
  /** Fractions count. Negative never: `to` before `from` gives 0. */
  workingMinutesBetween(from: Date, to: Date, hours: WorkingHours): number;
  /** False: the library has no official arrangement of that year; weekends are then taken for granted, and doctor says so. */
  coversYear(year: number): boolean;
}

/** What deciding may look up. */
export interface DecisionContext {
  now: Date;
  by: Party;
  /** Of the message or click; becomes the event's key. */
  key: string;
  departments: ReadonlyMap<string, Department>;
  sla: SlaSettings;
  calendar: WorkCalendar;
  /** Who of a department would get it now (absences and deputies counted); null: the queue. */
  assigneeFor?(department: string, wanted: string): string | null;
  nameOf(account: string): string | null;
  taskId: () => string;
  /** For `reclassify`; absent: the id is shown. */
  categoryNameOf?(category: CategoryId): string | null;
  /** For `recall-message`: the log entry of a message. Absent: taken for a message of the one who acts. */
  eventOf?(key: string): TicketEvent | undefined;
}

/** Pure: state and command in, next state with its log entries and messages out. */
export type DecideTicket = (ticket: Ticket, command: TicketCommand, context: DecisionContext) => Decision;

/** Clock arithmetic of a task; pure. */
export interface ClockRules {
  termFor(sla: SlaSettings, department: string, urgency: Urgency): SlaTerm;
  start(kind: TaskClock["kind"], at: Date, term: SlaTerm, hours: WorkingHours): TaskClock;
  pause(clock: TaskClock, at: Date, hours: WorkingHours): TaskClock;
  resume(clock: TaskClock, at: Date, hours: WorkingHours): TaskClock;
  /** Give the hours: without them the minutes of the last run are missing in `usedMinutes`, thus in the figures. */
  meet(clock: TaskClock, at: Date, hours?: WorkingHours): TaskClock;
  /**
   * After a transfer or a change of urgency: the new department's minutes, those used already counted (`hours`: of the
   * department that used them; `newHours`: of the next one, absent: the same). A breach stays; where time is left again,
   * reminders start anew.
   */
  regrant(clock: TaskClock, at: Date, term: SlaTerm, hours: WorkingHours, newHours?: WorkingHours): TaskClock;
  /**
   * Steps that are due at `at` and were not taken yet, in order; none outside working hours (unless around the clock).
   * `soon` is due only before the end: a machine that was off does not announce what has passed.
   */
  dueSteps(
    clock: TaskClock,
    at: Date,
    sla: SlaSettings,
    hours: WorkingHours,
    aroundTheClock: boolean,
  ): readonly TaskClock["reminded"][number][];
  /** The next instant at which `dueSteps` could give something; null: never. */
  nextCheckAt(
    clock: TaskClock,
    after: Date,
    sla: SlaSettings,
    hours: WorkingHours,
    aroundTheClock: boolean,
  ): Date | null;
}

/** What the asker is shown before anything is handed over. */
export interface TicketProposal {
  classification: Classification;
  routing: import("./settings-types.ts").Routing;
  /** Said before everything else when there is danger. */
  safetyNotice: string | null;
}
