import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { fromJson, toInstant, toJson, toText } from "../row-values.ts";
import type { ConversationStore, TurnRecord } from "../types.ts";
import { readUserId } from "./read-user-id.ts";

export interface TurnRow {
  sequence: number | string;
  turn_id: string;
  session_key: string;
  channel: string;
  message_key: string;
  at: string;
  question: string;
  resolved_question: string;
  answer: string;
  asker: string | null;
}

type TurnsPart = Pick<
  ConversationStore,
  "recentTurns" | "getTurn" | "turnOf" | "spokeDirectly" | "eachTurnSince"
>;

export function createTurns({ read }: Database): TurnsPart {
  return {
    async recentTurns(sessionKey, limit) {
      const rows: TurnRow[] = await read("turns")
        .where("session_key", toText(sessionKey))
        .orderBy([
          { column: "at", order: "desc" },
          { column: "sequence", order: "desc" },
        ])
        .limit(limit);
      return rows.reverse().map(toTurnRecord);
    },
    async getTurn(turnId) {
      const row: TurnRow | undefined = await read("turns").where("turn_id", toText(turnId)).first();
      return row && toTurnRecord(row);
    },
    async turnOf(channel, messageKey) {
      const row: TurnRow | undefined = await read("turns")
        .where({ channel: toText(channel), message_key: toText(messageKey) })
        .first();
      return row && toTurnRecord(row);
    },
    async spokeDirectly(channel, userId) {
      const row = await read("turns")
        .where({ channel: toText(channel), user_id: toText(userId) })
        .whereRaw("asker like ?", ['%"chatKind":"direct"%'])
        .first("sequence");
      return row !== undefined;
    },
    async eachTurnSince(since, batchSize, onBatch) {
      const size = Math.max(1, Math.floor(batchSize));
      let last: TurnRow | undefined;
      while (true) {
        const query = read<TurnRow>("turns").orderBy(["at", "sequence"]).limit(size);
        if (last) query.whereRaw("(at, sequence) > (?, ?)", [last.at, last.sequence]);
        else query.where("at", ">=", toInstant(since));
        const rows: TurnRow[] = await query;
        if (rows.length > 0) await onBatch(rows.map(toTurnRecord));
        last = rows.at(-1);
        if (rows.length < size) return;
      }
    },
  };
}

export async function addTurn(on: Knex, turn: TurnRecord): Promise<void> {
  await on("turns").insert({
    turn_id: toText(turn.turnId),
    session_key: toText(turn.sessionKey),
    channel: toText(turn.channel),
    message_key: toText(turn.messageKey),
    at: turn.at,
    question: toText(turn.question),
    resolved_question: toText(turn.resolvedQuestion),
    answer: toJson(turn.answer),
    asker: turn.asker == null ? null : toJson(turn.asker),
    user_id: readUserId(turn.asker),
  });
}

export function toTurnRecord(row: TurnRow): TurnRecord {
  return {
    turnId: row.turn_id,
    sessionKey: row.session_key,
    channel: row.channel,
    messageKey: row.message_key,
    question: row.question,
    resolvedQuestion: row.resolved_question,
    answer: fromJson(row.answer),
    at: row.at,
    asker: row.asker === null ? null : fromJson(row.asker),
  };
}
