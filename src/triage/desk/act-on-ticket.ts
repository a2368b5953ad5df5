import type { Actor } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import { applyRecalls, decideTicket } from "../tickets/index.ts";
import type { Ticket, TicketCommand, TicketEvent } from "../types.ts";
import { checkAtOf, contextFor, partyFor, SYSTEM_ACTOR } from "./decide-with.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { ActOutcome } from "./desk-types.ts";
import { readTicket, toChange } from "./to-records.ts";

/** Others were faster so often; then something else is wrong. */
const MAX_TRIES = 25;

export interface ActOnTicket {
  act(ticketId: string, command: TicketCommand, by: Actor, key: string): Promise<ActOutcome>;
  bySystem(ticketId: string, command: TicketCommand, key: string): Promise<ActOutcome>;
}

/**
 * One command on one ticket: decided on the state that is there, written if it still is there. Of two at once the first
 * wins, and the other is decided again on what the first left.
 */
export function createActOnTicket(options: TicketDeskOptions): ActOnTicket {
  const act: ActOnTicket["act"] = async (ticketId, command, by, key) => {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const ticket = await loadTicket(options, ticketId);
      if (await options.store.hasEvent(ticketId, key)) return { outcome: "repeated", ticket };
      const outcome = await tryOnce(options, ticket, command, by, key);
      if (outcome) return outcome;
    }
    throw tooBusy(ticketId);
  };
  return { act, bySystem: (ticketId, command, key) => act(ticketId, command, SYSTEM_ACTOR, key) };
}

export async function loadTicket({ store }: TicketDeskOptions, ticketId: string): Promise<Ticket> {
  const record = await store.get(ticketId);
  if (record) return readTicket(record);
  throw noSuchTicket(ticketId);
}

export function noSuchTicket(wanted: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no ticket ${wanted}`,
    // An id comes from a card that was clicked: a number is nothing they could check.
    safeMessage: /^\s*#?(?:\d{8}-\d{3,8}|\d{1,8})\s*$/u.test(wanted)
      ? `没有找到工单“${wanted.slice(0, 40)}”。请核对编号，或发送“我的工单”查看。`
      : "没有找到工单，或您没有查看、办理它的权限。需要参与办理的，请联系承办部门负责人或管理员；本人提交的，请发送“我的工单”查看。",
  });
}

/** Undefined: somebody else was faster. */
async function tryOnce(
  options: TicketDeskOptions,
  ticket: Ticket,
  command: TicketCommand,
  by: Actor,
  key: string,
): Promise<ActOutcome | undefined> {
  const events = command.do === "recall-message" ? await readEvents(options, ticket.ticketId) : [];
  const context = contextFor(options, partyFor(options, by, ticket), key, events);
  const decision = decideTicket(ticket, command, context);
  if (decision.outcome !== "done") return decision;
  const at = context.now.toISOString();
  const change = toChange(decision.ticket, decision, at, checkAtOf(decision.ticket, context));
  const origin = { actor: by.account, details: { command: command.do } };
  const written = await options.store.commit(change, ticket.revision, context.now, origin);
  if (written === "stale") return undefined;
  return { outcome: written === "committed" ? "done" : "repeated", ticket: decision.ticket };
}

/** What their authors took back is left out. */
export async function readEvents({ store }: TicketDeskOptions, ticketId: string): Promise<TicketEvent[]> {
  return applyRecalls((await store.eventsOf(ticketId)).map(({ content }) => content as TicketEvent));
}

function tooBusy(ticketId: string): AppError {
  return new AppError({
    code: "conflict",
    message: `ticket ${ticketId} changed too often meanwhile`,
    safeMessage: "该工单正被多人同时操作，请稍后再试。",
    retryable: true,
  });
}
