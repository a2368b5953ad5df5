import { fromJson, toJson, toOptionalText, toText } from "../row-values.ts";
import type { EffectRecord, TaskRecord, TicketEventRecord, TicketRecord } from "../types.ts";

export interface TicketRow {
  ticket_id: string;
  number: string;
  revision: number;
  status: string;
  asker_account: string;
  session_key: string;
  enterprise_id: string | null;
  category: string;
  urgency: string;
  opened_at: string;
  updated_at: string;
  closed_at: string | null;
  content: string;
}

export function toTicketRow(record: TicketRecord): TicketRow {
  return {
    ticket_id: toText(record.ticketId),
    number: toText(record.number),
    revision: record.revision,
    status: toText(record.status),
    asker_account: toText(record.askerAccount),
    session_key: toText(record.sessionKey),
    enterprise_id: toOptionalText(record.enterpriseId),
    category: toText(record.category),
    urgency: toText(record.urgency),
    opened_at: record.openedAt,
    updated_at: record.updatedAt,
    closed_at: record.closedAt,
    content: toJson(record.content),
  };
}

export function toTicketRecord(row: TicketRow): TicketRecord {
  return {
    ticketId: row.ticket_id,
    number: row.number,
    revision: row.revision,
    status: row.status,
    askerAccount: row.asker_account,
    sessionKey: row.session_key,
    enterpriseId: row.enterprise_id,
    category: row.category,
    urgency: row.urgency,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    content: fromJson(row.content),
  };
}

export interface TaskRow {
  task_id: string;
  ticket_id: string;
  department: string;
  assignee: string | null;
  state: string;
  urgency: string;
  queued_at: string;
  check_at: string | null;
}

export function toTaskRow(record: TaskRecord): TaskRow {
  return {
    task_id: toText(record.taskId),
    ticket_id: toText(record.ticketId),
    department: toText(record.department),
    assignee: toOptionalText(record.assignee),
    state: toText(record.state),
    urgency: toText(record.urgency),
    queued_at: record.queuedAt,
    check_at: record.checkAt,
  };
}

export function toTaskRecord(row: TaskRow): TaskRecord {
  return {
    taskId: row.task_id,
    ticketId: row.ticket_id,
    department: row.department,
    assignee: row.assignee,
    state: row.state,
    urgency: row.urgency,
    queuedAt: row.queued_at,
    checkAt: row.check_at,
  };
}

export interface EventRow {
  ticket_id: string;
  sequence: number;
  at: string;
  made_by: string;
  kind: string;
  task_id: string | null;
  event_key: string;
  content: string;
}

export function toEventRow(record: TicketEventRecord): EventRow {
  return {
    ticket_id: toText(record.ticketId),
    sequence: record.sequence,
    at: record.at,
    made_by: toText(record.by),
    kind: toText(record.kind),
    task_id: toOptionalText(record.taskId),
    event_key: toText(record.key),
    content: toJson(record.content),
  };
}

export function toEventRecord(row: EventRow): TicketEventRecord {
  return {
    ticketId: row.ticket_id,
    sequence: row.sequence,
    at: row.at,
    by: row.made_by,
    kind: row.kind,
    taskId: row.task_id,
    key: row.event_key,
    content: fromJson(row.content),
  };
}

export interface EffectRow {
  effect_key: string;
  ticket_id: string;
  state: EffectRecord["state"];
  attempts: number;
  due_at: string;
  content: string;
}

export function toEffectRow(record: Omit<EffectRecord, "state" | "attempts">): EffectRow {
  return {
    effect_key: toText(record.key),
    ticket_id: toText(record.ticketId),
    state: "pending",
    attempts: 0,
    due_at: record.dueAt,
    content: toJson(record.content),
  };
}

export function toEffectRecord(row: EffectRow): EffectRecord {
  return {
    key: row.effect_key,
    ticketId: row.ticket_id,
    content: fromJson(row.content),
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
  };
}
