import type { Decision, DecisionContext, Refusal, Ticket } from "../types.ts";
import { decideTicket } from "./decide-ticket.ts";
import { finishDecision } from "./finish-decision.ts";
import { guardAuthority, guardState } from "./guard-command.ts";
import { MAX_TEXT } from "./read-text.ts";
import { refuseSameTicket } from "./refuse.ts";

export interface Merged {
  from: Decision;
  into: Decision;
}

/**
 * Both or none: when one is refused, so is the other, for the same reason. Who may act in either ticket may merge them.
 * The contact of the one asker is not passed to the other ticket, only what was asked.
 */
export function mergeTickets(from: Ticket, into: Ticket, context: DecisionContext): Merged {
  const refusal =
    from.ticketId === into.ticketId
      ? refuseSameTicket()
      : (guardEither(from, into, context) ??
        guardState(from, null, "merge-into", context) ??
        guardState(into, null, "absorb", context));
  return refusal === null ? mergeBoth(from, into, context) : refuseBoth(from, into, refusal, context);
}

function mergeBoth(from: Ticket, into: Ticket, context: DecisionContext): Merged {
  // Whoever works on either may; each ticket by itself would ask for its own people.
  const allowed = { ...context, by: { ...context.by, role: "system" as const } };
  const merged = {
    from: decideTicket(from, { do: "merge-into", ticketId: into.ticketId, number: into.number }, allowed),
    into: decideTicket(
      into,
      { do: "absorb", ticketId: from.ticketId, number: from.number, text: textOf(from) },
      allowed,
    ),
  };
  const refused = [merged.from, merged.into].find(({ outcome }) => outcome === "refused");
  return refused?.outcome === "refused" ? refuseBoth(from, into, refused.refusal, context) : merged;
}

function refuseBoth(from: Ticket, into: Ticket, refusal: Refusal, context: DecisionContext): Merged {
  return { from: finishDecision(from, refusal, context), into: finishDecision(into, refusal, context) };
}

/** A request may be of files alone. */
function textOf({ text, number }: Ticket): string {
  return [...text].slice(0, MAX_TEXT).join("").trim() || `（工单${number}未填写文字，详见其附件）`;
}

function guardEither(from: Ticket, into: Ticket, context: DecisionContext) {
  const inFrom = guardAuthority(from, null, "merge-into", context);
  return inFrom === null ? null : guardAuthority(into, null, "absorb", context);
}
