import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";

/** What goes out by itself: who wishes it, what was found for whom, and what is to be said on a day. */
export async function createOutreachTables(knex: Knex, dialect: Dialect): Promise<void> {
  await createSubscriptions(knex, dialect);
  await createRuns(knex, dialect);
  await createReminders(knex, dialect);
}

async function createSubscriptions(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("subscriptions", (table) => {
    table.bigIncrements("sequence");
    table.specificType("subscription_id", keyType).notNullable().unique();
    table.specificType("account", keyType).notNullable();
    table.specificType("enterprise_id", keyType).index();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("kind", keyType).notNullable();
    table.specificType("topic", keyType);
    table.text("cadence").notNullable();
    table.text("quiet_from").notNullable();
    table.text("quiet_to").notNullable();
    table.integer("weekly_limit").notNullable();
    table.specificType("consented_at", keyType).notNullable();
    table.specificType("ended_at", keyType);
    table.index(["account", "sequence"]);
  });
  for (const [name, columns] of [
    ["enterprise", "kind, enterprise_id, account"],
    ["topic", "kind, topic, sequence"],
    ["kind", "kind, sequence"],
  ]) {
    await knex.raw(`create index subscriptions_${name} on subscriptions (${columns}) where ended_at is null`);
  }
  // A wish that is on is there once.
  await knex.raw(
    `create unique index subscriptions_on on subscriptions
       (account, kind, coalesce(topic, ''), coalesce(enterprise_id, '')) where ended_at is null`,
  );
}

async function createRuns(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("outreach_runs", (table) => {
    table.bigIncrements("sequence");
    table.specificType("run_id", keyType).notNullable().unique();
    table.specificType("trigger_key", keyType).notNullable().unique();
    table.specificType("cursor_key", keyType);
    table.specificType("state", keyType).notNullable();
    table.specificType("started_at", keyType).notNullable();
    table.specificType("finished_at", keyType);
    table.integer("seen").notNullable();
    table.integer("found").notNullable();
    table.text("programs").notNullable();
  });
  await knex.raw("create index outreach_runs_open on outreach_runs (sequence) where state = 'running'");
  await knex.schema.createTable("outreach_items", (table) => {
    table.bigIncrements("item_id");
    table.specificType("run_id", keyType).notNullable();
    table.foreign("run_id").references("run_id").inTable("outreach_runs");
    table.specificType("enterprise_id", keyType).notNullable().index();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("account", keyType).notNullable();
    table.specificType("program_id", keyType).notNullable();
    table.integer("program_revision").notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("due_at", keyType).notNullable();
    table.specificType("sent_at", keyType);
    // The first item of the message that it was sent with: a digest of ten is one message.
    table.bigInteger("sent_with");
    table.text("reason").notNullable();
    table.unique(["run_id", "enterprise_id", "account", "program_id"]);
    table.index(["account", "sent_at"]);
  });
  await knex.raw(
    "create index outreach_items_waiting on outreach_items (account, item_id, due_at) where state = 'waiting'",
  );
  await knex.raw(
    "create index outreach_items_sent on outreach_items (program_id, item_id) where state = 'sent'",
  );
}

async function createReminders(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("reminders", (table) => {
    table.specificType("reminder_id", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable();
    table.specificType("enterprise_id", keyType).index();
    table.foreign("enterprise_id").references("enterprise_id").inTable("enterprises");
    table.specificType("due_on", keyType).notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.text("subject").notNullable();
    table.index(["account", "due_on", "reminder_id"]);
  });
  await knex.raw("create index reminders_due on reminders (due_on, reminder_id) where state = 'waiting'");
}
