import { chmod, chown, mkdir, open, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import knex from "knex";
import { expect, it } from "vitest";
import { describeStorage, openStorage } from "../../src/storage/index.ts";
import { spawnStorageChild } from "../support/spawn-child.ts";
import { describeOnPostgres, describeOnSqlite } from "../support/storage-places.ts";
import { makeClauses, makeMessage, makeVersion, second } from "../support/storage-samples.ts";

/** A user without rights, for tests that run as root; otherwise the present user will do. */
const NOBODY = process.getuid?.() === 0 ? 65_534 : undefined;

function expectDataDirectoryError(says: string | RegExp) {
  return { code: "data-directory", safeMessage: expect.stringMatching(says) };
}

describeOnSqlite("a data directory that cannot be used", (place) => {
  it("says so when the data directory cannot be made or written", async () => {
    const { dataDirectory } = await place.fresh();
    const file = join(dataDirectory, "file");
    await writeFile(file, "");
    for (const impossible of [file, join(file, "below")]) {
      await expect(openStorage({ dataDirectory: impossible })).rejects.toMatchObject(
        expectDataDirectoryError("无法写入.*--data"),
      );
    }
    const locked = join(dataDirectory, "locked");
    await mkdir(locked);
    await chmod(dataDirectory, 0o755);
    await chmod(locked, 0o555);
    const child = spawnStorageChild("hold", { dataDirectory: locked }, [], NOBODY);
    expect(await child.nextLine()).toMatch(/^failed 数据目录无法写入：.*读写权限/);
  });

  it("says so when the files of the data directory belong to somebody else", async () => {
    const options = await place.fresh();
    await (await place.open(options)).close();
    const database = join(options.dataDirectory, "xiance.sqlite");
    await chmod(options.dataDirectory, 0o777);
    await chmod(database, 0o444);
    if (NOBODY !== undefined) await chown(join(options.dataDirectory, "writer-lock.sqlite"), NOBODY, NOBODY);
    const child = spawnStorageChild("hold", options, [], NOBODY);
    expect(await child.nextLine()).toMatch(/^failed 数据目录无法写入：.*读写权限/);
  });

  it("keeps what is there when the disk is full, and goes on", async () => {
    const options = { ...(await place.fresh()), maxDatabaseBytes: 900_000 };
    const { knowledge, conversation } = await place.open(options);
    await knowledge.saveVersion(makeVersion("甲", "一"));
    const before = await knowledge.revision();
    const large = makeVersion("甲", "二", { clauses: makeClauses(50_000) });
    await expect(knowledge.saveVersion(large)).rejects.toMatchObject({
      ...expectDataDirectoryError("磁盘空间不足.*已有数据不受影响.*请清理"),
      retryable: true,
      message: expect.not.stringContaining("insert into"),
    });
    expect(await knowledge.revision()).toBe(before);
    expect(await knowledge.publishedVersions()).toMatchObject([{ contentHash: "一", state: "published" }]);
    expect(await conversation.acceptMessage(makeMessage("a"))).toBe("accepted");
    expect(await knowledge.saveVersion(makeVersion("甲", "三"))).toMatchObject({ outcome: "changed" });
  });

  it("says so when the database file is damaged", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await storage.knowledge.saveVersion(makeVersion("甲", "一", { clauses: makeClauses(5000) }));
    await storage.close();
    const path = join(options.dataDirectory, "xiance.sqlite");
    const { size } = await stat(path);
    const file = await open(path, "r+");
    await file.write(Buffer.alloc(size - 8192, 0xaa), 0, size - 8192, 8192);
    await file.close();
    expect((await describeStorage(options)).damage).not.toBeNull();
    await expect(openStorage(options)).rejects.toMatchObject(expectDataDirectoryError("已损坏.*备份"));
    await truncate(path, 0);
    await writeFile(path, "this is no database, but longer than a header of a hundred bytes ".repeat(9));
    for (const mode of ["read", "write"] as const) {
      await expect(openStorage({ ...options, mode })).rejects.toMatchObject(
        expectDataDirectoryError("已损坏.*备份"),
      );
    }
    await rm(path);
    await place.open(options);
  });

  it("says so when another program keeps the database locked", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    const intruder = knex({
      client: "sqlite3",
      connection: { filename: join(options.dataDirectory, "xiance.sqlite") },
      useNullAsDefault: true,
    });
    await intruder.raw("begin immediate");
    await expect(storage.conversation.acceptMessage(makeMessage("a"))).rejects.toMatchObject({
      code: "storage",
      retryable: true,
      safeMessage: expect.stringMatching(/占用.*请关闭/),
    });
    await intruder.raw("rollback");
    await intruder.destroy();
    expect(await storage.conversation.acceptMessage(makeMessage("a"))).toBe("accepted");
  });
});

describeOnPostgres("a server that cannot be used", (place) => {
  it("refuses a second writer of the database from another data directory", async () => {
    const options = await place.fresh();
    await place.open(options);
    const elsewhere = { ...(await place.fresh()), databaseUrl: options.databaseUrl ?? "" };
    await expect(openStorage(elsewhere)).rejects.toMatchObject(
      expectDataDirectoryError(/数据库（127\.0\.0\.1:\d+\/postgres）正被另一个贤策进程使用/),
    );
  });

  it("says what is wrong with the address, without the password", async () => {
    const options = await place.fresh();
    const url = new URL(options.databaseUrl ?? "");
    const change = (part: "password" | "pathname" | "port", value: string) => {
      const changed = new URL(url);
      changed[part] = value;
      return changed.href;
    };
    const cases = [
      { databaseUrl: change("password", "wrong-secret"), code: "configuration", says: "拒绝登录.*密码" },
      { databaseUrl: change("pathname", "/absent"), code: "configuration", says: "没有.*所指的数据库" },
      { databaseUrl: change("port", "1"), code: "storage", says: "无法连接.*已启动" },
      { databaseUrl: "nonsense", code: "configuration", says: "postgres://" },
    ];
    for (const { databaseUrl, code, says } of cases) {
      const opening = openStorage({ ...options, databaseUrl });
      await expect(opening).rejects.toMatchObject({ code, safeMessage: expect.stringMatching(says) });
      await expect(opening).rejects.toMatchObject({ message: expect.not.stringContaining("wrong-secret") });
    }
    await place.open(options);
  });

  it("goes on after the server was away, and takes its lock again", async () => {
    const options = await place.fresh();
    const storage = await place.open(options);
    await storage.conversation.acceptMessage(makeMessage("a"));
    await place.server().terminateConnections();
    await expect.poll(() => storage.ping().then(() => "up"), { timeout: 5000 }).toBe("up");
    expect((await storage.conversation.claimNextMessage(second(1)))?.messageKey).toBe("a");
    const elsewhere = { ...(await place.fresh()), databaseUrl: options.databaseUrl ?? "" };
    await expect(openStorage(elsewhere)).rejects.toMatchObject({ code: "data-directory" });
  });
});
