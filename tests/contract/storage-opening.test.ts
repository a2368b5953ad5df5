import { readdir } from "node:fs/promises";
import { join } from "node:path";
import knex from "knex";
import { expect, it } from "vitest";
import { DIALECTS } from "../../src/storage/dialects.ts";
import { describeStorage, openStorage } from "../../src/storage/index.ts";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeMessage, makeVersion } from "../support/storage-samples.ts";

function expectDataDirectoryError(says: string | RegExp) {
  return { code: "data-directory", safeMessage: expect.stringMatching(says) };
}

describeOnEveryDatabase("opening", (place) => {
  it("opens what it made before, and answers", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await first.knowledge.saveVersion(makeVersion("甲", "一"));
    await first.close();
    await first.close();
    const again = await place.open(options);
    await again.ping();
    expect(again.dialect).toBe(place.dialect);
    expect(await again.knowledge.publishedVersions()).toHaveLength(1);
  });

  it("refuses a second writer of the data directory and names the first", async () => {
    const options = await place.fresh();
    const child = spawnStorageChild("hold", options);
    expect(await child.nextLine()).toBe("open");
    expect((await describeStorage(options)).writer).toBe(child.pid);
    await expect(openStorage(options)).rejects.toMatchObject(
      expectDataDirectoryError(`正被另一个贤策进程使用（进程号 ${child.pid}）.*请先停止`),
    );
    await child.kill();
    const storage = await place.open(options);
    await expect(openStorage(options)).rejects.toMatchObject(
      expectDataDirectoryError(`进程号 ${process.pid}`),
    );
    await storage.close();
    expect((await describeStorage(options)).writer).toBeNull();
    await place.open(options);
  });

  it("reads while another process writes, and never waits for it", async () => {
    const options = await place.fresh();
    const child = spawnStorageChild("save", options, [2000, 1500]);
    expect(await child.nextLine()).toBe("at");
    const reader = await place.open({ ...options, mode: "read" });
    expect(await reader.knowledge.publishedVersions()).toMatchObject([{ number: 1, contentHash: "r1" }]);
    let clauses = 0;
    await reader.knowledge.eachPublishedClause(500, (batch) => {
      clauses += batch.length;
    });
    expect(clauses).toBe(2000);
    await child.kill();
    await reader.ping();
    const writer = await place.open(options);
    await writer.knowledge.saveVersion(makeVersion("乙", "一"));
    expect(await reader.knowledge.publishedVersions()).toHaveLength(2);
  });

  it("writes nothing in read mode", async () => {
    const options = await place.fresh();
    await (await place.open(options)).close();
    const reader = await place.open({ ...options, mode: "read" });
    const readOnly = { code: "storage", safeMessage: expect.stringContaining("只读") };
    await expect(reader.knowledge.saveVersion(makeVersion("甲", "一"))).rejects.toMatchObject(readOnly);
    await expect(reader.conversation.acceptMessage(makeMessage("a"))).rejects.toMatchObject(readOnly);
    expect(await reader.knowledge.listDocuments()).toEqual([]);
  });

  it("finds nothing to read before anything was written", async () => {
    const options = await place.fresh();
    await expect(openStorage({ ...options, mode: "read" })).rejects.toMatchObject(
      expectDataDirectoryError(/还没有数据.*start.*ingest/),
    );
    expect(await describeStorage(options)).toMatchObject({ exists: false, writer: null });
  });

  it("refuses a database of a newer release, and to read one of an older", async () => {
    const options = await place.fresh();
    await (await place.open(options)).close();
    const database = knex(
      options.databaseUrl === undefined
        ? {
            client: "sqlite3",
            connection: { filename: join(options.dataDirectory, "xiance.sqlite") },
            useNullAsDefault: true,
          }
        : { client: "pg", connection: options.databaseUrl },
    );
    try {
      const newer = { name: "9999-from-the-future", batch: 2, migration_time: new Date(0) };
      await database("schema_migrations").insert(newer);
      for (const mode of ["read", "write"] as const) {
        await expect(openStorage({ ...options, mode })).rejects.toMatchObject(
          expectDataDirectoryError("更新版本"),
        );
      }
      await database("schema_migrations").where("name", "like", "9999%").delete();
      await database("schema_migrations").where("name", "like", "0002%").delete();
      await expect(openStorage({ ...options, mode: "read" })).rejects.toMatchObject(
        expectDataDirectoryError("尚未升级"),
      );
    } finally {
      await database.destroy();
    }
  });

  it("tells doctor where the data is and how much", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await storage.knowledge.saveVersion(makeVersion("甲", "一"));
    const facts = await describeStorage(options);
    expect(facts).toMatchObject({ dialect: place.dialect, exists: true, writer: process.pid, damage: null });
    expect(facts.sizeBytes).toBeGreaterThan(10_000);
    expect(facts.freeBytes).toBeGreaterThan(0);
    expect(facts.location).not.toContain("for-tests-only");
  });
});

it("has a folder for every database, each with the same files", async () => {
  const room = join(import.meta.dirname, "../../src/storage");
  const folders: string[] = [];
  for (const entry of await readdir(room, { withFileTypes: true })) {
    const files = entry.isDirectory() ? await readdir(join(room, entry.name)) : [];
    if (!files.includes("dialect.ts")) continue;
    folders.push(entry.name);
    expect(files).toEqual(expect.arrayContaining(["connect.ts", "describe.ts", "errors.ts"]));
  }
  expect(folders.toSorted()).toEqual(Object.keys(DIALECTS).toSorted());
  for (const [name, dialect] of Object.entries(DIALECTS)) expect(dialect.name).toBe(name);
});
