import type { Actor } from "../../access/index.ts";
import { createAssigneeFor } from "../routing/create-assignee-for.ts";
import { nextCheckAt } from "../tickets/index.ts";
import type { DecisionContext, Party, Ticket, TicketEvent } from "../types.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import { SYSTEM_ACCOUNT } from "./desk-parts.ts";
import { nameOf, partyOf } from "./party-of.ts";

export const SYSTEM_PARTY: Party = {
  account: SYSTEM_ACCOUNT,
  name: null,
  role: "system",
  departments: [],
};

export const SYSTEM_ACTOR: Actor = { account: SYSTEM_ACCOUNT, roles: new Set(["admin"]) };

/** What deciding may look up, as it stands now. */
export function contextFor(
  options: TicketDeskOptions,
  by: Party,
  key: string,
  events: readonly TicketEvent[] = [],
): DecisionContext {
  const { departments, sla } = options.settings();
  const now = options.clock();
  const byId = new Map(departments.map((department) => [department.id, department]));
  return {
    now,
    by,
    key,
    departments: byId,
    sla,
    calendar: options.calendar(),
    assigneeFor: createAssigneeFor({ departments }, options.absences(), now),
    nameOf: (account) => nameOf(account, departments),
    taskId: options.ids,
    categoryNameOf: (category) => options.classifier.categories.get(category)?.name ?? null,
    eventOf: (wanted) => events.find((event) => event.key === wanted),
  };
}

export function partyFor(options: TicketDeskOptions, actor: Actor, ticket?: Ticket): Party {
  return actor.account === SYSTEM_ACCOUNT ? SYSTEM_PARTY : partyOf(actor, options.settings(), ticket);
}

/** When the clocks of a task want to be looked at next. */
export function checkAtOf(ticket: Ticket, context: DecisionContext): (taskId: string) => Date | null {
  return (taskId) => {
    const task = ticket.tasks.find((each) => each.taskId === taskId);
    return task ? nextCheckAt(ticket, task, context) : null;
  };
}
