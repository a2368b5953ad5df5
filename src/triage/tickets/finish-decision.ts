import type { Decision, DecisionContext, Refusal, Ticket, TicketEffect, TicketEvent } from "../types.ts";
import { type Entry, isLive, isRefusal, nameOfActor, type Step } from "./deciding.ts";
import { foldStatus } from "./fold-status.ts";

/** Numbers the log entries, gives every message its key, folds the status and counts the revision. */
export function finishDecision(before: Ticket, step: Step, context: DecisionContext): Decision {
  if (step === "unchanged") return { outcome: "unchanged", ticket: before };
  if (isRefusal(step)) return { outcome: "refused", refusal: step, ticket: before };
  return finishChange(before, step, context);
}

export function finishChange(
  before: Ticket,
  { ticket, entries }: Exclude<Step, Refusal | "unchanged">,
  context: DecisionContext,
): Extract<Decision, { outcome: "done" }> {
  const events = toEvents(ticket, before.lastSequence, entries, context);
  const effects = events.flatMap((event, index) => toEffects(ticket, event, entries[index], context));
  return { outcome: "done", ticket: settle(ticket, before, events.length, context.now), events, effects };
}

function settle(ticket: Ticket, before: Ticket, count: number, now: Date): Ticket {
  const hasEnded = !ticket.tasks.some(isLive);
  return {
    ...ticket,
    revision: before.revision + 1,
    lastSequence: before.lastSequence + count,
    status: foldStatus(ticket.tasks, ticket.mergedInto),
    closedAt: hasEnded ? (ticket.closedAt ?? now.toISOString()) : null,
  };
}

/** The last entry is what was meant (claimed, then replied): it bears the message's own key. */
function toEvents(
  ticket: Ticket,
  lastSequence: number,
  entries: readonly Entry[],
  context: DecisionContext,
): TicketEvent[] {
  return entries.map((entry, index) => ({
    sequence: lastSequence + index + 1,
    at: context.now.toISOString(),
    by: context.by.account,
    byName: nameOfActor(context, ticket),
    kind: entry.kind,
    taskId: entry.taskId,
    text: entry.text ?? null,
    files: entry.files ?? [],
    key: index === entries.length - 1 ? context.key : `${context.key}#${index + 1}`,
    details: entry.details ?? {},
  }));
}

/** Nobody is told of their own doing. */
function toEffects(
  { ticketId }: Ticket,
  { sequence }: TicketEvent,
  entry: Entry | undefined,
  { by }: DecisionContext,
): TicketEffect[] {
  const told = (entry?.tell ?? []).filter(({ to }) => to.kind !== "assignee" || to.account !== by.account);
  return told.map(({ to, what }, index) => ({ key: `${ticketId}:${sequence}:${index + 1}`, to, what }));
}
