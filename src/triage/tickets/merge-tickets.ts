import type { Decision, DecisionContext, Ticket } from "../types.ts";
import { decideTicket } from "./decide-ticket.ts";
import { finishDecision } from "./finish-decision.ts";
import { guardAuthority, guardState } from "./guard-command.ts";
import { refuseSameTicket } from "./refuse.ts";

/**
 * Both or none: when one is refused, so is the other, for the same reason. Who may act in either ticket may merge them.
 * The contact of the one asker is not passed to the other ticket, only what was asked.
 */
export function mergeTickets(
  from: Ticket,
  into: Ticket,
  context: DecisionContext,
): { from: Decision; into: Decision } {
  const refusal =
    from.ticketId === into.ticketId
      ? refuseSameTicket()
      : (guardEither(from, into, context) ??
        guardState(from, null, "merge-into", context) ??
        guardState(into, null, "absorb", context));
  if (refusal !== null)
    return { from: finishDecision(from, refusal, context), into: finishDecision(into, refusal, context) };
  const asSystem = { ...context, by: { ...context.by, role: "system" as const } };
  return {
    from: decideTicket(from, { do: "merge-into", ticketId: into.ticketId, number: into.number }, asSystem),
    into: decideTicket(
      into,
      { do: "absorb", ticketId: from.ticketId, number: from.number, text: from.text },
      asSystem,
    ),
  };
}

function guardEither(from: Ticket, into: Ticket, context: DecisionContext) {
  const inFrom = guardAuthority(from, null, "merge-into", context);
  return inFrom === null ? null : guardAuthority(into, null, "absorb", context);
}
