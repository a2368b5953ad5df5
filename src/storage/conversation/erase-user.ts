import type { Knex } from "knex";
import { inChunks, toJson, toText } from "../row-values.ts";
import { readUserId } from "./read-user-id.ts";

const CHUNK = 500;

interface Sender {
  channel: string;
  userId: string;
}

/**
 * The rows of the inbox and the outbox stay without what was said: the platform may deliver an answered message again,
 * and then its key must be known. What is still to be answered or delivered stays whole.
 */
export async function eraseUser(
  transaction: Knex.Transaction,
  channel: string,
  userId: string,
): Promise<number> {
  const sender = { channel: toText(channel), userId: toText(userId) };
  const sessions = await findSessions(transaction, sender);
  let turns = await transaction("turns").where({ channel: sender.channel, user_id: sender.userId }).delete();
  for (const chunk of inChunks(sessions, CHUNK)) {
    turns += await transaction("turns").whereIn("session_key", chunk).delete();
  }
  for (const chunk of inChunks(await findFinished(transaction, sender), CHUNK)) {
    const finished = transaction("inbox").whereIn("sequence", chunk);
    await finished.clone().update({ message: toJson(null) });
    await transaction("outbox")
      .whereIn("state", ["delivered", "dead"])
      .whereIn(["channel", "message_key"], finished.clone().select("channel", "message_key"))
      .update({ reply: toJson(null), last_error: null });
  }
  return turns + (await eraseWeb(transaction, sender));
}

/** Names of files go with the messages that they came with; an account's browsers are signed out and forgotten as well. */
async function eraseWeb(transaction: Knex.Transaction, { channel, userId }: Sender): Promise<number> {
  if (channel === "web") {
    await transaction("web_uploads").where({ session_id: userId, bytes: null }).delete();
    return 0;
  }
  const signIns = transaction("web_sessions").where("account", `${channel}:${userId}`);
  const sessionIds: string[] = await signIns.clone().pluck("session_id");
  await signIns.delete();
  let turns = 0;
  for (const sessionId of sessionIds) turns += await eraseUser(transaction, "web", sessionId);
  return turns;
}

/** `channel/chat/user/thread`, each part encoded; what the conversation calls a session. */
function isSessionOf(sessionKey: string, { channel, userId }: Sender): boolean {
  const parts = sessionKey.split("/");
  return parts[0] === encodeURIComponent(channel) && parts[2] === encodeURIComponent(userId);
}

/** Finds more than wanted (SQLite folds case); whoever calls compares. */
function sessionPattern({ channel, userId }: Sender): string {
  return `${escapePattern(encodeURIComponent(channel))}/%/${escapePattern(encodeURIComponent(userId))}/%`;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}

async function findSessions(transaction: Knex.Transaction, sender: Sender): Promise<string[]> {
  const keys: string[] = await transaction("turns")
    .whereRaw("session_key like ? escape '\\'", [sessionPattern(sender)])
    .groupBy("session_key")
    .pluck("session_key");
  return keys.filter((key) => isSessionOf(key, sender));
}

async function findFinished(transaction: Knex.Transaction, sender: Sender): Promise<(number | string)[]> {
  const named = `%${escapePattern(`"userId":${JSON.stringify(sender.userId)}`)}%`;
  const rows: { sequence: number | string; session_key: string; message: string }[] = await transaction(
    "inbox",
  )
    .where({ channel: sender.channel, state: "done" })
    .where((mine) =>
      mine
        .whereRaw("session_key like ? escape '\\'", [sessionPattern(sender)])
        .orWhereRaw("message like ? escape '\\'", [named]),
    )
    .select("sequence", "session_key", "message");
  return rows
    .filter(
      (row) => isSessionOf(row.session_key, sender) || readUserId(JSON.parse(row.message)) === sender.userId,
    )
    .map((row) => row.sequence);
}
