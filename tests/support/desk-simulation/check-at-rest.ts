import type { CardRecord } from "../../../src/storage/index.ts";
import type { TicketEffect } from "../../../src/triage/index.ts";
import type { KnownTicket, OpenEffect } from "./ledger.ts";
import type { KnownTask } from "./replay-change.ts";
import { ADMINS, SETTINGS } from "./simulated-settings.ts";
import type { Simulation } from "./simulation-parts.ts";
import { hold, violated } from "./violation.ts";

/** A turn tells and shows a few hundred things; after days off everything that is open has something to say. */
const ROUNDS = 400;

/** Works until nothing is left to be done. */
export async function settle(simulation: Simulation): Promise<void> {
  const { desk, platform, counts, ledger } = simulation;
  const rounds = ROUNDS + ledger.tickets.size;
  let last: object = {};
  for (let round = 0; round < rounds; round += 1) {
    platform.deliver();
    counts.turns += 1;
    const work = await desk.work(platform);
    const { ticked, released, told, cards, waiting } = work;
    last = work;
    if (ticked + released + told + cards + waiting === 0 && !(await isPutOff(simulation))) return;
    if (told + cards + ticked + released === 0) simulation.advance(round < 20 ? 61_000 : 700_000);
  }
  violated("the desk does not come to rest", { rounds, last });
}

/** Tried in vain, and not due yet. */
async function isPutOff({ options, now }: Simulation): Promise<boolean> {
  const tomorrow = new Date(now().getTime() + 86_400_000);
  return (await options.storage.tickets.dueEffects(tomorrow, 1)).length > 0;
}

const byId = new Map(SETTINGS.departments.map((department) => [department.id, department]));
const isOpen = ({ state }: KnownTask) => state !== "closed" && state !== "cancelled";

/** What must hold when nothing is under way and the platform is up. `all`: of every ticket, not of those that changed. */
export async function checkAtRest(simulation: Simulation, all = false): Promise<void> {
  const { ledger, counts, options, now } = simulation;
  const store = options.storage.tickets;
  counts.rests += 1;
  hold(ledger.unheard() === 0, "a change without the one before it", () => ledger.unheard());
  const due = await store.dueEffects(new Date(now().getTime() + 86_400_000), 10);
  hold(due.length === 0, "something is left to be told at rest", () => due);
  const stale = await store.staleCards(10);
  hold(stale.length === 0, "a card is behind at rest", () => stale);
  const open = [...ledger.tickets.values()]
    .filter(({ tasks }) => tasks.some(isOpen))
    .map((each) => each.ticketId);
  const looked = all ? ledger.tickets.keys() : new Set([...ledger.touched, ...open]);
  for (const ticketId of looked) {
    const ticket = ledger.tickets.get(ticketId);
    if (ticket) await checkTicket(simulation, ticket);
  }
  ledger.touched.clear();
  for (const effect of ledger.effects.values()) checkEffect(simulation, effect);
  ledger.effects.clear();
}

async function checkTicket(simulation: Simulation, ticket: KnownTicket): Promise<void> {
  const { options, counts } = simulation;
  const cards = await options.storage.tickets.cardsOf(ticket.ticketId);
  counts.checked += 1;
  for (const card of cards) checkCard(simulation, card, ticket);
  for (const task of ticket.tasks.filter(isOpen)) checkPlaces(simulation, task, ticket, cards);
}

function checkCard({ platform }: Simulation, card: CardRecord, ticket: KnownTicket): void {
  const message = platform.cardOf(card.cardId);
  if (card.state === "gone") return;
  if (!message) violated("a card that was never put", { card });
  if (!message.alive) return;
  hold(message.revision === ticket.revision, "a card does not show the present state", () => ({
    ...{ card, shows: message.revision, revision: ticket.revision, number: ticket.number },
  }));
  hold(card.receipt === message.receipt, "a card is not known by its message", () => ({ card, message }));
}

/** Somebody can see it, or administrators were told that nobody can. */
function checkPlaces(
  simulation: Simulation,
  task: KnownTask,
  ticket: KnownTicket,
  cards: readonly CardRecord[],
): void {
  const { platform, gone } = simulation;
  const department = byId.get(task.department);
  if (!department) violated("a task of no department", { task });
  if (task.assignee !== null) {
    hold(!gone.has(task.assignee), "held by somebody who is gone", () => ({ task, number: ticket.number }));
  }
  const places = new Set([
    ...(department.group === null ? [] : [department.group]),
    ...department.specialists.map(({ account }) => account),
    ...(department.fallback ? ADMINS : []),
    ...(task.assignee === null ? [] : [task.assignee]),
  ]);
  const seen = cards.filter((card) => {
    if (card.taskId !== task.taskId || card.state !== "live") return false;
    const message = platform.cardOf(card.cardId);
    return message?.alive === true && !platform.isLost(message.chat);
  });
  const here = seen.some(({ channel, chatId }) => places.has(`${channel}:${chatId}`));
  if (here) return;
  // Nobody noticed yet that the group is lost or the card deleted: the next edit will.
  const unnoticed = cards.some(({ taskId, state, channel, chatId, cardId }) => {
    const stands = taskId === task.taskId && state === "live" && places.has(`${channel}:${chatId}`);
    return stands && platform.cardOf(cardId)?.alive === false;
  });
  if (unnoticed) return;
  // The fallback's own group: administrators were told, and it is tried again every ten minutes.
  const alarmed = ticket.kinds.includes("unreachable") && department.fallback;
  const isBack = !simulation.lostGroups.has(department.group ?? "") && simulation.hasEnded;
  hold(alarmed && !isBack, "an open task that nobody can see", () => ({
    ...{ number: ticket.number, task, kinds: ticket.kinds, cards },
  }));
}

function checkEffect(simulation: Simulation, { effect, ticketId }: OpenEffect): void {
  simulation.counts.checked += 1;
  const told = readersOf(effect, simulation.ledger.tickets.get(ticketId));
  if (told === null) return;
  for (const reader of told) {
    hold(simulation.platform.wasTold(effect.key, reader) !== undefined, "somebody was not told", () => ({
      ...{ reader, effect },
    }));
  }
}

/** Null: who reads it depends on where the task is by now. */
function readersOf(effect: TicketEffect, ticket: KnownTicket | undefined): readonly string[] | null {
  const { to, what } = effect;
  switch (to.kind) {
    case "asker":
      return ["asker"];
    case "assignee":
      return [to.account];
    case "people":
      return to.accounts;
    case "leads":
      return byId.get(to.department)?.leads ?? [];
    case "admins":
      return ADMINS;
    case "department": {
      const task = ticket?.tasks.find(({ taskId }) => taskId === to.taskId);
      const group = byId.get(to.department)?.group ?? null;
      const stays =
        task?.department === to.department &&
        (ticket?.kinds.filter((kind) => /transferred|returned|unreachable/u.test(kind)).length ?? 0) === 0;
      return what.notice === "assigned" || group === null || !stays ? null : [group];
    }
  }
}
