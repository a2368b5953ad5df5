import type { Department, TaskClock, Ticket, TicketTask, WorkingHours } from "../../src/triage/index.ts";

/** Ten to six without a break: 480 minutes a day, easy to count by hand. */
const EIGHT_HOURS: WorkingHours = [["10:00", "18:00"]];

export const at = (text: string): string => new Date(`${text.replace(" ", "T")}:00+08:00`).toISOString();

export function department(
  id: string,
  name: string,
  specialists: Department["specialists"] = [],
): Department {
  return { id, name, specialists, leads: [], group: null, hours: EIGHT_HOURS, fallback: false };
}

export function clock(kind: TaskClock["kind"], more: Partial<TaskClock> = {}): TaskClock {
  return {
    kind,
    grantedMinutes: 120,
    startedAt: at("2026-11-16 10:00"),
    usedMinutes: 0,
    runningSince: null,
    dueAt: null,
    metAt: null,
    breachedAt: null,
    reminded: [],
    ...more,
  };
}

export function task(more: Partial<TicketTask> = {}): TicketTask {
  return {
    taskId: "t1",
    department: "science",
    category: "C01",
    summary: "",
    state: "queued",
    assignee: null,
    assigneeName: null,
    queue: null,
    reason: "",
    ruleId: null,
    reroutes: [],
    clocks: [],
    queuedAt: at("2026-11-16 10:00"),
    claimedAt: null,
    firstResponseAt: null,
    answeredAt: null,
    closedAt: null,
    closedBy: null,
    outcome: null,
    beforeClose: null,
    unreachableAt: null,
    ...more,
  };
}

let made = 0;

/** Invented. */
export function ticket(more: Partial<Ticket> = {}): Ticket {
  made += 1;
  return {
    ticketId: `ticket-${made}`,
    number: `20261116-${String(made).padStart(4, "0")}`,
    revision: 1,
    lastSequence: 1,
    status: "待认领",
    asker: {
      account: "feishu:ou_asker",
      channel: "feishu",
      userId: "ou_asker",
      chatId: "oc_asker",
      chatKind: "direct",
      sessionKey: "s",
      replyTarget: null,
    },
    enterpriseId: null,
    enterprise: null,
    contact: null,
    consentAt: null,
    text: "",
    context: [],
    files: [],
    draft: null,
    classification: {
      category: "C01",
      categoryName: "空间选址",
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
    },
    urgency: "中",
    tasks: [task()],
    openedAt: at("2026-11-16 10:00"),
    closedAt: null,
    reopened: 0,
    mergedInto: null,
    mergedFrom: [],
    satisfaction: null,
    satisfactionAskedAt: null,
    faqId: null,
    ...more,
  };
}
