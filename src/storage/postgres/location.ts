import { AppError } from "../../shared/index.ts";
import type { OpenStorageOptions } from "../types.ts";

/** `host:port/database`, for people: without user and password. */
export function postgresLocation({ databaseUrl }: OpenStorageOptions): string {
  if (databaseUrl === undefined || !URL.canParse(databaseUrl)) return "DATABASE_URL";
  const url = new URL(databaseUrl);
  return `${url.hostname || "localhost"}:${url.port || "5432"}${url.pathname}`;
}

export function requireDatabaseUrl({ databaseUrl }: OpenStorageOptions): string {
  if (databaseUrl !== undefined && URL.canParse(databaseUrl)) return databaseUrl;
  throw new AppError({
    code: "configuration",
    message: "DATABASE_URL is no address",
    safeMessage: "DATABASE_URL 应为 postgres://用户:密码@主机:端口/数据库 的形式，密码中的特殊字符须转义。",
  });
}
