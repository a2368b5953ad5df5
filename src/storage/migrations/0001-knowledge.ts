import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import type { Migration } from "./migration.ts";

export const createKnowledgeTables: Migration = {
  name: "0001-knowledge",
  async up(knex, dialect) {
    await createDocuments(knex, dialect);
    await createVersions(knex, dialect);
    await createClauses(knex, dialect);
    await createPublications(knex, dialect);
    await knex.schema.createTable("embeddings", (table) => {
      table.specificType("model", dialect.keyType).notNullable();
      table.specificType("text_hash", dialect.keyType).notNullable();
      table.binary("vector").notNullable();
      table.primary(["model", "text_hash"]);
    });
  },
};

async function createDocuments(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("documents", (table) => {
    table.specificType("document_id", keyType).notNullable().primary();
    table.specificType("collection", keyType).notNullable();
    table.specificType("source_key", keyType).notNullable();
    table.text("title").notNullable();
    table.specificType("created_at", keyType).notNullable();
    // Set while the source is missing; its return publishes again, unlike an operator's withdrawal.
    table.specificType("vanished_at", keyType);
    table.unique(["collection", "source_key"]);
  });
}

async function createVersions(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("versions", (table) => {
    table.specificType("version_id", keyType).notNullable().primary();
    table.specificType("document_id", keyType).notNullable().references("document_id").inTable("documents");
    table.integer("number").notNullable();
    table.text("state").notNullable();
    table.text("title").notNullable();
    table.text("content_hash").notNullable();
    table.integer("parser_revision").notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("published_at", keyType);
    table.specificType("retired_at", keyType);
    table.integer("clause_count").notNullable();
    table.text("warnings").notNullable();
    table.text("metadata").notNullable();
    // Last, because SQLite walks over what stands before a column that it reads.
    table.text("outline").notNullable();
    table.text("text").notNullable();
    table.unique(["document_id", "number"]);
  });
  await knex.raw(
    "create unique index versions_published on versions (document_id) where state = 'published'",
  );
}

async function createClauses(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("clauses", (table) => {
    table.specificType("version_id", keyType).notNullable().references("version_id").inTable("versions");
    table.integer("ordinal").notNullable();
    table.text("section").notNullable();
    table.integer("level").notNullable();
    table.text("heading").notNullable();
    table.text("text").notNullable();
    table.integer("start_offset").notNullable();
    table.integer("end_offset").notNullable();
    table.integer("page");
    table.text("passage_id");
    table.primary(["version_id", "ordinal"]);
  });
}

/** A version can be published more than once: one row an interval, half open, `published_to` null while it lasts. */
async function createPublications(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("publications", (table) => {
    table.bigIncrements("publication_id");
    table.specificType("document_id", keyType).notNullable().references("document_id").inTable("documents");
    table.specificType("version_id", keyType).notNullable().references("version_id").inTable("versions");
    table.specificType("published_from", keyType).notNullable();
    table.specificType("published_to", keyType);
    // What a rollback goes back to. Not "the row before", or two rollbacks would lead forward again.
    table.bigInteger("previous_publication_id");
    table.index(["document_id", "publication_id"]);
    table.index(["published_from", "published_to"]);
  });
  await knex.raw(
    "create unique index publications_open on publications (document_id) where published_to is null",
  );
  await knex.schema.createTable("counters", (table) => {
    table.specificType("name", keyType).notNullable().primary();
    table.bigInteger("value").notNullable();
  });
  await knex("counters").insert({ name: "publication", value: 0 });
}
