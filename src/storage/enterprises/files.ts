import type { Database } from "../dialect.ts";
import { toInstant, toOptionalText, toText } from "../row-values.ts";
import type { EnterpriseStore } from "../types.ts";

interface FileRow {
  file_id: string;
  account: string;
  enterprise_id: string | null;
  name: string;
  media_type: string;
  created_at: string;
  bytes: Buffer;
}

type FilesPart = Pick<EnterpriseStore, "saveFile" | "getFile" | "pruneFiles" | "removeFiles">;

export function createFiles({ read, write }: Database): FilesPart {
  return {
    async saveFile(file) {
      const row: FileRow = {
        file_id: toText(file.fileId),
        account: toText(file.account),
        enterprise_id: toOptionalText(file.enterpriseId),
        name: toText(file.name),
        media_type: toText(file.mediaType),
        created_at: file.createdAt,
        bytes: Buffer.from(file.bytes),
      };
      await write("stored_files").insert(row).onConflict("file_id").ignore();
    },
    async getFile(fileId) {
      const key = { file_id: toText(fileId) };
      const row: FileRow | undefined = await read("stored_files").where(key).first();
      if (!row) return undefined;
      return {
        fileId: row.file_id,
        account: row.account,
        enterpriseId: row.enterprise_id,
        name: row.name,
        mediaType: row.media_type,
        bytes: new Uint8Array(row.bytes),
        createdAt: row.created_at,
      };
    },
    pruneFiles: (before) => write("stored_files").where("created_at", "<", toInstant(before)).delete(),
    removeFiles: (account) => write("stored_files").where("account", toText(account)).delete(),
  };
}
