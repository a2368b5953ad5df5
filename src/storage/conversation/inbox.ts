import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toInstant, toJson, toText } from "../row-values.ts";
import type { ConversationStore, InboxRecord } from "../types.ts";
import { addReply } from "./outbox.ts";
import { addTurn } from "./turns.ts";

interface InboxRow {
  sequence: number | string;
  channel: string;
  message_key: string;
  state: InboxRecord["state"];
  message: string;
  session_key: string;
  attempts: number;
  accepted_at: string;
  stream: string | null;
}

type InboxPart = Pick<
  ConversationStore,
  "acceptMessage" | "acceptAndClaim" | "claimNextMessage" | "releaseClaims" | "completeMessage" | "noteStream"
>;

export function createInbox({ write, change }: Database): InboxPart {
  // In SQLite one connection writes: nobody can come between, and one statement does.
  const isAlone = write.client.config.client === "sqlite3";
  return {
    acceptMessage: (record) => change((on) => accept(on, record), "statement"),
    ...(isAlone && {
      acceptAndClaim: (record, at) => change((on) => acceptAndClaim(on, record, at), "statement"),
    }),
    claimNextMessage: (at) =>
      isAlone
        ? change((on) => claimHead(on, at), "statement")
        : write.transaction((transaction) => claimNext(transaction, at)),
    releaseClaims: () => write("inbox").where({ state: "answering" }).update({ state: "accepted" }),
    async noteStream(channel, messageKey, stream) {
      const key = { channel: toText(channel), message_key: toText(messageKey), state: "answering" };
      await change(
        (on) =>
          on("inbox")
            .where(key)
            .update({ stream: toJson(stream) }),
        "statement",
      );
    },
    completeMessage: (input) => change((on) => complete(on, input), "transaction"),
  };
}

type NewMessage = Parameters<ConversationStore["acceptMessage"]>[0];

async function accept(on: Knex, record: NewMessage): Promise<"accepted" | "duplicate"> {
  const written: unknown[] = await on("inbox")
    .insert({
      channel: toText(record.channel),
      message_key: toText(record.messageKey),
      state: "accepted",
      session_key: toText(record.sessionKey),
      attempts: 0,
      accepted_at: record.acceptedAt,
      message: toJson(record.message),
    })
    .onConflict(["channel", "message_key"])
    .ignore()
    .returning("sequence");
  return written.length > 0 ? "accepted" : "duplicate";
}

/** The states stand in the statement and are not bound, or the partial indexes could not be used. */
const ACCEPT_AND_CLAIM = `insert into inbox
    (channel, message_key, state, session_key, attempts, accepted_at, claimed_at, message)
  select ?, ?, iif(free, 'answering', 'accepted'), ?, free, ?, iif(free, ?, null), ?
  from (select
    not exists (select 1 from inbox where session_key = ? and state = 'answering')
    and not exists (select 1 from inbox where session_key = ? and state = 'accepted') as free)
  where true
  on conflict (channel, message_key) do nothing
  returning state`;

async function acceptAndClaim(
  on: Knex,
  { channel, messageKey, sessionKey, acceptedAt, message }: NewMessage,
  at: Date,
): Promise<"accepted" | "duplicate" | InboxRecord> {
  const key = { channel: toText(channel), messageKey: toText(messageKey) };
  const session = toText(sessionKey);
  const json = toJson(message);
  const values = [key.channel, key.messageKey, session, acceptedAt, toInstant(at), json, session, session];
  const written: Pick<InboxRow, "state">[] = await on.raw(ACCEPT_AND_CLAIM, values);
  if (written[0]?.state !== "answering") return written.length > 0 ? "accepted" : "duplicate";
  return {
    ...{ ...key, state: "answering", sessionKey: session, attempts: 1, acceptedAt },
    // As it comes back from the row.
    message: fromJson(json),
  };
}

/**
 * Claims happen one after the other: the row lock is held for two short statements. Skipping locked rows instead would
 * let a second caller pass over the head of a session and take the message behind it.
 */
async function claimNext(transaction: Knex.Transaction, at: Date): Promise<InboxRecord | undefined> {
  await transaction("counters").where({ name: "claim" }).forUpdate().select("value");
  return claimHead(transaction, at);
}

async function claimHead(on: Knex, at: Date): Promise<InboxRecord | undefined> {
  // A literal and not a bound value, or the partial index could not be used.
  const busy = on("inbox as busy")
    .whereRaw("busy.session_key = waiting.session_key and busy.state = 'answering'")
    .select("busy.sequence");
  const next = on("inbox as waiting")
    .where("waiting.state", "accepted")
    .whereNotExists(busy)
    .orderBy(["waiting.accepted_at", "waiting.sequence"])
    .limit(1)
    .select("waiting.sequence");
  const rows: InboxRow[] = await on("inbox")
    .where("sequence", next)
    .update({
      state: "answering",
      attempts: on.raw("attempts + 1"),
      claimed_at: toInstant(at),
    })
    .returning("*");
  return rows[0] && toInboxRecord(rows[0]);
}

/** The first completion counts; a later one finds the message done and changes nothing: never a second reply. */
async function complete(on: Knex, input: Parameters<ConversationStore["completeMessage"]>[0]): Promise<void> {
  const key = { channel: toText(input.channel), message_key: toText(input.messageKey) };
  const changed = await on("inbox")
    .where(key)
    .whereNot("state", "done")
    .update({ state: "done", done_at: input.outbox.createdAt, stream: null });
  if (changed === 0) throw notInWork(await on("inbox").where(key).first());
  await addReply(on, { ...input.outbox, channel: key.channel, messageKey: key.message_key });
  if (input.turn) await addTurn(on, input.turn);
}

function notInWork(message: InboxRow | undefined): AppError {
  return new AppError({
    code: "conflict",
    message: message ? "the message has a reply already" : "the message was never accepted",
    safeMessage: message
      ? "这条消息已有回复，没有重复保存，无需处理。"
      : "找不到这条消息的收件记录，回复没有保存。请重新发送一次问题。",
  });
}

function toInboxRecord(row: InboxRow): InboxRecord {
  return {
    channel: row.channel,
    messageKey: row.message_key,
    state: row.state,
    message: fromJson(row.message),
    sessionKey: row.session_key,
    attempts: row.attempts,
    acceptedAt: row.accepted_at,
    ...(row.stream !== null && { stream: fromJson(row.stream) }),
  };
}
