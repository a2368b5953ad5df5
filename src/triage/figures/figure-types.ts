import type { ClockKind, Department, TicketStatus, WorkCalendar } from "../types.ts";

/** Days of Asia/Shanghai, half-open: `to` is the first day behind the period. */
export interface FigurePeriod {
  from: string;
  to: string;
}

/** Working minutes. Null where nothing was measured. Percentiles by nearest rank: a value that occurred. */
export interface Spread {
  count: number;
  mean: number | null;
  p50: number | null;
  p90: number | null;
}

export interface Share {
  count: number;
  of: number;
  /** Null: of nothing. */
  rate: number | null;
}

export interface Count {
  /** Stable: a category, department, urgency or channel. */
  id: string;
  name: string;
  count: number;
}

/** Where the tickets opened in a day or week stand at `asOf`; the parts add up to `opened`. */
export interface VolumePart {
  /** The day, or the week's Monday (also when the period begins later). */
  day: string;
  opened: number;
  /** 已办结. */
  closed: number;
  /** 已回复. */
  answered: number;
  /** 待认领、处理中、待企业补充. */
  open: number;
  /** 已撤回、已合并. */
  dropped: number;
}

export interface Satisfaction {
  /** Given in the period. */
  count: number;
  mean: number | null;
  /** Of the scores 1 to 5. */
  distribution: readonly [number, number, number, number, number];
  /** Of those asked in the period, who answered. */
  answered: Share;
}

export type SlaByKind = Readonly<Record<ClockKind, Share>>;

/** What can be said of any period; that of the period before stands beside the present one. */
export interface PeriodTotals {
  period: FigurePeriod;
  /** Tickets opened in the period. */
  opened: number;
  /** Tickets closed in the period (now 已办结). */
  closed: number;
  /** Of clocks met in the period. */
  firstResponse: Spread;
  resolution: Spread;
  /** Clocks kept, of those judged in the period. A clock is judged once: when it is met, or when it runs out. */
  sla: Share;
  slaByKind: SlaByKind;
  /** Tasks of tickets opened in the period that people passed to another department, of all such tasks. */
  rerouting: Share;
  /** Tickets opened in the period that the asker reopened, of those that were closed at least once. */
  reopening: Share;
  satisfaction: Satisfaction;
}

/** Open tasks at `asOf`. */
export interface OpenLoad {
  queued: number;
  claimed: number;
  asking: number;
  answered: number;
  /** Tasks with a clock that runs and has run out. */
  overdue: number;
}

export interface QueuedTask {
  number: string;
  department: string;
  since: string;
  /** Working days of the department that it has waited. */
  workingDays: number;
}

export interface DepartmentFigures {
  id: string;
  name: string;
  /** Tasks of tickets opened in the period that are with it now. */
  tasks: number;
  /** Tasks that it closed in the period. */
  closed: number;
  firstResponse: Spread;
  resolution: Spread;
  sla: Share;
  slaByKind: SlaByKind;
  /** Passed on by people in the period. */
  reroutedAway: number;
  reroutedHere: number;
  satisfaction: { count: number; mean: number | null };
  open: OpenLoad;
  oldestQueued: QueuedTask | null;
}

export interface PersonFigures {
  account: string;
  name: string;
  departments: readonly string[];
  /** Tasks that they closed in the period. */
  closed: number;
  firstResponse: Spread;
  sla: Share;
  satisfaction: { count: number; mean: number | null };
  open: OpenLoad;
}

/** A department that falls behind, with the rule that says so in words. */
export interface BehindDepartment {
  department: string;
  name: string;
  reasons: readonly string[];
}

export interface BehindRules {
  /** Behind when fewer clocks are kept, 0–1 … */
  minHitRate: number;
  /** … of at least so many judged ones. */
  minClocks: number;
  /** Behind when a task has waited in the queue for more working days. */
  maxQueuedDays: number;
}

/** Questions answered from documents alone, and those that became tickets; counted elsewhere. */
export interface AnswerCounts {
  selfAnswered: number;
  handedOver: number;
}

export interface DeskFigures extends PeriodTotals {
  /** ISO 8601; open load is of this instant. */
  asOf: string;
  before: PeriodTotals;
  volume: {
    byDay: readonly VolumePart[];
    byWeek: readonly VolumePart[];
    byStatus: Readonly<Partial<Record<TicketStatus, number>>>;
    byCategory: readonly Count[];
    /** Of tasks: a ticket with three departments counts in each. */
    byDepartment: readonly Count[];
    byUrgency: readonly Count[];
    byChannel: readonly Count[];
  };
  open: OpenLoad;
  openTickets: number;
  oldestQueued: QueuedTask | null;
  departments: readonly DepartmentFigures[];
  people: readonly PersonFigures[];
  behind: readonly BehindDepartment[];
  rules: BehindRules;
  answers: (AnswerCounts & { selfAnsweredShare: Share }) | null;
}

export interface FigureRequest {
  period: FigurePeriod;
  asOf: Date;
  calendar: WorkCalendar;
  departments: readonly Department[];
  /** Ids: only tasks that these have now, only their people; tickets without such a task are passed over. Absent: everything. */
  only?: readonly string[];
  rules?: Partial<BehindRules>;
  answers?: AnswerCounts;
}
