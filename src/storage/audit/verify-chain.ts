import type { Knex } from "knex";
import type { AuditVerdict } from "../types.ts";
import { type AuditRow, FIRST_PREVIOUS_HASH, hashRow } from "./chain.ts";

const ROWS_PER_QUERY = 1000;

/** Walks through the whole chain; holds a page of it at a time. */
export async function verifyChain(read: Knex, expectedHead: string | undefined): Promise<AuditVerdict> {
  let entries = 0;
  let headHash = FIRST_PREVIOUS_HASH;
  let isHeadSeen = expectedHead === undefined || expectedHead === headHash;
  for await (const row of eachRow(read)) {
    const fault = findFault(row, entries + 1, headHash);
    if (fault) return { intact: false, entries, ...fault };
    entries += 1;
    headHash = row.hash;
    isHeadSeen ||= headHash === expectedHead;
  }
  if (isHeadSeen) return { intact: true, entries, headHash };
  return {
    intact: false,
    entries,
    brokenAt: entries + 1,
    why: `日志中没有所给的校验值，第 ${entries + 1} 条起的记录可能已被截去。`,
  };
}

/** From the very first row, also from one that somebody has put before number 1. */
async function* eachRow(read: Knex): AsyncGenerator<AuditRow> {
  let last: number | undefined;
  while (true) {
    const query = read<AuditRow>("audit_log").orderBy("sequence").limit(ROWS_PER_QUERY);
    if (last !== undefined) query.where("sequence", ">", last);
    const rows: AuditRow[] = await query;
    yield* rows;
    last = rows.at(-1)?.sequence;
    if (rows.length < ROWS_PER_QUERY) return;
  }
}

function findFault(
  row: AuditRow,
  expected: number,
  previousHash: string,
): { brokenAt: number; why: string } | undefined {
  if (row.sequence > expected) {
    return { brokenAt: expected, why: `第 ${expected} 条记录缺失，其后是第 ${row.sequence} 条。` };
  }
  if (row.sequence < expected) {
    return { brokenAt: row.sequence, why: `第 ${row.sequence} 条记录是事后添加的。` };
  }
  if (hashRow(row) !== row.hash) {
    return { brokenAt: expected, why: `第 ${expected} 条记录的内容与其校验值不符，已被改动。` };
  }
  if (row.previous_hash !== previousHash) {
    return { brokenAt: expected, why: `第 ${expected} 条记录与前一条不相衔接，前面的记录已被改动或替换。` };
  }
  return undefined;
}
