import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import { createOutreachTables } from "./create-outreach-tables.ts";
import { fillTurnUsers } from "./fill-turn-users.ts";
import type { Migration } from "./migration.ts";

export const createMatchingTables: Migration = {
  name: "0004-matching",
  async up(knex, dialect) {
    await createEnterprises(knex, dialect);
    await createPeople(knex, dialect);
    await createDialogues(knex, dialect);
    await createPrograms(knex, dialect);
    await createOutreachTables(knex, dialect);
    await extendTurns(knex, dialect);
  },
};

async function createEnterprises(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("enterprises", (table) => {
    table.specificType("enterprise_id", keyType).notNullable().primary();
    table.text("name");
    table.specificType("credit_code", keyType).unique();
    table.specificType("created_by", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("updated_at", keyType).notNullable();
    table.index(["created_at", "enterprise_id"]);
  });
  await knex.schema.createTable("enterprise_facts", (table) => {
    table.bigIncrements("fact_id");
    table.specificType("enterprise_id", keyType).notNullable();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("field", keyType).notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("reference", keyType).notNullable();
    table.specificType("at", keyType).notNullable();
    table.text("period");
    table.specificType("valid_to", keyType);
    table.specificType("confirmed_at", keyType);
    table.text("value").notNullable();
    table.text("source").notNullable();
    table.unique(["enterprise_id", "field", "reference"]);
  });
  // The database itself keeps two facts of one field from counting at once.
  await knex.raw(
    "create unique index enterprise_facts_current on enterprise_facts (enterprise_id, field) where state = 'current'",
  );
  await knex.raw(
    "create index enterprise_facts_standing on enterprise_facts (enterprise_id, fact_id) where state <> 'replaced'",
  );
}

async function createPeople(knex: Knex, { keyType }: Dialect): Promise<void> {
  for (const table of ["enterprise_members", "enterprise_specialists"]) {
    await knex.schema.createTable(table, (columns) => {
      columns.bigIncrements("sequence");
      columns.specificType("enterprise_id", keyType).notNullable();
      columns.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
      columns.specificType("account", keyType).notNullable();
      columns.specificType("since", keyType).notNullable();
      columns.unique(["enterprise_id", "account"]);
      columns.index(["account", "sequence"]);
    });
  }
  await knex.schema.createTable("chat_bindings", (table) => {
    table.specificType("chat", keyType).notNullable().primary();
    table.specificType("enterprise_id", keyType).notNullable();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("bound_at", keyType).notNullable();
    table.index(["enterprise_id", "chat"]);
  });
}

async function createDialogues(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("dialogues", (table) => {
    table.specificType("session_key", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable().index();
    table.specificType("enterprise_id", keyType).index();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("updated_at", keyType).notNullable();
    table.text("state").notNullable();
  });
  await knex.schema.createTable("stored_files", (table) => {
    table.specificType("file_id", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable().index();
    table.specificType("enterprise_id", keyType).index();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.text("name").notNullable();
    table.text("media_type").notNullable();
    table.specificType("created_at", keyType).notNullable().index();
    table.binary("bytes").notNullable();
  });
}

async function createPrograms(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("programs", (table) => {
    table.specificType("program_id", keyType).notNullable();
    table.integer("revision").notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("origin", keyType).notNullable();
    table.specificType("content_hash", keyType).notNullable();
    table.specificType("created_by", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("decided_by", keyType);
    table.specificType("published_at", keyType);
    table.specificType("retired_at", keyType);
    // Set while its file is missing; the return of the file publishes again, unlike an admin's withdrawal.
    table.specificType("vanished_at", keyType);
    table.text("content").notNullable();
    table.primary(["program_id", "revision"]);
    table.index(["state", "program_id", "revision"]);
  });
  for (const state of ["published", "proposed"]) {
    await knex.raw(`create unique index programs_${state} on programs (program_id) where state = '${state}'`);
  }
  await knex.schema.createTable("program_events", (table) => {
    table.bigIncrements("event_id");
    table.specificType("program_id", keyType).notNullable();
    table.integer("from_revision");
    table.integer("to_revision");
    table.specificType("at", keyType).notNullable();
    table.specificType("handled_at", keyType);
  });
  await knex.raw("create index program_events_pending on program_events (event_id) where handled_at is null");
  await knex.schema.createTable("list_entries", (table) => {
    table.specificType("entry_id", keyType).notNullable().primary();
    table.specificType("list", keyType).notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("origin", keyType).notNullable();
    table.specificType("content_hash", keyType).notNullable();
    table.specificType("updated_by", keyType).notNullable();
    table.specificType("updated_at", keyType).notNullable();
    table.text("content").notNullable();
    table.index(["state", "list", "entry_id"]);
  });
  await knex("counters").insert({ name: "programs", value: 0 });
}

/** Whose turn it is, so that what a person said can be erased without reading every turn. */
async function extendTurns(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.alterTable("turns", (table) => {
    table.specificType("user_id", keyType);
  });
  await fillTurnUsers(knex);
  await knex.schema.alterTable("turns", (table) => {
    table.index(["channel", "user_id"]);
  });
}
