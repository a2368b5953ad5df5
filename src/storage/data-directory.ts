import { mkdir } from "node:fs/promises";
import { AppError } from "../shared/index.ts";

/** Makes the data directory when it is missing. Throws `data-directory` when that is not possible. */
export async function makeDataDirectory(dataDirectory: string): Promise<void> {
  try {
    await mkdir(dataDirectory, { recursive: true });
  } catch (cause) {
    throw unwritableDirectory(dataDirectory, cause);
  }
}

export function unwritableDirectory(dataDirectory: string, cause: unknown): AppError {
  return new AppError({
    code: "data-directory",
    message: `data directory is not writable: ${cause instanceof Error ? cause.message : String(cause)}`,
    safeMessage: `数据目录无法写入：${dataDirectory}。请确认它是目录且当前用户有读写权限，或用 --data（XIANCE_DATA_DIR）换一个目录。`,
    cause,
  });
}

export function missingDatabase(dataDirectory: string): AppError {
  return new AppError({
    code: "data-directory",
    message: "there is no database yet",
    safeMessage: `数据目录 ${dataDirectory} 中还没有数据。请先运行 start（启动服务）或 ingest（导入文件），或用 --data 指定已有的数据目录。`,
  });
}

export function olderSchema(): AppError {
  return new AppError({
    code: "data-directory",
    message: "the database was made by an older release and is not migrated in read mode",
    safeMessage: "数据库由较早版本的贤策建立，尚未升级。请先运行一次 start 或 ingest，数据库会自动升级。",
  });
}

export function newerSchema(): AppError {
  return new AppError({
    code: "data-directory",
    message: "the database was made by a newer release",
    safeMessage:
      "数据库由更新版本的贤策建立，当前版本无法使用。请升级贤策，或用 --data（DATABASE_URL）换一个数据库。",
  });
}
