import type { Knex } from "knex";
import type { Dialect, DialectName } from "../dialect.ts";

/** The log, and the triggers that keep everybody from changing it by accident or through this connection. */
export async function createAuditLog(knex: Knex, { keyType, name }: Dialect): Promise<void> {
  await knex.schema.createTable("audit_log", (table) => {
    table.integer("sequence").notNullable().primary();
    table.specificType("at", keyType).notNullable();
    table.specificType("actor", keyType).notNullable();
    table.specificType("action", keyType).notNullable();
    table.specificType("subject", keyType).notNullable();
    table.text("reason");
    table.text("details").notNullable();
    table.specificType("previous_hash", keyType).notNullable();
    table.specificType("hash", keyType).notNullable();
    // No more than this one: every index is one more page to write with every change.
    table.index(["subject", "sequence"]);
  });
  for (const statement of TRIGGERS[name]) await knex.raw(statement);
}

const REFUSAL = "the audit log is append-only";

const TRIGGERS: Readonly<Record<DialectName, readonly string[]>> = {
  sqlite: [
    `create trigger audit_log_no_update before update on audit_log
       begin select raise(abort, '${REFUSAL}'); end`,
    `create trigger audit_log_no_delete before delete on audit_log
       begin select raise(abort, '${REFUSAL}'); end`,
    // INSERT OR REPLACE deletes without asking the trigger above.
    `create trigger audit_log_no_replace before insert on audit_log
       when exists (select 1 from audit_log where sequence = new.sequence)
       begin select raise(abort, '${REFUSAL}'); end`,
  ],
  postgres: [
    `create function refuse_audit_change() returns trigger language plpgsql as
       $$ begin raise exception '${REFUSAL}' using errcode = 'integrity_constraint_violation'; end $$`,
    `create trigger audit_log_no_change before update or delete on audit_log
       for each row execute function refuse_audit_change()`,
    `create trigger audit_log_no_truncate before truncate on audit_log
       for each statement execute function refuse_audit_change()`,
  ],
};
