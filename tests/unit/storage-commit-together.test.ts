import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Knex } from "knex";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Database } from "../../src/storage/dialect.ts";
import { connectSqlite } from "../../src/storage/sqlite/connect.ts";

let directory: string;
let database: Database;
let statements: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "xiance-commit-"));
  database = await connectSqlite({ dataDirectory: directory });
  await database.write.schema.createTable("words", (table) => table.text("word").primary());
  statements = [];
  database.write.on("query", ({ sql }: { sql: string }) => statements.push(sql));
});

afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const insert = (word: string) => async (on: Knex) => {
  await on("words").insert({ word });
  return word;
};

const add = (word: string) => database.change(insert(word), "statement");
const words = async () => (await database.read("words").orderBy("word").pluck("word")) as string[];
const commits = () => statements.filter((sql) => /^commit/i.test(sql)).length;

it("writes a single statement without a transaction around it", async () => {
  await add("一");
  expect(statements).toHaveLength(1);
  expect(await words()).toEqual(["一"]);
});

it("writes what comes meanwhile in one transaction, and answers each with its own result", async () => {
  const given = Array.from({ length: 20 }, (_, index) => `词${String(index).padStart(2, "0")}`);
  expect(await Promise.all(given.map(add))).toEqual(given);
  expect(await words()).toEqual(given);
  expect(commits()).toBe(1);
});

it("lets a failure hit only whose it is", async () => {
  await add("已有");
  const outcomes = await Promise.allSettled(["甲", "已有", "乙", "丙"].map(add));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect(await words()).toEqual(["丙", "乙", "已有", "甲"].toSorted());
});

it("undoes all of a change of several statements that fails", async () => {
  const both = async (on: Knex) => {
    await insert("新")(on);
    await insert("已有")(on);
  };
  await add("已有");
  const outcomes = await Promise.allSettled([add("甲"), database.change(both, "transaction"), add("乙")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await words()).not.toContain("新");
});

it("answers only when it is written for good", async () => {
  const seen = await Promise.all(
    ["甲", "乙", "丙"].map(async (word) => {
      await add(word);
      return (await words()).includes(word);
    }),
  );
  expect(seen).toEqual([true, true, true]);
});

it("goes on after a failure", async () => {
  await add("一");
  await expect(add("一")).rejects.toThrow();
  await add("二");
  expect(await words()).toEqual(["一", "二"].toSorted());
});
