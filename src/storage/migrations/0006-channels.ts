import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import type { Migration } from "./migration.ts";

/** Streams, lanes and priorities of delivery, feedback on answers, signed-in web sessions, signals that wait. */
export const createChannelTables: Migration = {
  name: "0006-channels",
  async up(knex, dialect) {
    await extendInbox(knex);
    await extendOutbox(knex, dialect);
    await createFeedback(knex, dialect);
    await createWebSessions(knex, dialect);
    await createWebSignIns(knex, dialect);
    await createWebUploads(knex, dialect);
    await createSignals(knex, dialect);
    // Buttons under an answer name the message that it answers.
    await knex.raw("create index turns_message on turns (channel, message_key)");
  },
};

async function extendInbox(knex: Knex): Promise<void> {
  await knex.schema.alterTable("inbox", (table) => {
    table.text("stream");
  });
}

async function extendOutbox(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.alterTable("outbox", (table) => {
    table.integer("priority").notNullable().defaultTo(0);
    table.specificType("lane", keyType);
  });
  await knex.schema.alterTable("outbox", (table) => {
    table.index(["state", "priority", "created_at", "sequence"]);
  });
}

async function createFeedback(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("answer_feedback", (table) => {
    table.specificType("channel", keyType).notNullable();
    table.specificType("message_key", keyType).notNullable();
    table.specificType("account", keyType).notNullable().index();
    table.specificType("verdict", keyType).notNullable();
    table.specificType("cause", keyType);
    table.text("reason");
    table.specificType("at", keyType).notNullable().index();
    table.primary(["channel", "message_key", "account"]);
  });
}

async function createWebSessions(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("web_sessions", (table) => {
    table.specificType("session_id", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable().index();
    table.text("name").notNullable();
    table.specificType("signed_in_at", keyType).notNullable();
    table.specificType("expires_at", keyType).notNullable().index();
  });
}

async function createSignals(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("platform_signals", (table) => {
    table.bigIncrements("sequence");
    table.specificType("at", keyType).notNullable();
    table.text("signal").notNullable();
  });
}

/** Under way at the platform: each may come back once, to the browser that began it. */
async function createWebSignIns(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("web_sign_ins", (table) => {
    table.specificType("state_hash", keyType).notNullable().primary();
    table.specificType("session_id", keyType).notNullable();
    table.text("return_to").notNullable();
    table.specificType("expires_at", keyType).notNullable().index();
  });
}

async function createWebUploads(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("web_uploads", (table) => {
    table.specificType("message_key", keyType).notNullable();
    table.integer("position").notNullable();
    table.specificType("session_id", keyType).notNullable().index();
    table.specificType("kind", keyType).notNullable();
    table.text("name").notNullable();
    table.bigInteger("size").notNullable();
    table.specificType("created_at", keyType).notNullable().index();
    // Absent: the message is done.
    table.binary("bytes");
    table.primary(["message_key", "position"]);
  });
}
