import { expect } from "vitest";
import { createWorkCalendar } from "../../src/triage/calendar/create-work-calendar.ts";
import { createTicket, decideTicket, type NewTicket } from "../../src/triage/tickets/index.ts";
import type {
  Classification,
  Decision,
  DecisionContext,
  Department,
  Party,
  RefusalCode,
  RoutedDepartment,
  SlaSettings,
  Ticket,
  TicketCommand,
  TicketEffect,
  TicketEvent,
} from "../../src/triage/types.ts";

/** All people, departments and matters here are invented. */
const hours = [
  ["09:00", "11:30"],
  ["13:30", "17:30"],
] as const;

export const departments: readonly Department[] = [
  {
    id: "science",
    name: "区科委（测试）",
    specialists: [
      { account: "feishu:s1", name: "测试专员甲" },
      { account: "feishu:s2", name: "测试专员乙" },
    ],
    leads: ["feishu:sl"],
    group: "feishu:g1",
    hours,
    fallback: false,
  },
  {
    id: "finance",
    name: "金融部门（测试）",
    specialists: [{ account: "feishu:f1", name: "测试专员丙" }],
    leads: ["feishu:fl"],
    group: null,
    hours: [["08:30", "12:00"]],
    fallback: false,
  },
  {
    id: "desk",
    name: "企业服务窗口（测试）",
    specialists: [{ account: "feishu:d1", name: "测试专员丁" }],
    leads: [],
    group: "feishu:g3",
    hours,
    fallback: true,
  },
];

const specialist = (account: string, name: string, department: string): Party => ({
  account,
  name,
  role: "specialist",
  departments: [department],
});

export const people = {
  asker: { account: "feishu:asker", name: null, role: "asker", departments: [] },
  stranger: { account: "feishu:stranger", name: null, role: "specialist", departments: [] },
  s1: specialist("feishu:s1", "测试专员甲", "science"),
  s2: specialist("feishu:s2", "测试专员乙", "science"),
  sl: { account: "feishu:sl", name: "测试负责人", role: "lead", departments: ["science"] },
  f1: specialist("feishu:f1", "测试专员丙", "finance"),
  d1: specialist("feishu:d1", "测试专员丁", "desk"),
  admin: { account: "feishu:admin", name: "测试管理员", role: "admin", departments: [] },
  system: { account: "system:desk", name: null, role: "system", departments: [] },
} as const satisfies Record<string, Party>;

export type Person = keyof typeof people;

export const sla: SlaSettings = {
  terms: [
    { firstResponse: 120, nextResponse: 240, resolution: 1200 },
    { department: "finance", firstResponse: 60, nextResponse: 60, resolution: 600 },
    { urgency: "紧急", firstResponse: 15, nextResponse: 15, resolution: 240, aroundTheClock: true },
  ],
  soonShare: 0.75,
  leadAfter: 60,
  askerAfter: 120,
  undoMinutes: 30,
  reopenDays: 7,
  autoCloseDays: 3,
};

const calendar = createWorkCalendar({ holidays: [], workdays: [] });

/** A Monday; no holiday is near. */
export const MONDAY = "2026-03-02T09:00:00+08:00";
const MINUTE_MS = 60_000;

export function contextOf(
  by: Party,
  now: Date,
  key: string,
  extra: Partial<DecisionContext> = {},
): DecisionContext {
  let tasks = 0;
  return {
    now,
    by,
    key,
    departments: new Map(departments.map((department) => [department.id, department])),
    sla,
    calendar,
    assigneeFor: (_department, wanted) => wanted,
    nameOf: (account) =>
      departments.flatMap(({ specialists }) => specialists).find((one) => one.account === account)?.name ??
      null,
    taskId: () => {
      tasks += 1;
      return `${key}-t${tasks}`;
    },
    ...extra,
  };
}

export const classification: Classification = {
  category: "C02",
  categoryName: "成果转化",
  also: [],
  parts: [{ category: "C02", words: "想了解概念验证平台怎么申请" }],
  urgency: "中",
  sentiment: "平",
  language: "zh",
  safety: null,
  spam: false,
  reason: "提到“概念验证”。",
  confidence: 0.9,
  alternatives: [],
  engine: "rules",
};

export const routed = (departmentId: string, extra: Partial<RoutedDepartment> = {}): RoutedDepartment => ({
  departmentId,
  name: departmentId,
  category: "C02",
  ruleId: "R-01",
  assignee: null,
  queue: "成果转化组",
  reason: "按园区分派表转交。",
  ...extra,
});

export function requestFor(routing: NewTicket["routing"], extra: Partial<NewTicket> = {}): NewTicket {
  return {
    ticketId: "T1",
    number: "20260302-0001",
    asker: {
      account: "feishu:asker",
      channel: "feishu",
      userId: "asker",
      chatId: "c1",
      chatKind: "direct",
      sessionKey: "feishu/c1/asker/",
      replyTarget: { messageId: "m1" },
      name: "测试企业联系人",
    },
    enterpriseId: "E1",
    enterprise: { name: "测试企业", lines: ["行业：测试"] },
    contact: "测试联系方式",
    text: "想了解概念验证平台怎么申请",
    context: [],
    files: [],
    draft: null,
    classification,
    urgency: "中",
    routing,
    ...extra,
  };
}

/** To whom which notice goes, for reading. */
export function toTold({ to, what }: Pick<TicketEffect, "to" | "what">): { notice: string; to: string } {
  const { notice } = what;
  if (to.kind === "assignee") return { notice, to: to.account };
  if (to.kind === "people") return { notice, to: to.accounts.join(",") };
  return { notice, to: "department" in to ? `${to.kind} ${to.department}` : to.kind };
}

/** A ticket and its log; every step is decided at the world's own time. */
export function createTicketWorld(
  routing: NewTicket["routing"] = { lead: [routed("science")], also: [] },
  request: Partial<NewTicket> = {},
  start = MONDAY,
) {
  let now = new Date(start);
  let count = 0;
  const first = createTicket(requestFor(routing, request), contextOf(people.asker, now, "open"));
  let ticket: Ticket = first.ticket;
  const events: TicketEvent[] = [...first.events];
  let effects: readonly TicketEffect[] = first.effects;

  function decide(
    who: Person | Party,
    command: TicketCommand,
    extra: Partial<DecisionContext> = {},
  ): Decision {
    const by = typeof who === "string" ? people[who] : who;
    count += 1;
    const context = contextOf(by, now, `k${count}`, {
      eventOf: (key) => events.find((event) => event.key === key),
      ...extra,
    });
    const decision = decideTicket(ticket, command, context);
    effects = [];
    if (decision.outcome === "done") {
      ticket = decision.ticket;
      events.push(...decision.events);
      effects = decision.effects;
    }
    return decision;
  }

  return {
    get ticket() {
      return ticket;
    },
    get events(): readonly TicketEvent[] {
      return events;
    },
    /** Of the last step. */
    get effects() {
      return effects;
    },
    get told() {
      return effects.map(toTold);
    },
    get now() {
      return now;
    },
    task(index = 0) {
      const task = ticket.tasks[index];
      if (task === undefined) throw new Error(`No task ${index}`);
      return task;
    },
    at(instant: string) {
      now = new Date(instant);
    },
    later(minutes: number) {
      now = new Date(now.getTime() + minutes * MINUTE_MS);
    },
    decide,
    does(who: Person | Party, command: TicketCommand, extra: Partial<DecisionContext> = {}): Ticket {
      const decision = decide(who, command, extra);
      expect(decision, JSON.stringify(decision)).toMatchObject({ outcome: "done" });
      return ticket;
    },
    refuses(
      who: Person | Party,
      command: TicketCommand,
      code: RefusalCode,
      extra: Partial<DecisionContext> = {},
    ) {
      const before = ticket;
      const decision = decide(who, command, extra);
      expect(decision).toMatchObject({ outcome: "refused", refusal: { code } });
      expect(decision.ticket).toBe(before);
      if (decision.outcome !== "refused") throw new Error("not refused");
      return decision.refusal;
    },
    keeps(who: Person | Party, command: TicketCommand, extra: Partial<DecisionContext> = {}) {
      const before = ticket;
      expect(decide(who, command, extra)).toEqual({ outcome: "unchanged", ticket: before });
    },
  };
}

export type TicketWorld = ReturnType<typeof createTicketWorld>;
