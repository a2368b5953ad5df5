import { AppError, type AppErrorDetails } from "../../shared/index.ts";
import { type DriverError, readDriverError } from "../driver-errors.ts";
import type { OpenStorageOptions } from "../types.ts";
import { postgresLocation } from "./location.ts";

type Known = Pick<AppErrorDetails, "code" | "safeMessage" | "retryable">;

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
]);

/** Class 08: connection lost; 57P0x: the server is going down, coming up or was restarted; 53300: too many clients. */
const UNREACHABLE_STATES = /^(08|57P0|53300)/;

export function toPostgresAppError(thrown: unknown, options: OpenStorageOptions): AppError | undefined {
  const error = readDriverError(thrown) ?? readLostConnection(thrown);
  if (!error) return undefined;
  const known = describeCode(error.code, postgresLocation(options));
  if (!known) return undefined;
  return new AppError({
    ...known,
    message: `PostgreSQL ${error.code}: ${error.message}`,
    cause: new Error(error.message),
  });
}

/** pg and Knex report a lost or unobtainable connection without a code. */
function readLostConnection(thrown: unknown): DriverError | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const lost =
    thrown.name === "KnexTimeoutError" ||
    /Connection terminated|timeout expired|Timeout acquiring|Connection ended/.test(thrown.message);
  return lost ? { code: "ECONNRESET", message: thrown.message.slice(-200) } : undefined;
}

function describeCode(code: string, location: string): Known | undefined {
  if (UNREACHABLE.has(code) || UNREACHABLE_STATES.test(code)) {
    return {
      code: "storage",
      safeMessage: `无法连接 PostgreSQL 数据库（${location}）。请确认数据库服务已启动、网络可达，并检查 DATABASE_URL 中的地址。`,
      retryable: true,
    };
  }
  // Every other code of PostgreSQL has five characters; errors of files and the like have not.
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined;
  if (/^28/.test(code)) {
    return {
      code: "configuration",
      safeMessage: `PostgreSQL 数据库（${location}）拒绝登录。请检查 DATABASE_URL 中的用户名和密码。`,
    };
  }
  return STATES[code] ?? describeClass(code, location);
}

function describeClass(code: string, location: string): Known {
  if (code === "3D000") {
    return {
      code: "configuration",
      safeMessage: `PostgreSQL 上没有 DATABASE_URL 所指的数据库（${location}）。请先建立该数据库，或改正名称。`,
    };
  }
  if (/^23/.test(code)) {
    return { code: "conflict", safeMessage: "与已有记录冲突，本次内容没有写入。请刷新后重试。" };
  }
  if (/^(40|55)/.test(code)) {
    return { code: "storage", safeMessage: "数据库正忙，本次操作没有完成。请稍后重试。", retryable: true };
  }
  return {
    code: "storage",
    safeMessage: "数据库操作失败，本次内容没有写入。请运行 doctor 检查数据库后重试。",
  };
}

const STATES: Readonly<Record<string, Known>> = {
  "53100": {
    code: "storage",
    safeMessage:
      "数据库服务器磁盘空间不足，本次内容没有写入，已有数据不受影响。请清理数据库服务器磁盘后重试。",
    retryable: true,
  },
  "25006": {
    code: "storage",
    safeMessage: "数据库是以只读方式打开的，不能写入。请改用会写入的命令。",
  },
  "42501": {
    code: "configuration",
    safeMessage:
      "DATABASE_URL 的用户没有所需的数据库权限。请授予其在该数据库建表和读写的权限（如 GRANT ALL ON SCHEMA public）。",
  },
};
