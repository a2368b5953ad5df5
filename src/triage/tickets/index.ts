export { AUTHORITIES, TRANSITIONS } from "./allowed-transitions.ts";
export { AUTO_CLOSE_OUTCOME } from "./commands/tick.ts";
export { createTicket, type NewTicket } from "./create-ticket.ts";
export { decideTicket } from "./decide-ticket.ts";
export { foldStatus } from "./fold-status.ts";
export { mayDo } from "./may-do.ts";
export { mergeTickets } from "./merge-tickets.ts";
export { nextCheckAt } from "./next-check-at.ts";
export { applyRecalls, viewFor } from "./view-for.ts";
