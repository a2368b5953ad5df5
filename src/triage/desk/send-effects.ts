import { AppError, toAppError } from "../../shared/index.ts";
import type { EffectRecord } from "../../storage/index.ts";
import type { Ticket, TicketEffect, TicketTask } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import type { TicketTeller } from "./desk-types.ts";
import { findPlaces } from "./find-places.ts";
import { moveOn } from "./move-on.ts";
import { departmentNames } from "./party-of.ts";
import { placeCards } from "./place-cards.ts";
import { readTicket } from "./to-records.ts";

const BATCH = 200;
const RETRY_MS = [5_000, 30_000, 120_000, 600_000];
/** Tries before an effect counts as undeliverable: about a day. */
const MAX_ATTEMPTS = 140;

export interface SentEffects {
  sent: number;
  unreachable: number;
  failed: number;
}

/**
 * Sends what committed changes left to be told, oldest first. Telling has keys that are used once, so doing an effect again
 * after a crash between telling and noting it tells nobody twice.
 */
export function createEffectSender(
  options: TicketDeskOptions,
  act: ActOnTicket,
): (teller: TicketTeller) => Promise<SentEffects> {
  const { store, clock, logger } = options;
  return async (teller) => {
    const counts: SentEffects = { sent: 0, unreachable: 0, failed: 0 };
    for (const record of await store.dueEffects(clock(), BATCH)) {
      try {
        const outcome = await sendOne(record, { options, act, teller });
        await store.markEffect(record.key, outcome);
        counts[outcome] += 1;
      } catch (thrown) {
        counts.failed += 1;
        const error = toAppError(thrown);
        logger.warn({ effect: record.key, errorId: error.id, error: error.message }, "effect not sent");
        await putOff(record, options);
      }
    }
    return counts;
  };
}

async function putOff(record: EffectRecord, { store, clock, logger }: TicketDeskOptions): Promise<void> {
  if (record.attempts >= MAX_ATTEMPTS) {
    logger.error({ effect: record.key, alert: "undelivered-effect" }, "effect given up");
    await store.markEffect(record.key, "unreachable");
    return;
  }
  const delay = RETRY_MS[Math.min(record.attempts, RETRY_MS.length - 1)] ?? 0;
  await store.markEffect(record.key, "pending", new Date(clock().getTime() + delay));
}

interface Sending {
  options: TicketDeskOptions;
  act: ActOnTicket;
  teller: TicketTeller;
}

async function sendOne(record: EffectRecord, sending: Sending): Promise<"sent" | "unreachable"> {
  const stored = await sending.options.store.get(record.ticketId);
  if (!stored) throw lostTicket(record);
  const ticket = readTicket(stored);
  const effect = record.content as TicketEffect;
  const { to } = effect;
  switch (to.kind) {
    case "asker":
      return tell({ kind: "asker" }, effect.key);
    case "assignee":
      return tellPeople([to.account]);
    case "people":
      return tellPeople(to.accounts);
    case "leads":
      return tellPeople(leadsOf(to.department, sending.options));
    case "admins":
      return tellPeople(await sending.options.listAdmins());
    case "department":
      return tellDepartment(ticket, effect, to, sending);
  }

  function tell(recipient: Parameters<TicketTeller["tell"]>[0]["to"], key: string) {
    const names = departmentNames(sending.options.settings());
    return sending.teller.tell({ key, to: recipient, effect, ticket, departmentNames: names });
  }

  /** Reached is who reached anybody: the others are told by their own next visit. */
  async function tellPeople(accounts: readonly string[]): Promise<"sent" | "unreachable"> {
    const outcomes = [];
    for (const account of new Set(accounts)) {
      outcomes.push(await tell({ kind: "person", account }, `${effect.key}>${account}`));
    }
    if (outcomes.includes("sent")) return "sent";
    if (effect.what.notice !== "assigned") {
      sending.options.logger.warn({ effect: effect.key, to: to.kind }, "nobody could be told");
    }
    return "unreachable";
  }
}

function leadsOf(departmentId: string, { settings }: TicketDeskOptions): readonly string[] {
  return settings().departments.find(({ id }) => id === departmentId)?.leads ?? [];
}

/** A new task gets its cards; anything else is said in the group, or to the people whose card it is. */
async function tellDepartment(
  ticket: Ticket,
  effect: TicketEffect,
  to: Extract<TicketEffect["to"], { kind: "department" }>,
  { options, act, teller }: Sending,
): Promise<"sent" | "unreachable"> {
  const task = ticket.tasks.find(({ taskId }) => taskId === to.taskId);
  // It has moved on since: who has it now is told by what moved it.
  if (!task || task.department !== to.department) return "sent";
  const department = options.settings().departments.find(({ id }) => id === to.department);
  const places = await findPlaces(department, task, options);
  if (places.length === 0) {
    const isKnown = effect.what.notice === "assigned" && isOpening(ticket, task, options.clock());
    await moveOn(ticket, task, department, options, act, isKnown);
    return "unreachable";
  }
  const seen = await seenCards(ticket.ticketId, task.taskId, options);
  await placeCards({ ticketId: ticket.ticketId, taskId: task.taskId }, places, options);
  const isAssigned = effect.what.notice === "assigned";
  // A new card is news by itself; one that lies far above already changes unseen.
  const toTell = isAssigned ? places.filter((place) => seen.has(nameOf(place))) : places;
  if (toTell.length === 0) return "sent";
  const names = departmentNames(options.settings());
  const outcomes = [];
  for (const { chatKind, ...place } of toTell) {
    const name = nameOf(place);
    const recipient =
      chatKind === "group"
        ? ({ kind: "group", group: name } as const)
        : ({ kind: "person", account: name } as const);
    const key = `${effect.key}>${name}`;
    outcomes.push(await teller.tell({ key, to: recipient, effect, ticket, departmentNames: names }));
  }
  return isAssigned || outcomes.includes("sent") ? "sent" : "unreachable";
}

const OPENING_MS = 10 * 60 * 1000;

/** On its first way, which the reply to the request named: nobody has seen it yet. */
function isOpening(
  { openedAt }: Pick<Ticket, "openedAt">,
  { claimedAt, reroutes }: Pick<TicketTask, "claimedAt" | "reroutes">,
  now: Date,
): boolean {
  return claimedAt === null && reroutes.length === 0 && now.getTime() - Date.parse(openedAt) < OPENING_MS;
}

/** Places in which people have seen a card of this task. */
async function seenCards(
  ticketId: string,
  taskId: string,
  { store }: TicketDeskOptions,
): Promise<Set<string>> {
  const cards = await store.cardsOf(ticketId);
  return new Set(
    cards
      .filter((card) => card.taskId === taskId && card.state === "live" && card.receipt !== null)
      .map(nameOf),
  );
}

function nameOf({ channel, chatId }: { channel: string; chatId: string }): string {
  return `${channel}:${chatId}`;
}

function lostTicket({ key, ticketId }: EffectRecord): AppError {
  return new AppError({
    code: "storage",
    message: `effect ${key} of a ticket that is not there: ${ticketId}`,
    safeMessage: "工单数据不完整，请把错误编号告诉管理员。",
  });
}
