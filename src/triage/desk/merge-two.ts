import type { Actor } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import { mergeTickets } from "../tickets/index.ts";
import { loadTicket } from "./act-on-ticket.ts";
import { checkAtOf, contextFor, partyFor } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { ActOutcome } from "./desk-types.ts";
import { toChange } from "./to-records.ts";

const MAX_TRIES = 10;

/** Both tickets change in one transaction, or neither does. */
export async function mergeTwo(
  options: TicketDeskOptions,
  ticketId: string,
  intoTicketId: string,
  by: Actor,
  key: string,
): Promise<ActOutcome> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const [from, into] = [await loadTicket(options, ticketId), await loadTicket(options, intoTicketId)];
    if (await options.store.hasEvent(ticketId, key)) return { outcome: "repeated", ticket: from };
    const party = partyFor(options, by, into.tasks.length > 0 ? into : from);
    const context = contextFor(options, party, key);
    const decided = mergeTickets(from, into, context);
    if (decided.from.outcome !== "done") return decided.from;
    if (decided.into.outcome !== "done") return { ...decided.into, ticket: from };
    const at = context.now.toISOString();
    const toSide = (decision: typeof decided.from & { outcome: "done" }, expectedRevision: number) => ({
      change: toChange(decision.ticket, decision, at, checkAtOf(decision.ticket, context)),
      expectedRevision,
    });
    const written = await options.store.commitBoth(
      toSide(decided.from, from.revision),
      toSide(decided.into, into.revision),
      context.now,
      { actor: by.account, details: { into: into.number } },
    );
    if (written !== "stale") {
      return { outcome: written === "committed" ? "done" : "repeated", ticket: decided.from.ticket };
    }
  }
  throw new AppError({
    code: "conflict",
    message: `tickets ${ticketId} and ${intoTicketId} changed too often meanwhile`,
    safeMessage: "这两张工单正被多人同时操作，请稍后再试。",
    retryable: true,
  });
}
