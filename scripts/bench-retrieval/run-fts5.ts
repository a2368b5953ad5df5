import { stat } from "node:fs/promises";
import { join } from "node:path";
import sqlite3 from "sqlite3";
import type { Contestant } from "./contestant.ts";
import { generateCorpus } from "./generate-corpus.ts";
import { peakMemoryMb, timeQueries } from "./measure.ts";

const BATCH = 1000;

function toBigrams(text: string): string[] {
  const characters = [...text.toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character));
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Character bigrams joined by blanks, contentless: the fastest of the FTS5 variants that can match two-character words. */
export const runFts5: Contestant = async ({ size, seed, questions, directory }) => {
  const path = join(directory, "fts5.sqlite");
  const database = new sqlite3.Database(path);
  const execute = (sql: string, values: unknown[] = []) =>
    new Promise<unknown[]>((resolve, reject) => {
      database.all(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  const startedAt = performance.now();
  await execute("pragma journal_mode = off");
  await execute("create virtual table clauses using fts5(text, content='', tokenize='unicode61')");
  let batch: string[] = [];
  let next = 1;
  const flush = async () => {
    const values = batch.flatMap((text, index) => [next + index, text]);
    await execute(`insert into clauses (rowid, text) values ${batch.map(() => "(?, ?)").join(",")}`, values);
    next += batch.length;
    batch = [];
  };
  await execute("begin");
  for (const clause of generateCorpus(size, seed)) {
    batch.push(toBigrams(`${clause.title} ${clause.heading.join(" ")} ${clause.text}`).join(" "));
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await execute("commit");
  const buildMs = performance.now() - startedAt;
  const sizeMb = (await stat(path)).size / 2 ** 20;
  const query = await timeQueries(questions, (question) => {
    const match = [...new Set(toBigrams(question))].map((gram) => `"${gram}"`).join(" OR ");
    return execute("select rowid from clauses where clauses match ? order by bm25(clauses) limit 10", [
      match,
    ]);
  });
  await new Promise<void>((resolve) => database.close(() => resolve()));
  return { buildMs, sizeMb, peakMb: peakMemoryMb(), query };
};
