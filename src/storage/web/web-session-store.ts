import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { WebSessionRecord, WebSessionStore } from "../types.ts";

interface WebSessionRow {
  session_id: string;
  account: string;
  name: string;
  signed_in_at: string;
  expires_at: string;
}

const TABLE = "web_sessions";

export function createWebSessionStore({ read, write }: Database): WebSessionStore {
  return {
    async signIn({ sessionId, account, name, signedInAt, expiresAt }) {
      await write(TABLE)
        .insert({
          session_id: toText(sessionId),
          account: toText(account),
          name: toText(name),
          signed_in_at: signedInAt,
          expires_at: expiresAt,
        })
        .onConflict("session_id")
        .merge();
    },
    async find(sessionId, at) {
      const row = await read<WebSessionRow>(TABLE)
        .where("session_id", toText(sessionId))
        .andWhere("expires_at", ">", toInstant(at))
        .first();
      return row && toRecord(row as WebSessionRow);
    },
    async signOut(sessionId) {
      return (await write(TABLE).where("session_id", toText(sessionId)).delete()) > 0;
    },
    signOutAccount: (account) => write(TABLE).where("account", toText(account)).delete(),
    prune: (before) => write(TABLE).where("expires_at", "<=", toInstant(before)).delete(),
  };
}

function toRecord(row: WebSessionRow): WebSessionRecord {
  const { session_id: sessionId, account, name, signed_in_at: signedInAt, expires_at: expiresAt } = row;
  return { sessionId, account, name, signedInAt, expiresAt };
}
