import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";

/** A ticket, its tasks by which it is looked up, its log, what is to be told of it, and where it is shown. */
export async function createTicketTables(knex: Knex, dialect: Dialect): Promise<void> {
  await createTickets(knex, dialect);
  await createTasks(knex, dialect);
  await createEvents(knex, dialect);
  await createCards(knex, dialect);
}

async function createTickets(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("ticket_numbers", (table) => {
    table.specificType("day", keyType).notNullable().primary();
    table.integer("last").notNullable();
  });
  await knex.schema.createTable("tickets", (table) => {
    table.specificType("ticket_id", keyType).notNullable().primary();
    table.specificType("number", keyType).notNullable().unique();
    table.specificType("request_key", keyType).notNullable().unique();
    table.integer("revision").notNullable();
    table.specificType("status", keyType).notNullable();
    table.specificType("asker_account", keyType).notNullable();
    table.specificType("session_key", keyType).notNullable();
    table.specificType("enterprise_id", keyType);
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("category", keyType).notNullable();
    table.specificType("urgency", keyType).notNullable();
    table.specificType("opened_at", keyType).notNullable();
    table.specificType("updated_at", keyType).notNullable();
    table.specificType("closed_at", keyType);
    // Last, because SQLite walks over what stands before a column that it reads.
    table.text("content").notNullable();
    table.index(["opened_at", "ticket_id"]);
    table.index(["asker_account", "opened_at", "ticket_id"]);
    table.index(["enterprise_id", "opened_at", "ticket_id"]);
  });
  await knex.raw(
    `create index tickets_open on tickets (opened_at, ticket_id)
       where status not in ('已办结', '已撤回', '已合并')`,
  );
}

async function createTasks(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("ticket_tasks", (table) => {
    table.specificType("task_id", keyType).notNullable().primary();
    table.specificType("ticket_id", keyType).notNullable().index();
    table.foreign("ticket_id").references("ticket_id").inTable("tickets");
    table.specificType("department", keyType).notNullable();
    table.specificType("assignee", keyType);
    table.specificType("state", keyType).notNullable();
    table.specificType("urgency", keyType).notNullable();
    table.specificType("queued_at", keyType).notNullable();
    table.specificType("check_at", keyType);
  });
  const isOpen = "state not in ('closed', 'cancelled')";
  for (const [name, columns] of [
    ["open", "queued_at, task_id"],
    ["of_department", "department, queued_at, task_id"],
    ["of_assignee", "assignee, queued_at, task_id"],
  ]) {
    await knex.raw(`create index ticket_tasks_${name} on ticket_tasks (${columns}) where ${isOpen}`);
  }
  await knex.raw(
    `create index ticket_tasks_due on ticket_tasks (check_at, ticket_id)
       where ${isOpen} and check_at is not null`,
  );
}

async function createEvents(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("ticket_events", (table) => {
    table.specificType("ticket_id", keyType).notNullable();
    table.foreign("ticket_id").references("ticket_id").inTable("tickets");
    table.integer("sequence").notNullable();
    table.specificType("at", keyType).notNullable();
    table.specificType("made_by", keyType).notNullable();
    table.specificType("kind", keyType).notNullable();
    table.specificType("task_id", keyType);
    table.specificType("event_key", keyType).notNullable();
    table.text("content").notNullable();
    table.primary(["ticket_id", "sequence"]);
    table.unique(["ticket_id", "event_key"]);
  });
  await knex.schema.createTable("ticket_effects", (table) => {
    table.bigIncrements("sequence");
    table.specificType("effect_key", keyType).notNullable().unique();
    table.specificType("ticket_id", keyType).notNullable();
    table.foreign("ticket_id").references("ticket_id").inTable("tickets");
    table.specificType("state", keyType).notNullable();
    table.integer("attempts").notNullable();
    table.specificType("due_at", keyType).notNullable();
    table.text("content").notNullable();
    table.index(["ticket_id", "sequence"]);
  });
  await knex.raw(
    "create index ticket_effects_pending on ticket_effects (sequence, due_at) where state = 'pending'",
  );
}

async function createCards(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("ticket_cards", (table) => {
    table.bigIncrements("sequence");
    table.specificType("card_id", keyType).notNullable().unique();
    table.specificType("ticket_id", keyType).notNullable();
    table.foreign("ticket_id").references("ticket_id").inTable("tickets");
    table.specificType("task_id", keyType).notNullable();
    table.specificType("channel", keyType).notNullable();
    table.specificType("chat_id", keyType).notNullable();
    table.specificType("chat_kind", keyType).notNullable();
    table.specificType("notice_key", keyType).notNullable();
    table.specificType("receipt", keyType);
    table.integer("shown_revision").notNullable();
    // The ticket's own, kept beside: so what lags behind has an index, however many cards there are.
    table.integer("ticket_revision").notNullable();
    table.specificType("state", keyType).notNullable();
    table.index(["ticket_id", "sequence"]);
    table.index(["channel", "receipt", "sequence"]);
  });
  await knex.raw(
    `create index ticket_cards_stale on ticket_cards (sequence)
       where state = 'live' and (receipt is null or shown_revision < ticket_revision)`,
  );
}
