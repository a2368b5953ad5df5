import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { WebSessionRecord, WebSessionStore, WebSignIn } from "../types.ts";

interface WebSessionRow {
  session_id: string;
  account: string;
  name: string;
  signed_in_at: string;
  expires_at: string;
}

interface SignInRow {
  state_hash: string;
  session_id: string;
  return_to: string;
  expires_at: string;
}

const TABLE = "web_sessions";
/** The row stays for a time: by it an account's own words are found when it wants them removed. */
const ENDED = "0000-01-01T00:00:00.000Z";
const SIGN_INS = "web_sign_ins";

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
    async prolong(sessionId, expiresAt) {
      await write(TABLE)
        .where("session_id", toText(sessionId))
        .andWhere("expires_at", "<", expiresAt)
        .andWhereNot("expires_at", ENDED)
        .update({ expires_at: expiresAt });
    },
    async signOut(sessionId) {
      const own = write(TABLE).where("session_id", toText(sessionId)).andWhereNot("expires_at", ENDED);
      return (await own.update({ expires_at: ENDED })) > 0;
    },
    signOutAccount: (account) =>
      write(TABLE)
        .where("account", toText(account))
        .andWhereNot("expires_at", ENDED)
        .update({ expires_at: ENDED }),
    async beginSignIn({ stateHash, sessionId, returnTo, expiresAt }) {
      const key = { state_hash: toText(stateHash), session_id: toText(sessionId) };
      await write(SIGN_INS).insert({ ...key, return_to: toText(returnTo), expires_at: expiresAt });
    },
    takeSignIn: (stateHash, sessionId, at) =>
      write.transaction(async (transaction) => {
        const own = transaction(SIGN_INS)
          .where({ state_hash: toText(stateHash), session_id: toText(sessionId) })
          .andWhere("expires_at", ">", toInstant(at));
        const row: SignInRow | undefined = await own.clone().first();
        // Two requests may have read it; one deletes it.
        return row && (await own.clone().delete()) === 1 ? toSignIn(row) : undefined;
      }),
    async prune(before) {
      const unfinished = write(SIGN_INS).where("expires_at", "<=", toInstant(before.signIns));
      const ended = write(TABLE)
        .where("expires_at", "<=", toInstant(before.sessions))
        .andWhere("signed_in_at", "<=", toInstant(before.sessions));
      return (await unfinished.delete()) + (await ended.delete());
    },
  };
}

function toRecord(row: WebSessionRow): WebSessionRecord {
  const { session_id: sessionId, account, name, signed_in_at: signedInAt, expires_at: expiresAt } = row;
  return { sessionId, account, name, signedInAt, expiresAt };
}

function toSignIn(row: SignInRow): WebSignIn {
  const { state_hash: stateHash, session_id: sessionId, return_to: returnTo, expires_at: expiresAt } = row;
  return { stateHash, sessionId, returnTo, expiresAt };
}
