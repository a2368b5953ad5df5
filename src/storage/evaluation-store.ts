import type { Database } from "./dialect.ts";
import { fromJson, toJson, toText } from "./row-values.ts";
import type { EvaluationStore } from "./types.ts";

/** Saving a run again replaces it. */
export function createEvaluationStore({ read, write }: Database): EvaluationStore {
  return {
    async saveRun(run) {
      await write("evaluation_runs")
        .insert({ run_id: toText(run.runId), at: run.at, scorecard: toJson(run.scorecard) })
        .onConflict("run_id")
        .merge();
    },
    async latestRuns(limit) {
      const rows: { run_id: string; at: string; scorecard: string }[] = await read("evaluation_runs")
        .orderBy([
          { column: "at", order: "desc" },
          { column: "run_id", order: "desc" },
        ])
        .limit(limit);
      return rows.map((row) => ({ runId: row.run_id, at: row.at, scorecard: fromJson(row.scorecard) }));
    },
  };
}
