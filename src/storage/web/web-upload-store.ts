import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { WebUpload, WebUploadStore } from "../types.ts";

interface UploadRow {
  session_id: string;
  message_key: string;
  position: number;
  kind: WebUpload["kind"];
  name: string;
  size: number | string;
  created_at: string;
  bytes: Buffer | null;
}

const TABLE = "web_uploads";
const NAMES = ["session_id", "message_key", "position", "kind", "name", "size", "created_at"];

export function createWebUploadStore({ read, write }: Database): WebUploadStore {
  return {
    async keep(upload) {
      const key = { message_key: toText(upload.messageKey), position: upload.position };
      return write.transaction(async (transaction) => {
        if (await transaction(TABLE).where(key).first("position")) return false;
        await transaction(TABLE).insert(toRow(upload)).onConflict(["message_key", "position"]).ignore();
        return true;
      });
    },
    async read(messageKey, position) {
      const row: Pick<UploadRow, "bytes"> | undefined = await read(TABLE)
        .where({ message_key: toText(messageKey), position })
        .first("bytes");
      return row?.bytes ? new Uint8Array(row.bytes) : undefined;
    },
    async list(sessionId) {
      const rows: Omit<UploadRow, "bytes">[] = await read(TABLE)
        .where("session_id", toText(sessionId))
        .orderBy(["created_at", "message_key", "position"])
        .select(NAMES);
      return rows.map(toUpload);
    },
    async discard(messageKey, positions) {
      await write(TABLE)
        .where("message_key", toText(messageKey))
        .whereIn("position", [...positions])
        .delete();
    },
    async release(messageKey) {
      await write(TABLE)
        .where("message_key", toText(messageKey))
        .whereNotNull("bytes")
        .update({ bytes: null });
    },
    async waitingBytes(sessionId) {
      const waiting = read(TABLE).whereNotNull("bytes");
      if (sessionId !== undefined) waiting.andWhere("session_id", toText(sessionId));
      const row: { total?: number | string | null } | undefined = await waiting
        .sum({ total: "size" })
        .first();
      return Number(row?.total ?? 0);
    },
    async prune({ bytes, names }) {
      const gone = await write(TABLE).where("created_at", "<", toInstant(names)).delete();
      const emptied = await write(TABLE)
        .where("created_at", "<", toInstant(bytes))
        .whereNotNull("bytes")
        .update({ bytes: null });
      return gone + emptied;
    },
  };
}

function toRow(upload: Parameters<WebUploadStore["keep"]>[0]): UploadRow {
  const { sessionId, messageKey, position, kind, name, size, createdAt, bytes } = upload;
  return {
    session_id: toText(sessionId),
    message_key: toText(messageKey),
    position,
    kind,
    name: toText(name),
    size,
    created_at: createdAt,
    bytes: Buffer.from(bytes),
  };
}

function toUpload(row: Omit<UploadRow, "bytes">): WebUpload {
  const { session_id, message_key, position, kind, name, size, created_at } = row;
  return {
    sessionId: session_id,
    messageKey: message_key,
    position,
    kind,
    name,
    size: Number(size),
    createdAt: created_at,
  };
}
