import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toJson, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, SettingsRecord, TicketStore } from "../types.ts";

interface SettingsRow {
  part: string;
  revision: number;
  origin: SettingsRecord["origin"];
  content_hash: string;
  made_by: string;
  at: string;
  reason: string | null;
  content: string;
}

type SettingsPart = Pick<TicketStore, "settings" | "settingsHistory" | "saveSettings">;

export function createSettings({ read, write }: Database): SettingsPart {
  return {
    async settings() {
      const newer = read("triage_settings as n")
        .whereRaw("n.part = s.part and n.revision > s.revision")
        .select("n.revision");
      const rows: SettingsRow[] = await read("triage_settings as s")
        .whereNotExists(newer)
        .orderBy("s.part")
        .select("s.*");
      return rows.map(toSettingsRecord);
    },
    async settingsHistory(part) {
      const rows: SettingsRow[] = await read("triage_settings")
        .where("part", toText(part))
        .orderBy("revision", "desc");
      return rows.map(toSettingsRecord);
    },
    saveSettings: (record, expectedRevision, origin) =>
      changeWithin(write, (transaction) => saveSettings(transaction, record, expectedRevision, origin)),
  };
}

async function saveSettings(
  transaction: Knex.Transaction,
  record: Omit<SettingsRecord, "revision">,
  expectedRevision: number,
  origin: ChangeOrigin,
): Promise<SettingsRecord> {
  const part = toText(record.part);
  const newest: Pick<SettingsRow, "revision"> | undefined = await transaction("triage_settings")
    .where({ part })
    .orderBy("revision", "desc")
    .first("revision");
  if ((newest?.revision ?? 0) !== expectedRevision) {
    throw new AppError({
      code: "conflict",
      message: `settings ${part} are at revision ${newest?.revision ?? 0}, not ${expectedRevision}`,
      safeMessage: "这项设置刚刚已被他人修改，本次没有写入。请刷新后在最新内容上重新修改。",
    });
  }
  const row: SettingsRow = {
    part,
    revision: expectedRevision + 1,
    origin: record.origin,
    content_hash: toText(record.contentHash),
    made_by: toText(record.by),
    at: record.at,
    reason: toOptionalText(record.reason),
    content: toJson(record.content),
  };
  await transaction("triage_settings").insert(row);
  const facts = { part, revision: row.revision, origin: row.origin, contentHash: row.content_hash };
  const at = new Date(record.at);
  const entry = describeChange("triage.settings", `settings:${part}`, facts, at, origin);
  await appendAudit(transaction, entry);
  return toSettingsRecord(row);
}

function toSettingsRecord(row: SettingsRow): SettingsRecord {
  return {
    part: row.part,
    revision: row.revision,
    content: fromJson(row.content),
    origin: row.origin,
    contentHash: row.content_hash,
    by: row.made_by,
    at: row.at,
    reason: row.reason,
  };
}
