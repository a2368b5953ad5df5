import type {
  CardRecord,
  EffectRecord,
  Storage,
  TaskRecord,
  TicketChange,
  TicketEventRecord,
  TicketRecord,
} from "../../src/storage/index.ts";
import { second } from "./storage-samples.ts";
import { alice } from "./storage-workflow.ts";

/** Invented, like everything here. */
export const ASKER = "feishu:ou_asker";

export const at = (number: number) => second(number).toISOString();

export function makeTicket(ticketId: string, overrides: Partial<TicketRecord> = {}): TicketRecord {
  const record: TicketRecord = {
    ticketId,
    number: `20260105-${ticketId}`,
    revision: 1,
    status: "待认领",
    askerAccount: ASKER,
    sessionKey: `session-${ticketId}`,
    enterpriseId: null,
    category: "融资",
    urgency: "普通",
    openedAt: at(1),
    updatedAt: at(1),
    closedAt: null,
    content: undefined,
    ...overrides,
  };
  const { revision, enterpriseId } = record;
  return {
    ...record,
    content: overrides.content ?? { ticketId, revision, enterpriseId, text: "问贷款贴息" },
  };
}

export function makeTask(ticketId: string, overrides: Partial<TaskRecord> = {}): TaskRecord {
  return {
    taskId: `${ticketId}-a`,
    ticketId,
    department: "finance",
    assignee: null,
    state: "queued",
    urgency: "普通",
    queuedAt: at(1),
    checkAt: at(10),
    ...overrides,
  };
}

export function makeEvent(
  ticketId: string,
  sequence: number,
  overrides: Partial<TicketEventRecord> = {},
): TicketEventRecord {
  const kind = overrides.kind ?? (sequence === 1 ? "opened" : "noted");
  return {
    ticketId,
    sequence,
    at: at(sequence),
    by: ASKER,
    kind,
    taskId: null,
    key: `${ticketId}-event-${sequence}`,
    content: { sequence, kind, text: `第 ${sequence} 条` },
    ...overrides,
  };
}

type NewEffect = Omit<EffectRecord, "state" | "attempts">;

export function makeEffect(
  ticketId: string,
  name: string,
  dueSecond = 1,
  overrides: Partial<NewEffect> = {},
): NewEffect {
  return {
    key: `${ticketId}:${name}`,
    ticketId,
    content: { to: { kind: "asker" }, what: { notice: name } },
    dueAt: at(dueSecond),
    ...overrides,
  };
}

export function makeCard(cardId: string, ticketId: string, overrides: Partial<CardRecord> = {}): CardRecord {
  return {
    cardId,
    ticketId,
    taskId: `${ticketId}-a`,
    channel: "feishu",
    chatId: "oc_finance",
    chatKind: "group",
    noticeKey: `notice-${cardId}`,
    receipt: null,
    shownRevision: 1,
    state: "live",
    ...overrides,
  };
}

export function makeOpening(
  ticket: TicketRecord,
  parts: Partial<Omit<TicketChange, "ticket">> = {},
): TicketChange {
  const { ticketId } = ticket;
  return { ticket, tasks: [makeTask(ticketId)], events: [makeEvent(ticketId, 1)], effects: [], ...parts };
}

/** The ticket one revision further, with one event. */
export function makeNext(
  ticket: TicketRecord,
  eventKey: string,
  parts: Partial<Omit<TicketChange, "ticket">> & { changes?: Partial<TicketRecord> } = {},
): TicketChange {
  const { changes = {}, ...rest } = parts;
  const revision = ticket.revision + 1;
  const content = { ...(ticket.content as object), revision };
  return {
    ticket: { ...ticket, revision, content, updatedAt: at(revision), ...changes },
    tasks: [],
    events: [makeEvent(ticket.ticketId, revision, { key: eventKey })],
    effects: [],
    ...rest,
  };
}

/** A ticket with one task, in the store. */
export async function openTicket(
  { tickets }: Pick<Storage, "tickets">,
  ticketId: string,
  overrides: Partial<TicketRecord> = {},
  parts: Partial<Omit<TicketChange, "ticket">> = {},
): Promise<TicketRecord> {
  const ticket = makeTicket(ticketId, overrides);
  await tickets.create(makeOpening(ticket, parts), `request-${ticketId}`, second(1), alice);
  return ticket;
}
