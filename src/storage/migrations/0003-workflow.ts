import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";
import { createAuditLog } from "./create-audit-log.ts";
import { fillPublicationEvents } from "./fill-publication-events.ts";
import type { Migration } from "./migration.ts";

export const createWorkflowTables: Migration = {
  name: "0003-workflow",
  async up(knex, dialect) {
    await createAuditLog(knex, dialect);
    await extendDocuments(knex, dialect);
    await createPublicationEvents(knex, dialect);
    await createSubmissions(knex, dialect);
    await createFaq(knex, dialect);
    await createProposals(knex, dialect);
    await createAccess(knex, dialect);
    await extendConversation(knex, dialect);
  },
};

async function extendDocuments(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.raw(`alter table documents add column visibility text not null default '{"kind":"public"}'`);
  await knex.schema.createTable("originals", (table) => {
    table.specificType("original_hash", keyType).notNullable().primary();
    table.specificType("created_at", keyType).notNullable();
    table.binary("bytes").notNullable();
  });
  // A table of its own: a column added to `versions` would stand behind the text, and every list would read the texts.
  await knex.schema.createTable("version_originals", (table) => {
    table.specificType("version_id", keyType).notNullable().primary();
    table.foreign("version_id").references("version_id").inTable("versions");
    table.specificType("original_hash", keyType).notNullable().index();
    table.foreign("original_hash").references("original_hash").inTable("originals");
  });
  await knex.schema.createTable("fingerprints", (table) => {
    table.specificType("version_id", keyType).notNullable().primary();
    table.foreign("version_id").references("version_id").inTable("versions");
    table.specificType("document_id", keyType).notNullable().index();
    table.foreign("document_id").references("document_id").inTable("documents");
    table.specificType("text_hash", keyType).notNullable().index();
    table.specificType("title_key", keyType).notNullable().index();
    table.specificType("number_key", keyType).index();
    table.binary("sketch").notNullable();
  });
}

async function createPublicationEvents(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("publication_events", (table) => {
    table.bigIncrements("event_id");
    table.specificType("document_id", keyType).notNullable().references("document_id").inTable("documents");
    table.specificType("from_version_id", keyType).references("version_id").inTable("versions");
    table.specificType("to_version_id", keyType).references("version_id").inTable("versions");
    table.specificType("at", keyType).notNullable();
    table.specificType("corrected_at", keyType);
    table.index(["document_id", "event_id"]);
  });
  await fillPublicationEvents(knex);
  await knex.raw(
    "create index publication_events_pending on publication_events (event_id) where corrected_at is null",
  );
}

async function createSubmissions(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("submissions", (table) => {
    table.bigIncrements("sequence");
    table.specificType("submission_id", keyType).notNullable().unique();
    table.specificType("original_hash", keyType).notNullable();
    table.foreign("original_hash").references("original_hash").inTable("originals");
    table.text("file_name").notNullable();
    table.bigInteger("bytes").notNullable();
    table.specificType("submitted_by", keyType).notNullable();
    table.text("source").notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("document_id", keyType).references("document_id").inTable("documents");
    table.specificType("version_id", keyType).references("version_id").inTable("versions");
    table.text("failure");
    table.specificType("created_at", keyType).notNullable();
    table.specificType("updated_at", keyType).notNullable();
    table.index(["state", "sequence"]);
    table.index(["original_hash", "sequence"]);
  });
}

async function createFaq(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("faq_revisions", (table) => {
    table.specificType("faq_id", keyType).notNullable();
    table.integer("revision").notNullable();
    table.specificType("state", keyType).notNullable();
    table.specificType("created_by", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("published_at", keyType);
    table.specificType("retired_at", keyType);
    table.text("content").notNullable();
    table.primary(["faq_id", "revision"]);
    table.index(["state", "faq_id", "revision"]);
  });
  /** Like `publications`: one row an interval, half open. */
  await knex.schema.createTable("faq_publications", (table) => {
    table.bigIncrements("publication_id");
    table.specificType("faq_id", keyType).notNullable();
    table.integer("revision").notNullable();
    table.specificType("published_from", keyType).notNullable();
    table.specificType("published_to", keyType);
    table.foreign(["faq_id", "revision"]).references(["faq_id", "revision"]).inTable("faq_revisions");
    table.index(["faq_id", "publication_id"]);
    table.index(["published_from", "published_to"]);
  });
  await knex.raw(
    "create unique index faq_publications_open on faq_publications (faq_id) where published_to is null",
  );
  await knex("counters").insert({ name: "faq", value: 0 });
}

async function createProposals(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("proposals", (table) => {
    table.bigIncrements("sequence");
    table.specificType("proposal_id", keyType).notNullable().unique();
    table.specificType("kind", keyType).notNullable();
    table.specificType("document_id", keyType).references("document_id").inTable("documents");
    table.specificType("version_id", keyType).references("version_id").inTable("versions");
    table.specificType("faq_id", keyType);
    table.integer("faq_revision");
    table.foreign(["faq_id", "faq_revision"]).references(["faq_id", "revision"]).inTable("faq_revisions");
    table.specificType("state", keyType).notNullable();
    table.specificType("proposed_by", keyType).notNullable();
    table.specificType("proposed_at", keyType).notNullable();
    table.text("reason");
    table.specificType("decided_by", keyType);
    table.specificType("decided_at", keyType);
    table.text("decision_reason");
    // What was published when the proposal was made; a decision on anything else would be one that nobody has seen.
    table.specificType("base_version_id", keyType);
    table.integer("base_faq_revision");
    // What the version or the revision goes back to when the proposal comes to nothing.
    table.specificType("state_before", keyType);
    table.text("impact").notNullable();
    table.index(["state", "sequence"]);
    table.index(["document_id", "sequence"]);
  });
  await knex.raw(
    "create unique index proposals_open_document on proposals (document_id) where state = 'open'",
  );
  await knex.raw("create unique index proposals_open_faq on proposals (faq_id) where state = 'open'");
}

async function createAccess(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.createTable("role_bindings", (table) => {
    table.specificType("account", keyType).notNullable();
    table.specificType("role", keyType).notNullable();
    table.specificType("granted_by", keyType).notNullable();
    table.specificType("granted_at", keyType).notNullable();
    table.primary(["account", "role"]);
    table.index(["role", "account"]);
  });
  await knex.schema.createTable("access_tokens", (table) => {
    table.specificType("token_hash", keyType).notNullable().primary();
    table.specificType("account", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.specificType("revoked_at", keyType);
  });
  await knex.raw("create index access_tokens_account on access_tokens (account) where revoked_at is null");
}

async function extendConversation(knex: Knex, { keyType }: Dialect): Promise<void> {
  await knex.schema.alterTable("turns", (table) => {
    table.text("asker");
    table.index(["at", "sequence"]);
  });
  // Outlives the inbox row: a notice that was delivered and pruned must not go out again.
  await knex.schema.createTable("notices", (table) => {
    table.specificType("channel", keyType).notNullable();
    table.specificType("message_key", keyType).notNullable();
    table.specificType("created_at", keyType).notNullable();
    table.primary(["channel", "message_key"]);
  });
}
