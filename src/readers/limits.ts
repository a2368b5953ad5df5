import type { ReadLimits } from "./types.ts";
import { toMegabytes, unusable } from "./unusable.ts";

export const DEFAULT_READ_LIMITS: ReadLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxUnpackedBytes: 300 * 1024 * 1024,
  maxPages: 2_000,
  maxScannedPages: 300,
  maxMilliseconds: 60 * 60 * 1000,
  maxStallMilliseconds: 3 * 60 * 1000,
  maxMemoryBytes: 2 * 1024 * 1024 * 1024,
};

/** Throws AppError `unusable-input`. For files with a path: by the size in the directory, before they are read. */
export function refuseLargeFile(bytes: number, limits: Pick<ReadLimits, "maxBytes">): void {
  if (bytes <= limits.maxBytes) return;
  throw unusable(
    `file of ${bytes} bytes`,
    `文件有 ${toMegabytes(bytes)}，超过 ${toMegabytes(limits.maxBytes)} 上限。请拆分成多个文件，或压缩其中的图片后另存再提交。`,
  );
}
