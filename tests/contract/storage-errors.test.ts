import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { DIALECTS } from "../../src/storage/dialects.ts";

function driverError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

const SERVER = { dataDirectory: "/data", databaseUrl: "postgres://name:secret@db.example:6432/policies" };

/** What cannot be brought about here with a real database. */
describe("errors of the drivers", () => {
  it.each([
    ["53100", "storage", true, "数据库服务器磁盘空间不足.*请清理"],
    ["53300", "storage", true, "无法连接.*db.example:6432/policies"],
    ["57P01", "storage", true, "无法连接"],
    ["08006", "storage", true, "无法连接"],
    ["ETIMEDOUT", "storage", true, "无法连接"],
    ["40P01", "storage", true, "正忙.*重试"],
    ["42501", "configuration", false, "权限.*GRANT"],
    ["23505", "conflict", false, "冲突"],
    ["XX000", "storage", false, "doctor"],
  ])("says the next step for PostgreSQL's %s", (code, expected, retryable, says) => {
    const error = DIALECTS.postgres.toAppError(
      driverError(code, `insert into "turns" values ($1) - it failed`),
      SERVER,
    );
    expect(error).toMatchObject({ code: expected, retryable, message: `PostgreSQL ${code}: it failed` });
    expect(error?.safeMessage).toMatch(new RegExp(says));
    expect(JSON.stringify([error, error?.message, error?.safeMessage])).not.toContain("secret");
  });

  it.each([
    ["SQLITE_IOERR", "data-directory", true, "磁盘"],
    ["SQLITE_PERM", "data-directory", false, "权限"],
    ["SQLITE_LOCKED", "storage", true, "占用"],
    ["SQLITE_MISUSE", "storage", false, "doctor"],
  ])("says the next step for %s", (code, expected, retryable, says) => {
    const error = DIALECTS.sqlite.toAppError(driverError(code, `${code}: it failed`), {
      dataDirectory: "/data",
    });
    expect(error).toMatchObject({ code: expected, retryable });
    expect(error?.safeMessage).toMatch(new RegExp(says));
  });

  it("leaves alone what is no error of a database", async () => {
    const missing = await readFile("/absent/file").catch((thrown: unknown) => thrown);
    for (const dialect of Object.values(DIALECTS)) {
      for (const thrown of [missing, new Error("a bug"), "text", undefined]) {
        expect(dialect.toAppError(thrown, SERVER)).toBeUndefined();
      }
    }
  });
});
