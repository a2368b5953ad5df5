import {
  createCountingIds,
  createManualClock,
  type ManualClock,
  silentLogger,
} from "../../src/shared/index.ts";
import type { Storage, TicketRecord } from "../../src/storage/index.ts";
import {
  createTicketDesk,
  createWorkCalendar,
  type RunningTicketDesk,
  type Ticket,
  type TicketTeller,
} from "../../src/triage/index.ts";
import { rolesOf } from "../../tests/support/desk-simulation/choose-actions.ts";
import {
  ADMINS,
  namingClassifier,
  SETTINGS,
} from "../../tests/support/desk-simulation/simulated-settings.ts";

const MINUTE = 60_000;
const CATEGORIES = ["C01", "C02", "C03", "C05", "C06", "C08", "C09", "C10", "C11", "C12", "C13"];

export interface FilledDesk {
  desk: RunningTicketDesk;
  clock: ManualClock;
  open: Ticket[];
}

/** A Tuesday, 09:00 in Shanghai. */
const START = "2026-03-03T01:00:00Z";

export function buildDesk(storage: Storage): { desk: RunningTicketDesk; clock: ManualClock } {
  const clock = createManualClock(new Date(START));
  const calendar = createWorkCalendar(SETTINGS.calendar);
  const desk = createTicketDesk({
    store: storage.tickets,
    classifier: namingClassifier,
    settings: () => SETTINGS,
    calendar: () => calendar,
    absences: () => [],
    rolesOf: async (account) => rolesOf(account, new Set()),
    listAdmins: async () => [...ADMINS],
    canReach: (place) => ("group" in place ? place.group : place.account).startsWith("feishu:"),
    safetyNoticeOf: () => null,
    clock: clock.now,
    ids: createCountingIds("b"),
    logger: silentLogger,
  });
  return { desk, clock };
}

/** Takes everything at once. */
export function createQuickTeller(onCard: (ticketId: string, revision: number) => void): TicketTeller {
  const keys = new Map<string, string>();
  return {
    tell: async () => "sent",
    async showCard({ key, receipt, ticket }) {
      keys.set(key, receipt ?? `om_${keys.size}`);
      onCard(ticket.ticketId, ticket.revision);
      return "sent";
    },
    async stateOf(_channel, key) {
      const receipt = keys.get(key);
      return receipt === undefined ? undefined : { state: "delivered", receipt };
    },
  };
}

/**
 * Open ones by the desk itself, each twentieth of them six minutes after the one before, so that their clocks come due a
 * twentieth at a time; ended ones are copies of one that was worked on, with log and card.
 */
export async function fillDesk(
  storage: Storage,
  { open, ended }: { open: number; ended: number },
): Promise<FilledDesk> {
  const { desk, clock } = buildDesk(storage);
  await copyEnded(storage, await endOne(desk), ended - 1);
  const teller = createQuickTeller(() => undefined);
  const tickets: Ticket[] = [];
  for (let index = 0; index < open; index += 1) {
    if (index > 0 && index % (open / 20) === 0) clock.advance(4 * MINUTE);
    tickets.push(await openOne(desk, `o${index}`, CATEGORIES[index % CATEGORIES.length] ?? "C01"));
    if (index % 100 === 99) await settle(desk, teller);
  }
  await settle(desk, teller);
  return { desk, clock, open: tickets };
}

export async function settle(desk: RunningTicketDesk, teller: TicketTeller): Promise<void> {
  for (;;) {
    const { ticked, told, cards, waiting } = await desk.work(teller);
    if (ticked + told + cards + waiting === 0) return;
  }
}

async function openOne(desk: RunningTicketDesk, userId: string, category: string): Promise<Ticket> {
  const outcome = await desk.open({
    requestKey: `bench:${userId}`,
    asker: {
      ...{ account: `web:${userId}`, channel: "web", userId, chatId: userId, chatKind: "direct" },
      ...{ sessionKey: `web/${userId}/${userId}/`, replyTarget: { session: userId } },
    },
    text: `${category} 本企业（虚构）拟了解相关事项的办理条件与流程，烦请专员联系。编号${userId}`,
    ...{
      context: ["此前的提问"],
      files: [],
      enterpriseId: null,
      enterprise: null,
      contact: null,
      draft: null,
    },
  });
  if (outcome.outcome !== "opened") throw new Error(`not opened: ${outcome.outcome}`);
  return outcome.ticket;
}

async function endOne(desk: RunningTicketDesk): Promise<Ticket> {
  const { ticketId, tasks } = await openOne(desk, "first", "C01");
  const taskId = tasks[0]?.taskId ?? "";
  const account = "feishu:ou_d00_1";
  const by = { account, roles: rolesOf(account, new Set<string>()) };
  await desk.act(ticketId, { do: "claim", taskId }, by, "k1");
  await desk.act(ticketId, { do: "reply", taskId, text: "请按征集通知提交材料。" }, by, "k2");
  return (await desk.act(ticketId, { do: "close", taskId }, by, "k3")).ticket;
}

async function copyEnded({ tickets: store }: Storage, ticket: Ticket, count: number): Promise<void> {
  const record = await store.get(ticket.ticketId);
  const events = await store.eventsOf(ticket.ticketId);
  if (!record) throw new Error("the first ticket is gone");
  for (let index = 0; index < count; index += 1) {
    const ticketId = `e${index}`;
    const taskId = `e${index}-1`;
    const number = `20260302-${String(index).padStart(5, "0")}`;
    const tasks = ticket.tasks.map((task) => ({ ...task, taskId }));
    const content = { ...ticket, ticketId, number, tasks };
    const copy: TicketRecord = { ...record, ticketId, number, askerAccount: `web:e${index}`, content };
    const change = {
      ticket: copy,
      tasks: tasks.map((task) => ({ ...task, ticketId, urgency: ticket.urgency, checkAt: null })),
      events: events.map((event) => ({ ...event, ticketId, taskId: event.taskId && taskId })),
      effects: [],
    };
    await store.create(change, `ended:${index}`, new Date(ticket.openedAt), { actor: copy.askerAccount });
    await store.addCard({
      ...{ cardId: `${taskId}@feishu:oc_d00`, ticketId, taskId, channel: "feishu", chatId: "oc_d00" },
      ...{
        chatKind: "group",
        noticeKey: `ticket-card:${taskId}@${ticket.revision}`,
        receipt: `om_e${index}`,
      },
      ...{ shownRevision: ticket.revision, state: "live" },
    });
  }
}
