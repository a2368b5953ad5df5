import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import { createTicketTables } from "./create-ticket-tables.ts";
import type { Migration } from "./migration.ts";

export const createTriageTables: Migration = {
  name: "0005-triage",
  async up(knex, dialect) {
    await createTicketTables(knex, dialect);
    await createSettings(knex, dialect);
    await createGaps(knex, dialect);
    await knex.raw("create index ticket_events_keys on ticket_events (event_key)");
    // A person's answer under a message is brought back to what that message was.
    await knex.raw("create index outbox_receipts on outbox (receipt) where receipt is not null");
  },
};

async function createSettings(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("triage_settings", (table) => {
    table.specificType("part", keyType).notNullable();
    table.integer("revision").notNullable();
    table.specificType("origin", keyType).notNullable();
    table.specificType("content_hash", keyType).notNullable();
    table.specificType("made_by", keyType).notNullable();
    table.specificType("at", keyType).notNullable();
    table.text("reason");
    table.text("content").notNullable();
    table.primary(["part", "revision"]);
  });
  await knex.schema.createTable("triage_absences", (table) => {
    table.specificType("absence_id", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable();
    table.specificType("from_at", keyType).notNullable();
    table.specificType("to_at", keyType).notNullable();
    table.specificType("deputy", keyType);
    table.text("note");
    table.specificType("cancelled_at", keyType);
  });
  await knex.raw(
    "create index triage_absences_standing on triage_absences (to_at, absence_id) where cancelled_at is null",
  );
  await knex.schema.createTable("triage_dialogues", (table) => {
    table.specificType("session_key", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable().index();
    table.specificType("updated_at", keyType).notNullable();
    table.text("state").notNullable();
  });
}

async function createGaps(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("triage_gaps", (table) => {
    table.specificType("gap_id", keyType).notNullable().primary();
    table.specificType("state", keyType).notNullable();
    table.integer("count").notNullable();
    table.integer("askers").notNullable();
    table.specificType("first_at", keyType).notNullable();
    table.specificType("last_at", keyType).notNullable();
    table.specificType("decided_by", keyType);
    table.text("note");
    table.text("question").notNullable();
    table.text("wordings").notNullable();
    table.index(["count", "last_at", "gap_id"]);
    table.index(["state", "count", "last_at", "gap_id"]);
  });
  // How far something was read; an instant or a key, which `counters` cannot hold.
  await knex.schema.createTable("triage_marks", (table) => {
    table.specificType("name", keyType).notNullable().primary();
    table.text("value").notNullable();
  });
}
