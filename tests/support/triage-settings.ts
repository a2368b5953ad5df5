import type { Actor } from "../../src/access/index.ts";
import type { Classification, Department, DeskSettings, Ticket, TicketTask } from "../../src/triage/index.ts";

/** Invented people. */
export const ADMIN: Actor = { account: "feishu:ou_admin", roles: new Set(["admin"]) };
export const SPECIALIST: Actor = { account: "feishu:ou_li", roles: new Set(["specialist"]) };
export const STAFF: Actor = { account: "feishu:ou_guest", roles: new Set(["staff"]) };

export const NOW = new Date("2026-11-23T02:00:00.000Z");

export function makeDepartment(change: Partial<Department> & { id: string }): Department {
  return {
    name: `部门${change.id}`,
    specialists: [],
    leads: [],
    group: null,
    hours: [
      ["09:00", "11:30"],
      ["13:30", "17:00"],
    ],
    fallback: false,
    ...change,
  };
}

export const LI = { account: "feishu:ou_li", name: "李四" };
export const WANG = { account: "feishu:ou_wang", name: "王五" };
export const ZHAO = { account: "feishu:ou_zhao", name: "赵六", categories: ["C02"] };

/** Two departments with people, a fallback, a rule for each of two categories. */
export function makeSettings(change: Partial<DeskSettings> = {}): DeskSettings {
  return {
    departments: [
      makeDepartment({ id: "science", name: "区科委", specialists: [LI, WANG, ZHAO], leads: [WANG.account] }),
      makeDepartment({ id: "finance", name: "区财政局", group: "feishu:oc_finance" }),
      makeDepartment({ id: "center", name: "区科技发展促进中心", fallback: true, group: "feishu:oc_center" }),
    ],
    routing: [
      { id: "R-C02", categories: ["C02"], departments: ["science", "finance"] },
      { id: "R-C08", categories: ["C08"], departments: ["center"] },
    ],
    sla: {
      terms: [{ firstResponse: 360, nextResponse: 360, resolution: 1800 }],
      soonShare: 0.7,
      leadAfter: 60,
      askerAfter: 120,
      undoMinutes: 10,
      reopenDays: 7,
      autoCloseDays: 3,
    },
    calendar: { holidays: [], workdays: [] },
    templates: [{ id: "received", title: "已受理", text: "您好，{部门}已受理工单 {工单}。" }],
    dutyLine: { name: "园区值守", phone: "021-00000000" },
    ...change,
  };
}

export function makeClassification(change: Partial<Classification> = {}): Classification {
  return {
    category: "C02",
    categoryName: "融资与基金",
    also: [],
    parts: [],
    urgency: "中",
    sentiment: "平",
    language: "zh",
    safety: null,
    spam: false,
    reason: "",
    confidence: 1,
    alternatives: [],
    engine: "rules",
    ...change,
  };
}

let made = 0;

/** A ticket with one task that ended at `department` after `reroutes`. */
export function makeTicket(
  text: string,
  task: Pick<TicketTask, "department" | "category" | "ruleId"> & Partial<TicketTask>,
): Ticket {
  made += 1;
  const at = "2026-11-20T02:00:00.000Z";
  return {
    ticketId: `t-${made}`,
    number: `20261120-${made}`,
    revision: 1,
    status: "已办结",
    asker: {
      account: "feishu:ou_guest",
      channel: "feishu",
      userId: "ou_guest",
      chatId: "oc_1",
      chatKind: "group",
      sessionKey: "s",
      replyTarget: null,
    },
    enterpriseId: null,
    enterprise: null,
    contact: null,
    consentAt: null,
    text,
    context: [],
    files: [],
    draft: null,
    classification: makeClassification({ category: task.category }),
    urgency: "中",
    tasks: [
      {
        taskId: `k-${made}`,
        summary: text,
        state: "closed",
        assignee: null,
        assigneeName: null,
        queue: null,
        reason: "",
        reroutes: [],
        clocks: [],
        queuedAt: at,
        claimedAt: null,
        firstResponseAt: null,
        answeredAt: null,
        closedAt: at,
        closedBy: null,
        outcome: null,
        beforeClose: null,
        unreachableAt: null,
        ...task,
      },
    ],
    openedAt: at,
    closedAt: at,
    reopened: 0,
    mergedInto: null,
    mergedFrom: [],
    satisfaction: null,
    satisfactionAskedAt: null,
    faqId: null,
    lastSequence: 0,
  };
}
