import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import { createKnowledgeTables } from "./0001-knowledge.ts";
import { createConversationTables } from "./0002-conversation.ts";
import { createWorkflowTables } from "./0003-workflow.ts";
import { createMatchingTables } from "./0004-matching.ts";
import { createTriageTables } from "./0005-triage.ts";
import { createChannelTables } from "./0006-channels.ts";
import type { Migration } from "./migration.ts";

const MIGRATIONS: readonly Migration[] = [
  createKnowledgeTables,
  createConversationTables,
  createWorkflowTables,
  createMatchingTables,
  createTriageTables,
  createChannelTables,
];

/** Knex's view of the steps above. They are imported, not found on disk: the order is code, and tools see the files. */
function createMigrationSource(dialect: Dialect): Knex.MigrationSource<Migration> {
  return {
    getMigrations: async () => [...MIGRATIONS],
    getMigrationName: (migration) => migration.name,
    getMigration: async (migration) => ({
      up: (knex) => migration.up(knex, dialect),
      down: async () => {
        throw new Error("Migrations only go forward; restore a backup instead.");
      },
    }),
  };
}

const TABLES = { tableName: "schema_migrations" };

/**
 * Brings the schema to the present state, in one transaction. Only for a process that holds the writer's lock: a lock of
 * Knex's own that a killed process left behind is therefore stale, and is freed.
 */
export async function migrateToLatest(knex: Knex, dialect: Dialect): Promise<void> {
  const options = { ...TABLES, migrationSource: createMigrationSource(dialect) };
  await knex.migrate.forceFreeMigrationsLock(options);
  await knex.migrate.latest(options);
}

/** `missing`: nothing there yet; `older`/`newer`: made by another release. Writes nothing. */
export async function readSchemaState(knex: Knex): Promise<"missing" | "older" | "current" | "newer"> {
  if (!(await knex.schema.hasTable(TABLES.tableName))) return "missing";
  const applied = new Set<string>(await knex(TABLES.tableName).pluck("name"));
  if (applied.size === 0) return "missing";
  if ([...applied].some((name) => !MIGRATIONS.some((migration) => migration.name === name))) return "newer";
  return applied.size < MIGRATIONS.length ? "older" : "current";
}
