import type { CategoryId, Classification, Urgency } from "./classification-types.ts";

export type TicketStatus = "待认领" | "处理中" | "待企业补充" | "已回复" | "已办结" | "已撤回" | "已合并";

/**
 * `queued`: in a department's queue. `claimed`: a specialist has it. `asking`: waits for the asker, clocks stand.
 * `answered`: a person has answered, the asker may come back. `closed`, `cancelled`: ended.
 */
export type TaskState = "queued" | "claimed" | "asking" | "answered" | "closed" | "cancelled";

export interface TicketFile {
  fileId: string;
  name: string;
  mediaType: string;
  bytes: number;
}

/** Who asked where; enough to answer there. */
export interface TicketAsker {
  account: string;
  channel: string;
  userId: string;
  chatId: string;
  chatKind: "direct" | "group";
  threadId?: string;
  sessionKey: string;
  /** The channel's own; opaque. JSON. */
  replyTarget: unknown;
  /** As the platform shows it, where known. */
  name?: string;
}

/** What the documents say, given to the specialist as a draft: every quote verbatim. */
export interface DraftAnswer {
  kind: string;
  text: string;
  citations: readonly {
    documentId: string;
    title: string;
    status: string;
    section: string;
    quote: string;
    url?: string;
  }[];
  notStated: readonly string[];
}

export type ClockKind = "first-response" | "next-response" | "resolution";

/** `soon`: before the end; `breached`: at it; `lead`: to the leads; `asker`: an honest word to the asker. */
export type ReminderStep = "soon" | "breached" | "lead" | "asker";

export interface TaskClock {
  kind: ClockKind;
  /** Working minutes, of the department that has the task. */
  grantedMinutes: number;
  /** ISO 8601. */
  startedAt: string;
  /** Working minutes used before the present run. */
  usedMinutes: number;
  /** null: stands (waits for the asker) or has ended. */
  runningSince: string | null;
  /** The end at the present rate; null while it stands. */
  dueAt: string | null;
  /** Ended in time or late; `usedMinutes` is then all that was used. */
  metAt: string | null;
  /** Set when `dueAt` passed while it ran. */
  breachedAt: string | null;
  reminded: readonly ReminderStep[];
  /** Runs day and night, as its term said; absent: in working hours. */
  aroundTheClock?: boolean;
}

export interface Reroute {
  from: string;
  to: string;
  at: string;
  by: string;
  reason: string;
  kind: "transfer" | "return" | "unreachable" | "settings";
}

export interface TicketTask {
  taskId: string;
  department: string;
  category: CategoryId;
  /** What this department is asked for: the asker's words of this matter. */
  summary: string;
  state: TaskState;
  assignee: string | null;
  assigneeName: string | null;
  queue: string | null;
  /** As of the routing. */
  reason: string;
  ruleId: string | null;
  reroutes: readonly Reroute[];
  clocks: readonly TaskClock[];
  queuedAt: string;
  claimedAt: string | null;
  /** First word of a person to the asker. */
  firstResponseAt: string | null;
  answeredAt: string | null;
  closedAt: string | null;
  closedBy: string | null;
  /** Said when it was closed. */
  outcome: string | null;
  /** As it stood before it was closed, for undoing; null unless closed. */
  beforeClose: Pick<
    TicketTask,
    "state" | "assignee" | "assigneeName" | "claimedAt" | "firstResponseAt" | "clocks"
  > | null;
  /** Since when nobody at all can be told of it; the admins were told once. */
  unreachableAt: string | null;
}

export interface Ticket {
  ticketId: string;
  /** For people: `20261123-0007`. */
  number: string;
  /** Grows by one with every committed change. */
  revision: number;
  /** Of its newest log entry. */
  lastSequence: number;
  status: TicketStatus;
  asker: TicketAsker;
  enterpriseId: string | null;
  /** As the asker agreed to show it: name and a few lines; null: not agreed. */
  enterprise: { name: string | null; lines: readonly string[] } | null;
  /** Only with consent; as typed. */
  contact: string | null;
  consentAt: string | null;
  text: string;
  /** The asker's earlier questions in the thread, oldest first. */
  context: readonly string[];
  files: readonly TicketFile[];
  draft: DraftAnswer | null;
  classification: Classification;
  urgency: Urgency;
  tasks: readonly TicketTask[];
  openedAt: string;
  /** All tasks ended. */
  closedAt: string | null;
  reopened: number;
  mergedInto: string | null;
  mergedFrom: readonly string[];
  satisfaction: { score: 1 | 2 | 3 | 4 | 5; comment: string | null; at: string } | null;
  /** Asked once. */
  satisfactionAskedAt: string | null;
  faqId: string | null;
}

export type TicketEventKind =
  | "opened"
  | "claimed"
  | "released"
  | "transferred"
  | "returned"
  | "asked"
  | "replied"
  | "closed"
  | "close-undone"
  | "reopened"
  | "cancelled"
  | "merged"
  | "absorbed"
  | "task-added"
  | "reclassified"
  | "noted"
  | "asker-said"
  | "message-recalled"
  | "reminded"
  | "breached"
  | "rated"
  | "unreachable"
  | "unassigned";

/** One entry of a ticket's log; never changed. */
export interface TicketEvent {
  /** 1, 2, 3 … in the ticket. */
  sequence: number;
  at: string;
  /** `feishu:ou_…`, `system:clock`. */
  by: string;
  byName: string | null;
  kind: TicketEventKind;
  taskId: string | null;
  /** What was said, for `asked`, `replied`, `asker-said`, `noted` and reasons. Emptied when its author took it back. */
  text: string | null;
  files: readonly TicketFile[];
  /** The key of the message or click that caused it; unique in the ticket. */
  key: string;
  details: Readonly<Record<string, unknown>>;
}

export type TicketCommand =
  | { do: "claim"; taskId: string }
  | { do: "release"; taskId: string; reason?: string }
  | {
      do: "transfer";
      taskId: string;
      /** The other department, or a colleague in the same one. */
      to: { department: string; assignee?: string };
      reason: string;
    }
  | { do: "return"; taskId: string; reason: string }
  | { do: "ask"; taskId: string; text: string; files?: readonly TicketFile[] }
  | { do: "reply"; taskId: string; text: string; files?: readonly TicketFile[] }
  | { do: "close"; taskId: string; outcome?: string }
  | { do: "undo-close"; taskId: string }
  | { do: "note"; taskId: string | null; text: string; mentions?: readonly string[] }
  | { do: "add-task"; department: string; category: CategoryId; summary: string; reason: string }
  | { do: "reclassify"; category: CategoryId; urgency: Urgency; reason: string }
  | { do: "asker-say"; text: string; files?: readonly TicketFile[] }
  | { do: "recall-message"; messageKey: string }
  | { do: "cancel"; reason?: string }
  | { do: "reopen"; reason?: string }
  | { do: "rate"; score: number; comment?: string }
  | { do: "merge-into"; ticketId: string; number: string }
  | { do: "absorb"; ticketId: string; number: string; text: string }
  /** By the system only. */
  | { do: "tick" }
  | { do: "unassign"; taskId: string; why: string }
  /** `isKnown`: the reply to the asker's request said so already. */
  | { do: "unreachable"; taskId: string; why: string; isKnown?: boolean }
  | { do: "link-faq"; faqId: string };

/** A person who acts, as the ticket sees them. */
export interface Party {
  account: string;
  name: string | null;
  role: "asker" | "specialist" | "lead" | "admin" | "system";
  /** Department ids they belong to, or lead. Admins may act in all. */
  departments: readonly string[];
}

/** Something to be told; stored with the change that caused it, sent once. */
export interface TicketEffect {
  /** Unique for ever: `<ticketId>:<sequence>:<n>`. */
  key: string;
  to:
    | { kind: "asker" }
    | { kind: "assignee"; account: string }
    | { kind: "department"; department: string; taskId: string }
    | { kind: "leads"; department: string }
    | { kind: "people"; accounts: readonly string[] }
    | { kind: "admins" };
  what: TicketNotice;
}

export type TicketNotice =
  | { notice: "claimed"; taskId: string; name: string | null }
  | { notice: "transferred"; taskId: string; department: string }
  | { notice: "question"; taskId: string; name: string | null; text: string; files: readonly TicketFile[] }
  | { notice: "answer"; taskId: string; name: string | null; text: string; files: readonly TicketFile[] }
  | { notice: "closed"; taskId: string | null; outcome: string | null; askSatisfaction: boolean }
  | { notice: "close-undone"; taskId: string }
  | { notice: "reopened" }
  | { notice: "cancelled"; reason: string | null }
  | { notice: "merged"; into: string }
  | { notice: "task-added"; taskId: string; department: string }
  /** An honest word to the asker: nobody has answered in time. */
  | { notice: "late"; taskId: string; clock: ClockKind; dueAt: string }
  | { notice: "assigned"; taskId: string; by: string | null; reason: string | null }
  | { notice: "asker-said"; taskId: string; text: string; files: readonly TicketFile[] }
  | { notice: "message-recalled"; taskId: string; side: "asker" | "desk" }
  | { notice: "reminder"; taskId: string; clock: ClockKind; step: ReminderStep; dueAt: string }
  | { notice: "mentioned"; taskId: string | null; by: string | null; text: string }
  | { notice: "nobody-there"; taskId: string; department: string; why: string };

export type RefusalCode =
  | "not-yours"
  | "claimed-by-other"
  | "wrong-state"
  | "ended"
  | "too-late"
  | "text-missing"
  | "text-too-long"
  | "reason-missing"
  | "unknown-department"
  | "unknown-person"
  | "unknown-task"
  | "already-rated"
  | "bad-score"
  | "same-place";

/** Why a command was not done; for people. */
export interface Refusal {
  code: RefusalCode;
  zh: string;
  en: string;
}

export type Decision =
  | { outcome: "done"; ticket: Ticket; events: readonly TicketEvent[]; effects: readonly TicketEffect[] }
  /** Nothing to do: the same state holds already (a second click on 认领 by the one who has it, a tick with nothing due). */
  | { outcome: "unchanged"; ticket: Ticket }
  | { outcome: "refused"; refusal: Refusal; ticket: Ticket };
