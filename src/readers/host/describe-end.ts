import type { AppError } from "../../shared/index.ts";
import type { ReadLimits } from "../types.ts";
import { toMegabytes, unusable } from "../unusable.ts";
import { MEMORY_MARK } from "./messages.ts";

/** How a reading process ended before it reported. */
export interface ProcessEnd {
  /** The time that it was given, ms, when it was ended for that. */
  timedOut: number | undefined;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last of what it wrote there. */
  stderr: string;
}

const OUT_OF_HEAP = /heap out of memory|Allocation failed|allocation failure|FatalProcessOutOfMemory/i;

/** The end of a reading process → what a person is told. */
export function describeEnd(end: ProcessEnd, limits: ReadLimits): AppError {
  if (end.timedOut !== undefined) {
    return unusable(
      `killed after ${end.timedOut} ms`,
      `读取超过${toDuration(end.timedOut)}仍未完成，已停止。请拆分成多个文件，或另存为文字版 PDF、.docx 后再提交。`,
    );
  }
  const isKilledForMemory = end.stderr.includes(MEMORY_MARK) || end.signal === "SIGKILL";
  if (isKilledForMemory || OUT_OF_HEAP.test(end.stderr)) {
    return unusable(
      `out of memory, ${end.signal ?? end.code}`,
      `读取时占用内存超过 ${toMegabytes(limits.maxMemoryBytes)} 上限，已停止。文件可能过大或结构异常，请拆分，或重新导出后再提交。`,
    );
  }
  return unusable(
    `the reading process ended: ${end.signal ?? `exit ${end.code}`}`,
    "读取这个文件时读取程序意外退出，文件可能已损坏。请用原来的软件打开确认，另存一份后再提交；服务不受影响。",
  );
}

function toDuration(milliseconds: number): string {
  if (milliseconds >= 60_000) return ` ${Math.round(milliseconds / 60_000)} 分钟`;
  return ` ${Math.max(1, Math.round(milliseconds / 1000))} 秒`;
}
