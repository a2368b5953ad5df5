import type { CategoryId, Urgency } from "./classification-types.ts";

/** Opening hours on working days, Asia/Shanghai: `[["09:00","11:30"],["13:30","17:30"]]`, in order, without overlap. */
export type WorkingHours = readonly (readonly [from: string, to: string])[];

export interface Specialist {
  /** `feishu:ou_…`. */
  account: string;
  name: string;
  /** Prefers requests of these; absent: everything. */
  categories?: readonly CategoryId[];
}

export interface Department {
  /** `science`; stable. */
  id: string;
  /** 区科委. */
  name: string;
  specialists: readonly Specialist[];
  /** Told when a clock has run out; accounts. */
  leads: readonly string[];
  /** `feishu:oc_…`: where its ticket cards stand; null: specialists are told in their direct chats. */
  group: string | null;
  hours: WorkingHours;
  /** Exactly one: takes what nobody else can take. */
  fallback: boolean;
}

/**
 * One line of the routing table. What is absent matches everything. The rule with the most conditions that hold wins; of
 * equals the earlier one.
 */
export interface RoutingRule {
  /** `R-C02`; stable, shown in the reason. */
  id: string;
  categories?: readonly CategoryId[];
  /** Ids of `knowledge/lexicon/industries.yaml`, or their ancestors. */
  industries?: readonly string[];
  /** 子园 names. */
  parks?: readonly string[];
  /** `startup`, `large`, `foreign`, `listed`, `team`, `university` … as `EnterpriseTraits.types`. */
  enterpriseTypes?: readonly string[];
  urgencies?: readonly Urgency[];
  /** Any of these stands in the text. */
  words?: readonly string[];
  /** And any of these as well. */
  withWords?: readonly string[];
  /** Department ids; the first leads, the others are named beside it. */
  departments: readonly string[];
  /** Account of the person it goes to at once. */
  assignee?: string;
  /** Said after the department's name: 成果转化组. */
  queue?: string;
  /** For people: why the table says so. */
  note?: string;
}

export interface SlaTerm {
  /** Absent: every department. */
  department?: string;
  /** Absent: every urgency. */
  urgency?: Urgency;
  /** Working minutes. */
  firstResponse: number;
  nextResponse: number;
  resolution: number;
  /** Runs day and night; absent: in working hours. Reminders still wait for working hours unless this is set. */
  aroundTheClock?: boolean;
}

export interface SlaSettings {
  /** Most specific wins: department and urgency, urgency, department, neither. One with neither must be there. */
  terms: readonly SlaTerm[];
  /** Share of the time after which the first reminder goes out, 0–1. */
  soonShare: number;
  /** Working minutes after the end of a clock until the leads are told, and until the asker is told honestly. */
  leadAfter: number;
  askerAfter: number;
  /** Minutes within which a close can be undone. */
  undoMinutes: number;
  /** Days within which the asker may reopen. */
  reopenDays: number;
  /** Working days after an answer without a word of the asker until the ticket closes by itself. */
  autoCloseDays: number;
}

export interface CalendarSettings {
  /** `YYYY-MM-DD`: not worked whatever the library says. */
  holidays: readonly string[];
  /** Worked whatever the library says. */
  workdays: readonly string[];
}

export interface ReplyTemplate {
  id: string;
  title: string;
  categories?: readonly CategoryId[];
  /** `{企业}` `{专员}` `{部门}` `{工单}` are filled in. */
  text: string;
}

export interface DeskSettings {
  departments: readonly Department[];
  routing: readonly RoutingRule[];
  sla: SlaSettings;
  calendar: CalendarSettings;
  templates: readonly ReplyTemplate[];
  /** The park's duty line for danger: `{ name, phone }`; null: none is set, and none is invented. */
  dutyLine: { name: string; phone: string } | null;
}

export type SettingsPart = keyof DeskSettings;

/** Out of office. */
export interface Absence {
  absenceId: string;
  account: string;
  /** ISO 8601; half-open. */
  from: string;
  to: string;
  /** Takes over what comes in meanwhile; null: the department's queue. */
  deputy: string | null;
  note: string | null;
}

/** What routing may know of the enterprise. */
export interface EnterpriseTraits {
  industries?: readonly string[];
  park?: string;
  types?: readonly string[];
}

export interface RoutedDepartment {
  departmentId: string;
  name: string;
  /** The matter that it takes. */
  category: CategoryId;
  /** null: no rule fits, the fallback takes it. */
  ruleId: string | null;
  assignee: string | null;
  queue: string | null;
  /** In Chinese; speaks of the park's routing table, never of what a document says. */
  reason: string;
}

export interface Routing {
  /** Departments for the main matter, the leading one first. */
  lead: readonly RoutedDepartment[];
  /** One leading department for each further matter, departments of `lead[0]` left out. */
  also: readonly RoutedDepartment[];
}

/** A change of the table that re-routings suggest. */
export interface RoutingSuggestion {
  category: CategoryId;
  fromDepartment: string;
  toDepartment: string;
  /** Re-routings of this kind, and tickets that the rule sent there, in the period. */
  rerouted: number;
  routed: number;
  reasons: readonly string[];
  /** The rule as it would be. */
  rule: RoutingRule;
}
