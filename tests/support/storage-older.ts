import type { Knex } from "knex";
import { DIALECTS } from "../../src/storage/dialects.ts";
import { createEnterpriseStore } from "../../src/storage/enterprises/enterprise-store.ts";
import type { OpenStorageOptions, Storage } from "../../src/storage/index.ts";
import { createKnowledgeTables } from "../../src/storage/migrations/0001-knowledge.ts";
import { createConversationTables } from "../../src/storage/migrations/0002-conversation.ts";
import { createWorkflowTables } from "../../src/storage/migrations/0003-workflow.ts";
import { createMatchingTables } from "../../src/storage/migrations/0004-matching.ts";
import type { Migration } from "../../src/storage/migrations/migration.ts";
import { openRawDatabase } from "./storage-raw.ts";

const OLD_MIGRATIONS: readonly Migration[] = [createKnowledgeTables, createConversationTables];

/** A database as the first release left it: its two migrations, and rows as it wrote them. */
export async function makeOlderDatabase(
  options: OpenStorageOptions,
  dialect: Storage["dialect"],
): Promise<void> {
  await withMigrations(options, dialect, OLD_MIGRATIONS, async (database) => {
    await fillKnowledge(database);
    await fillConversation(database);
  });
}

/** A database as it was before there were tickets, with an enterprise and its entry in the log. */
export async function makeMatchingDatabase(
  options: OpenStorageOptions,
  dialect: Storage["dialect"],
): Promise<void> {
  const migrations = [...OLD_MIGRATIONS, createWorkflowTables, createMatchingTables];
  await withMigrations(options, dialect, migrations, async (database) => {
    await fillConversation(database);
    const { create } = createEnterpriseStore({
      read: database,
      write: database,
      change: (work) => work(database),
      counter: async () => 0,
      ping: async () => undefined,
      close: async () => undefined,
    });
    const enterprise = { enterpriseId: "e-old", name: "旧企业", creditCode: null };
    await create(enterprise, "web:old", new Date(oldInstant(4)), { actor: "web:old" });
  });
}

async function withMigrations(
  options: OpenStorageOptions,
  dialect: Storage["dialect"],
  migrations: readonly Migration[],
  fill: (database: Knex) => Promise<void>,
): Promise<void> {
  const database = openRawDatabase(options);
  try {
    await database.migrate.latest({
      tableName: "schema_migrations",
      migrationSource: {
        getMigrations: async () => [...migrations],
        getMigrationName: (migration: Migration) => migration.name,
        getMigration: async (migration: Migration) => ({
          up: (knex: Knex) => migration.up(knex, DIALECTS[dialect]),
          down: async () => undefined,
        }),
      },
    });
    await fill(database);
  } finally {
    await database.destroy();
  }
}

export const oldInstant = (second: number) => `2025-12-01T00:00:0${second}.000Z`;

/** 甲: 1, then 2, back to 1, taken back, 2 again. 乙: 1. 丙: taken back at the instant of its only publication's end. */
const INTERVALS: readonly [string, number, number, number | null][] = [
  ["甲", 1, 1, 2],
  ["甲", 2, 2, 4],
  ["乙", 1, 3, null],
  ["甲", 1, 4, 5],
  ["丙", 1, 5, 6],
  ["甲", 2, 7, null],
];

async function fillKnowledge(database: Knex): Promise<void> {
  const versions: [string, number, string][] = [
    ["甲", 1, "superseded"],
    ["甲", 2, "published"],
    ["乙", 1, "published"],
    ["丙", 1, "withdrawn"],
  ];
  for (const key of ["甲", "乙", "丙"]) {
    await database("documents").insert({
      document_id: `document-${key}`,
      collection: "plans",
      source_key: `${key}.txt`,
      title: `文件${key}`,
      created_at: oldInstant(0),
    });
  }
  for (const [key, number, state] of versions) {
    await database("versions").insert({
      version_id: `${key}-${number}`,
      document_id: `document-${key}`,
      number,
      state,
      title: `文件${key}`,
      content_hash: `${key}${number}`,
      parser_revision: 1,
      created_at: oldInstant(0),
      published_at: oldInstant(1),
      clause_count: 1,
      warnings: "[]",
      metadata: `{"title":"文件${key}"}`,
      outline: "[]",
      text: `正文 ${key} ${number}`,
    });
    await database("clauses").insert({
      version_id: `${key}-${number}`,
      ordinal: 0,
      section: "一",
      level: 1,
      heading: '["一"]',
      text: `条款 ${key} ${number}`,
      start_offset: 0,
      end_offset: 6,
    });
  }
  for (const [index, [key, number, from, to]] of INTERVALS.entries()) {
    await database("publications").insert({
      document_id: `document-${key}`,
      version_id: `${key}-${number}`,
      published_from: oldInstant(from),
      published_to: to === null ? null : oldInstant(to),
      previous_publication_id: index === 1 ? 1 : null,
    });
  }
  await database("counters").where({ name: "publication" }).update({ value: 7 });
  await database("embeddings").insert({ model: "m", text_hash: "h", vector: Buffer.alloc(8) });
}

async function fillConversation(database: Knex): Promise<void> {
  const key = { channel: "web", message_key: "old" };
  await database("inbox").insert({
    ...key,
    state: "done",
    session_key: "session",
    attempts: 1,
    accepted_at: oldInstant(1),
    done_at: oldInstant(2),
    message: '{"text":"问题"}',
  });
  await database("outbox").insert({
    ...key,
    outbox_id: "reply-old",
    state: "pending",
    attempts: 0,
    due_at: oldInstant(2),
    created_at: oldInstant(2),
    reply: '{"headline":"答复"}',
  });
  await database("turns").insert({
    ...key,
    turn_id: "turn-old",
    session_key: "session",
    at: oldInstant(2),
    question: "问题",
    resolved_question: "问题",
    answer: '{"kind":"answered"}',
  });
  await database("evaluation_runs").insert({ run_id: "run", at: oldInstant(3), scorecard: '{"hit":1}' });
}
