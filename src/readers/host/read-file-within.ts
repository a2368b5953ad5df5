import { readFile, stat } from "node:fs/promises";
import { refuseLargeFile } from "../limits.ts";
import type { ReadLimits } from "../types.ts";
import { unusable } from "../unusable.ts";

/** A file from disk, refused by its size before it is read. Throws AppError `unusable-input`. */
export async function readFileWithin(
  path: string,
  limits: Pick<ReadLimits, "maxBytes">,
): Promise<Uint8Array> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === "ENOENT" ? "不存在，请检查路径" : "无法读取，请检查权限";
    throw unusable(`${cause.code}`, `文件“${path}”${reason}。`, cause);
  });
  if (!info.isFile()) throw unusable("no file", `“${path}”不是文件。请给出文件的路径。`);
  refuseLargeFile(info.size, limits);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unusable("cannot be opened", `文件“${path}”无法读取，请检查权限。`, cause);
  });
  refuseLargeFile(bytes.length, limits);
  return bytes;
}
