import { fromJson } from "../row-values.ts";
import type { OutreachItem, OutreachRun, ReminderRecord, SubscriptionRecord } from "../types.ts";

export interface SubscriptionRow {
  subscription_id: string;
  account: string;
  enterprise_id: string | null;
  kind: SubscriptionRecord["kind"];
  topic: string | null;
  cadence: SubscriptionRecord["cadence"];
  quiet_from: string;
  quiet_to: string;
  weekly_limit: number;
  consented_at: string;
  ended_at: string | null;
}

export function toSubscriptionRecord(row: SubscriptionRow): SubscriptionRecord {
  return {
    subscriptionId: row.subscription_id,
    account: row.account,
    enterpriseId: row.enterprise_id,
    kind: row.kind,
    topic: row.topic,
    cadence: row.cadence,
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
    weeklyLimit: row.weekly_limit,
    consentedAt: row.consented_at,
    endedAt: row.ended_at,
  };
}

export interface RunRow {
  run_id: string;
  trigger_key: string;
  cursor_key: string | null;
  state: OutreachRun["state"];
  started_at: string;
  finished_at: string | null;
  seen: number;
  found: number;
  programs: string;
}

export function toOutreachRun(row: RunRow): OutreachRun {
  return {
    runId: row.run_id,
    trigger: row.trigger_key,
    programs: fromJson(row.programs),
    cursor: row.cursor_key,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    seen: row.seen,
    found: row.found,
  };
}

export interface ItemRow {
  item_id: number | string;
  run_id: string;
  enterprise_id: string;
  account: string;
  program_id: string;
  program_revision: number;
  state: OutreachItem["state"];
  due_at: string;
  sent_at: string | null;
  reason: string;
}

export function toOutreachItem(row: ItemRow): OutreachItem {
  return {
    itemId: Number(row.item_id),
    runId: row.run_id,
    enterpriseId: row.enterprise_id,
    account: row.account,
    programId: row.program_id,
    programRevision: row.program_revision,
    reason: fromJson(row.reason),
    state: row.state,
    dueAt: row.due_at,
    sentAt: row.sent_at,
  };
}

export interface ReminderRow {
  reminder_id: string;
  account: string;
  enterprise_id: string | null;
  due_on: string;
  state: ReminderRecord["state"];
  created_at: string;
  subject: string;
}

export function toReminderRecord(row: ReminderRow): ReminderRecord {
  return {
    reminderId: row.reminder_id,
    account: row.account,
    enterpriseId: row.enterprise_id,
    dueOn: row.due_on,
    subject: fromJson(row.subject),
    state: row.state,
    createdAt: row.created_at,
  };
}
