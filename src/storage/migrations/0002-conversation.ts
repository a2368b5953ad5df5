import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import type { Migration } from "./migration.ts";

export const createConversationTables: Migration = {
  name: "0002-conversation",
  async up(knex, dialect) {
    await createInbox(knex, dialect);
    await createOutbox(knex, dialect);
    await createTurns(knex, dialect);
    await knex.schema.createTable("evaluation_runs", (table) => {
      table.specificType("run_id", dialect.keyType).notNullable().primary();
      table.specificType("at", dialect.keyType).notNullable();
      table.text("scorecard").notNullable();
      table.index(["at", "run_id"]);
    });
  },
};

async function createInbox(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("inbox", (table) => {
    table.bigIncrements("sequence");
    table.specificType("channel", keyType).notNullable();
    table.specificType("message_key", keyType).notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("session_key", keyType).notNullable();
    table.integer("attempts").notNullable();
    table.specificType("accepted_at", keyType).notNullable();
    table.specificType("claimed_at", keyType);
    table.specificType("done_at", keyType).index();
    table.text("message").notNullable();
    table.unique(["channel", "message_key"]);
    table.index(["state", "accepted_at", "sequence"]);
  });
  // The database itself keeps two messages of one session from being in work at once.
  await knex.raw("create unique index inbox_in_work on inbox (session_key) where state = 'answering'");
  await knex("counters").insert({ name: "claim", value: 0 });
}

async function createOutbox(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("outbox", (table) => {
    table.bigIncrements("sequence");
    table.specificType("outbox_id", keyType).notNullable().unique();
    table.specificType("channel", keyType).notNullable();
    table.specificType("message_key", keyType).notNullable();
    table.specificType("state", keyType).notNullable();
    table.integer("attempts").notNullable();
    table.specificType("due_at", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("delivered_at", keyType);
    table.text("receipt");
    table.text("last_error");
    table.text("reply").notNullable();
    table.unique(["channel", "message_key"]);
    table.index(["state", "created_at", "sequence"]);
    table.foreign(["channel", "message_key"]).references(["channel", "message_key"]).inTable("inbox");
  });
}

async function createTurns(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("turns", (table) => {
    table.bigIncrements("sequence");
    table.specificType("turn_id", keyType).notNullable().unique();
    table.specificType("session_key", keyType).notNullable();
    table.specificType("channel", keyType).notNullable();
    table.specificType("message_key", keyType).notNullable();
    table.specificType("at", keyType).notNullable();
    table.text("question").notNullable();
    table.text("resolved_question").notNullable();
    table.text("answer").notNullable();
    table.index(["session_key", "at", "sequence"]);
  });
}
