import { can } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { TicketView } from "../../triage/index.ts";
import type { TicketTurn } from "./ticket-turn.ts";

const SHORT = /^\d{3,6}$/u;

/**
 * By id, number or the last digits of one. Of several with the same last digits the own ones count first, then open ones of
 * one's departments, newest first. Throws `not-found` for what this person may not learn of.
 */
export async function findTicket(turn: TicketTurn, wanted: string): Promise<TicketView> {
  const { options, context } = turn;
  if (wanted.trim() === "") {
    throw new AppError({
      code: "usage",
      message: "a ticket was not named",
      safeMessage: "请写明工单号，例如“工单 0007”；发送“我的工单”可查看编号。",
    });
  }
  if (!SHORT.test(wanted)) return options.desk.view(wanted, context.actor);
  const ending = `-${wanted.padStart(4, "0")}`;
  const own = (await options.desk.ticketsOf(context.actor.account)).find(({ number }) =>
    number.endsWith(ending),
  );
  const found = own ?? (await findInDepartments(turn, ending));
  return options.desk.view(found?.ticketId ?? wanted, context.actor);
}

async function findInDepartments({ options, context }: TicketTurn, ending: string) {
  if (!can(context.actor.roles, "read-tickets")) return undefined;
  const listings = await options.desk.list({ search: ending, open: true, limit: 20 }, context.actor);
  return listings.find(({ ticket }) => ticket.number.endsWith(ending))?.ticket;
}
