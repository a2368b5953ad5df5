import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { insertNewRows } from "../insert-new-rows.ts";
import { inChunks, toInstant, toJson, toOptionalText, toText } from "../row-values.ts";
import type { OutreachItem, OutreachStore } from "../types.ts";
import { type RunRow, toOutreachRun } from "./outreach-rows.ts";

/** Bound values of one statement. */
const CHUNK = 1000;

const COLUMNS = [
  "run_id",
  "enterprise_id",
  "account",
  "program_id",
  "program_revision",
  "state",
  "due_at",
  "reason",
] as const;
const KEY = ["run_id", "enterprise_id", "account", "program_id"] as const;

type Step = Parameters<OutreachStore["advanceRun"]>[1];
type RunsPart = Pick<OutreachStore, "openRun" | "unfinishedRuns" | "advanceRun">;

export function createRuns({ read, write }: Database): RunsPart {
  return {
    async openRun(run, at) {
      const trigger = toText(run.trigger);
      await write("outreach_runs")
        .insert({
          run_id: toText(run.runId),
          trigger_key: trigger,
          cursor_key: null,
          state: "running",
          started_at: toInstant(at),
          finished_at: null,
          seen: 0,
          found: 0,
          programs: toJson(run.programs),
        })
        .onConflict("trigger_key")
        .ignore();
      const row: RunRow = await write("outreach_runs").where("trigger_key", trigger).first();
      return toOutreachRun(row);
    },
    async unfinishedRuns() {
      const rows: RunRow[] = await read("outreach_runs").whereRaw("state = 'running'").orderBy("sequence");
      return rows.map(toOutreachRun);
    },
    // With the lock of changes: an enterprise is not deleted between the look at it and the items of it.
    advanceRun: (runId, step, at) =>
      changeWithin(write, (transaction) => advance(transaction, runId, step, at)),
  };
}

async function advance(transaction: Knex.Transaction, runId: string, step: Step, at: Date): Promise<void> {
  const run = await requireRunning(transaction, runId);
  const found = await addItems(transaction, run.run_id, step.items);
  await transaction("outreach_runs")
    .where("run_id", run.run_id)
    .update({
      cursor_key: toOptionalText(step.cursor),
      seen: run.seen + step.seen,
      found: run.found + found,
      ...(step.done && { state: "done", finished_at: toInstant(at) }),
    });
}

async function requireRunning(transaction: Knex.Transaction, runId: string): Promise<RunRow> {
  const run: RunRow | undefined = await transaction("outreach_runs").where("run_id", toText(runId)).first();
  if (run?.state === "running") return run;
  throw new AppError({
    code: run ? "conflict" : "not-found",
    message: `run ${runId} ${run ? "is done already" : "does not exist"}`,
    safeMessage: run
      ? "这次主动匹配已经完成，没有重复写入，无需处理。"
      : "没有找到这次主动匹配的记录。请重新启动贤策，系统会从头补做。",
  });
}

async function addItems(transaction: Knex.Transaction, runId: string, items: Step["items"]): Promise<number> {
  const present = await findPresent(transaction, items);
  const rows = items
    .filter((item) => present.has(toText(item.enterpriseId)))
    .map((item) => toValues(runId, item));
  return insertNewRows(transaction, "outreach_items", COLUMNS, KEY, rows);
}

/** An enterprise may have been deleted since it was looked at. */
async function findPresent(transaction: Knex.Transaction, items: Step["items"]): Promise<Set<string>> {
  const present = new Set<string>();
  const ids = new Set(items.map((item) => toText(item.enterpriseId)));
  for (const chunk of inChunks(ids, CHUNK)) {
    const found: string[] = await transaction("enterprises")
      .whereIn("enterprise_id", chunk)
      .pluck("enterprise_id");
    for (const id of found) present.add(id);
  }
  return present;
}

function toValues(runId: string, item: Omit<OutreachItem, "itemId" | "sentAt">): (string | number)[] {
  return [
    runId,
    toText(item.enterpriseId),
    toText(item.account),
    toText(item.programId),
    item.programRevision,
    item.state,
    item.dueAt,
    toJson(item.reason),
  ];
}
