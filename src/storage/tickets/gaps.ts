import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toJson, toOptionalText, toText } from "../row-values.ts";
import type { GapRecord, TicketStore } from "../types.ts";

interface GapRow {
  gap_id: string;
  state: GapRecord["state"];
  count: number;
  askers: number;
  first_at: string;
  last_at: string;
  decided_by: string | null;
  note: string | null;
  question: string;
  wordings: string;
}

/** Name of the mark that says how far turns were read. */
const READ_UNTIL = { name: "gaps" };

type GapsPart = Pick<TicketStore, "gaps" | "saveGaps" | "gapsReadUntil" | "decideGap">;

export function createGaps({ read, write }: Database): GapsPart {
  return {
    async gaps({ state, limit } = {}) {
      const query = read<GapRow>("triage_gaps").orderBy(
        ["count", "last_at", "gap_id"].map((column) => ({ column, order: "desc" })),
      );
      if (state !== undefined) query.where("state", state);
      if (limit !== undefined) query.limit(limit);
      const rows: GapRow[] = await query.select("*");
      return rows.map(toGapRecord);
    },
    saveGaps: (gaps, readUntil) =>
      write.transaction(async (transaction) => {
        for (const gap of gaps) {
          await transaction("triage_gaps").insert(toGapRow(gap)).onConflict("gap_id").merge();
        }
        const mark = { ...READ_UNTIL, value: toText(readUntil) };
        await transaction("triage_marks").insert(mark).onConflict("name").merge();
      }),
    async gapsReadUntil() {
      const row: { value: string } | undefined = await read("triage_marks").where(READ_UNTIL).first("value");
      return row?.value ?? null;
    },
    decideGap: (gapId, state, at, origin, note) =>
      changeWithin(write, async (transaction) => {
        const changed = await transaction("triage_gaps")
          .where("gap_id", toText(gapId))
          .update({
            state,
            decided_by: toText(origin.actor),
            ...(note !== undefined && { note: toText(note) }),
          });
        if (changed === 0) return false;
        const entry = describeChange("triage.gap", `gap:${gapId}`, { state }, at, { actor: origin.actor });
        await appendAudit(transaction, entry);
        return true;
      }),
  };
}

function toGapRow(record: GapRecord): GapRow {
  return {
    gap_id: toText(record.gapId),
    state: record.state,
    count: record.count,
    askers: record.askers,
    first_at: record.firstAt,
    last_at: record.lastAt,
    decided_by: toOptionalText(record.by),
    note: toOptionalText(record.note),
    question: toText(record.question),
    wordings: toJson(record.wordings),
  };
}

function toGapRecord(row: GapRow): GapRecord {
  return {
    gapId: row.gap_id,
    question: row.question,
    wordings: fromJson(row.wordings),
    count: row.count,
    askers: row.askers,
    firstAt: row.first_at,
    lastAt: row.last_at,
    state: row.state,
    by: row.decided_by,
    note: row.note,
  };
}
