import { AppError, type AppErrorDetails } from "../../shared/index.ts";
import { unwritableDirectory } from "../data-directory.ts";
import { readDriverError } from "../driver-errors.ts";
import type { OpenStorageOptions } from "../types.ts";
import { sqlitePath } from "./path.ts";

type Known = Pick<AppErrorDetails, "code" | "safeMessage" | "retryable">;

export function toSqliteAppError(thrown: unknown, options: OpenStorageOptions): AppError | undefined {
  const error = readDriverError(thrown);
  if (!error?.code.startsWith("SQLITE_")) return undefined;
  const writing = options.mode !== "read";
  if (writing && (error.code === "SQLITE_READONLY" || error.code === "SQLITE_CANTOPEN")) {
    return unwritableDirectory(options.dataDirectory, new Error(error.message));
  }
  return new AppError({
    ...describeCode(error.code, options),
    message: `SQLite: ${error.message}`,
    cause: new Error(error.message),
  });
}

function describeCode(code: string, options: OpenStorageOptions): Known {
  const path = sqlitePath(options.dataDirectory);
  switch (code) {
    case "SQLITE_FULL":
      return {
        code: "data-directory",
        safeMessage: `磁盘空间不足，本次内容没有写入，已有数据不受影响。请清理 ${options.dataDirectory} 所在磁盘后重试。`,
        retryable: true,
      };
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return {
        code: "data-directory",
        safeMessage: `数据库文件已损坏：${path}。请停止贤策并用备份替换该文件；没有备份时可先把它移走再启动，政策文件会重新导入，会话记录无法恢复。`,
      };
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return {
        code: "storage",
        safeMessage: `数据库正被其他程序占用：${path}。请稍后重试；若一直如此，请关闭正在打开该文件的程序（如数据库浏览工具、备份任务）。`,
        retryable: true,
      };
    case "SQLITE_READONLY":
      return { code: "storage", safeMessage: "数据库是以只读方式打开的，不能写入。请改用会写入的命令。" };
    case "SQLITE_CANTOPEN":
    case "SQLITE_PERM":
      return {
        code: "data-directory",
        safeMessage: `数据库文件无法打开：${path}。请确认当前用户对该文件及其所在目录有读写权限。`,
      };
    case "SQLITE_IOERR":
      return {
        code: "data-directory",
        safeMessage: `读写数据库文件失败：${path}。请检查磁盘是否正常、是否已满；网络盘请换成本机磁盘。`,
        retryable: true,
      };
    case "SQLITE_CONSTRAINT":
      return { code: "conflict", safeMessage: "与已有记录冲突，本次内容没有写入。请刷新后重试。" };
    default:
      return {
        code: "storage",
        safeMessage: "数据库操作失败，本次内容没有写入。请运行 doctor 检查数据目录后重试。",
      };
  }
}
