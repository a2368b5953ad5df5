import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toOptionalText, toText } from "../row-values.ts";
import type { AbsenceRecord, ChangeOrigin, TicketStore } from "../types.ts";

interface AbsenceRow {
  absence_id: string;
  account: string;
  from_at: string;
  to_at: string;
  deputy: string | null;
  note: string | null;
  cancelled_at: string | null;
}

type AbsencesPart = Pick<TicketStore, "addAbsence" | "cancelAbsence" | "absences">;

export function createAbsences({ read, write }: Database): AbsencesPart {
  return {
    addAbsence: (absence, origin, at) =>
      changeWithin(write, async (transaction) => {
        const row: AbsenceRow = {
          absence_id: toText(absence.absenceId),
          account: toText(absence.account),
          from_at: absence.from,
          to_at: absence.to,
          deputy: toOptionalText(absence.deputy),
          note: toOptionalText(absence.note),
          cancelled_at: null,
        };
        await transaction("triage_absences").insert(row);
        await recordAbsence(transaction, row, at ?? new Date(absence.from), origin);
      }),
    cancelAbsence: (absenceId, at, origin) =>
      changeWithin(write, async (transaction) => {
        const key = { absence_id: toText(absenceId), cancelled_at: null };
        const row: AbsenceRow | undefined = await transaction("triage_absences").where(key).first();
        if (!row) return false;
        const cancelled_at = toInstant(at);
        await transaction("triage_absences").where(key).update({ cancelled_at });
        await recordAbsence(transaction, { ...row, cancelled_at }, at, origin);
        return true;
      }),
    async absences(after) {
      const rows: AbsenceRow[] = await read("triage_absences")
        .whereRaw("cancelled_at is null")
        .where("to_at", ">", toInstant(after))
        .orderBy(["to_at", "absence_id"]);
      return rows.map(toAbsenceRecord);
    },
  };
}

async function recordAbsence(
  transaction: Knex.Transaction,
  row: AbsenceRow,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const facts = {
    account: row.account,
    deputy: row.deputy,
    from: row.from_at,
    to: row.to_at,
    cancelled: row.cancelled_at !== null,
  };
  const entry = describeChange("triage.absence", `absence:${row.absence_id}`, facts, at, {
    actor: origin.actor,
  });
  await appendAudit(transaction, entry);
}

function toAbsenceRecord(row: AbsenceRow): AbsenceRecord {
  return {
    absenceId: row.absence_id,
    account: row.account,
    from: row.from_at,
    to: row.to_at,
    deputy: row.deputy,
    note: row.note,
    cancelledAt: row.cancelled_at,
  };
}
