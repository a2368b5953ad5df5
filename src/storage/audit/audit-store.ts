import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { AuditStore } from "../types.ts";
import { appendAudit } from "./append-audit.ts";
import { type AuditRow, toAuditEntry } from "./chain.ts";
import { verifyChain } from "./verify-chain.ts";

const DEFAULT_LIMIT = 100;

export function createAuditStore({ read, write }: Database): AuditStore {
  return {
    append: (entry) =>
      changeWithin(write, async (transaction) => {
        const [row] = await appendAudit(transaction, entry);
        return toAuditEntry(row as AuditRow);
      }),
    async list({ subject, actor, action, before, limit = DEFAULT_LIMIT } = {}) {
      const query = read<AuditRow>("audit_log").orderBy("sequence", "desc").limit(limit);
      if (subject !== undefined) query.where("subject", toText(subject));
      if (actor !== undefined) query.where("actor", toText(actor));
      if (action !== undefined) query.where("action", toText(action));
      if (before !== undefined) query.where("sequence", "<", before);
      const rows: AuditRow[] = await query;
      return rows.map(toAuditEntry);
    },
    verify: (expectedHead) => verifyChain(read, expectedHead),
  };
}
