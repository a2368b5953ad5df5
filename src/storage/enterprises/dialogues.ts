import type { Database } from "../dialect.ts";
import { fromJson, toJson, toOptionalText, toText } from "../row-values.ts";
import type { DialogueRecord, EnterpriseStore } from "../types.ts";

interface DialogueRow {
  session_key: string;
  account: string;
  enterprise_id: string | null;
  updated_at: string;
  state: string;
}

type DialoguesPart = Pick<EnterpriseStore, "getDialogue" | "saveDialogue" | "removeDialogues">;

export function createDialogues({ read, write }: Database): DialoguesPart {
  return {
    async getDialogue(sessionKey) {
      const key = { session_key: toText(sessionKey) };
      const row: DialogueRow | undefined = await read("dialogues").where(key).first();
      return row && toDialogueRecord(row);
    },
    async saveDialogue(record) {
      const row: DialogueRow = {
        session_key: toText(record.sessionKey),
        account: toText(record.account),
        enterprise_id: toOptionalText(record.enterpriseId),
        updated_at: record.updatedAt,
        state: toJson(record.state),
      };
      await write("dialogues").insert(row).onConflict("session_key").merge();
    },
    removeDialogues: (account) => write("dialogues").where("account", toText(account)).delete(),
  };
}

function toDialogueRecord(row: DialogueRow): DialogueRecord {
  return {
    sessionKey: row.session_key,
    account: row.account,
    enterpriseId: row.enterprise_id,
    state: fromJson(row.state),
    updatedAt: row.updated_at,
  };
}
