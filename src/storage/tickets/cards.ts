import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { toOptionalText, toText } from "../row-values.ts";
import type { CardRecord, TicketStore } from "../types.ts";

interface CardRow {
  card_id: string;
  ticket_id: string;
  task_id: string;
  channel: string;
  chat_id: string;
  chat_kind: CardRecord["chatKind"];
  notice_key: string;
  receipt: string | null;
  shown_revision: number;
  state: CardRecord["state"];
}

const COLUMNS = {
  ticketId: "ticket_id",
  taskId: "task_id",
  channel: "channel",
  chatId: "chat_id",
  chatKind: "chat_kind",
  noticeKey: "notice_key",
  receipt: "receipt",
  shownRevision: "shown_revision",
  state: "state",
} as const satisfies Record<keyof Omit<CardRecord, "cardId">, keyof CardRow>;

type CardsPart = Pick<
  TicketStore,
  "addCard" | "updateCard" | "cardsOf" | "liveCardsOfOpenTasks" | "staleCards" | "findCard"
>;

export function createCards({ read, write }: Database): CardsPart {
  return {
    addCard: (card) => write.transaction((transaction) => add(transaction, card)),
    // A transaction only where the ticket is looked at as well: this is written with every edit of every card.
    updateCard: (cardId, change) =>
      change.ticketId === undefined
        ? update(write, cardId, change)
        : write.transaction((transaction) => update(transaction, cardId, change)),
    async cardsOf(ticketId) {
      const rows: CardRow[] = await read("ticket_cards")
        .where("ticket_id", toText(ticketId))
        .orderBy("sequence");
      return rows.map(toCardRecord);
    },
    // Open tasks first, whatever the planner thinks of it: cards of ended ones are many more.
    async liveCardsOfOpenTasks() {
      const rows: Pick<CardRow, "task_id" | "channel" | "chat_id">[] = await read("ticket_tasks as k")
        .crossJoin(read.raw("ticket_cards as c"))
        .whereRaw("k.state not in ('closed', 'cancelled') and c.ticket_id = k.ticket_id")
        .whereRaw("c.task_id = k.task_id and c.state = 'live'")
        .select("c.task_id", "c.channel", "c.chat_id");
      return rows.map((row) => ({ taskId: row.task_id, channel: row.channel, chatId: row.chat_id }));
    },
    async staleCards(limit) {
      const rows: CardRow[] = await read("ticket_cards")
        .whereRaw("state = 'live' and (receipt is null or shown_revision < ticket_revision)")
        .orderBy("sequence")
        .limit(limit);
      return rows.map(toCardRecord);
    },
    async findCard(channel, receipts) {
      for (const receipt of receipts) {
        const row: CardRow | undefined = await read("ticket_cards")
          .where({ channel: toText(channel), receipt: toText(receipt) })
          .orderBy("sequence", "desc")
          .first();
        if (row) return toCardRecord(row);
      }
      return undefined;
    },
  };
}

/** The lock on the ticket's row keeps a change from passing between the look at its revision and the card. */
async function add(transaction: Knex.Transaction, card: CardRecord): Promise<void> {
  const ticketRevision = await lockTicket(transaction, card.ticketId);
  await transaction("ticket_cards")
    .insert({ ...toCardRow(card), ticket_revision: ticketRevision })
    .onConflict("card_id")
    .ignore();
}

/** Only what is named changes: another may change the rest at the same time. */
async function update(
  database: Knex,
  cardId: string,
  change: Partial<Omit<CardRecord, "cardId">>,
): Promise<void> {
  const values: Record<string, string | number | null> = {};
  for (const [field, value] of Object.entries(change)) {
    const column = COLUMNS[field as keyof typeof change];
    if (value !== undefined) values[column] = typeof value === "string" ? toText(value) : value;
  }
  if (change.ticketId !== undefined) {
    values["ticket_revision"] = await lockTicket(database, change.ticketId);
  }
  if (Object.keys(values).length === 0) return;
  const changed = await database("ticket_cards").where("card_id", toText(cardId)).update(values);
  if (changed === 0) {
    throw notFound(`card ${cardId} does not exist`, "没有找到这张工单卡片。请重新打开工单。");
  }
}

async function lockTicket(database: Knex, ticketId: string): Promise<number> {
  const ticket: { revision: number } | undefined = await database("tickets")
    .where("ticket_id", toText(ticketId))
    .forUpdate()
    .first("revision");
  if (ticket) return ticket.revision;
  throw notFound(`ticket ${ticketId} does not exist`, "没有找到这张工单。请核对工单编号。");
}

function notFound(message: string, safeMessage: string): AppError {
  return new AppError({ code: "not-found", message, safeMessage });
}

function toCardRow(card: CardRecord): CardRow {
  return {
    card_id: toText(card.cardId),
    ticket_id: toText(card.ticketId),
    task_id: toText(card.taskId),
    channel: toText(card.channel),
    chat_id: toText(card.chatId),
    chat_kind: card.chatKind,
    notice_key: toText(card.noticeKey),
    receipt: toOptionalText(card.receipt),
    shown_revision: card.shownRevision,
    state: card.state,
  };
}

function toCardRecord(row: CardRow): CardRecord {
  return {
    cardId: row.card_id,
    ticketId: row.ticket_id,
    taskId: row.task_id,
    channel: row.channel,
    chatId: row.chat_id,
    chatKind: row.chat_kind,
    noticeKey: row.notice_key,
    receipt: row.receipt,
    shownRevision: row.shown_revision,
    state: row.state,
  };
}
