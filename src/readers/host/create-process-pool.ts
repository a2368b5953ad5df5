import { AppError } from "../../shared/index.ts";
import type { ReadDocument, ReadRequest } from "../types.ts";
import {
  createReadingProcess,
  type ReadingProcess,
  type ReadingProcessOptions,
} from "./create-reading-process.ts";
import type { ReadOrder } from "./messages.ts";

/** Reading processes that are started when needed, used again, renewed, and ended when nothing comes. */
export interface ProcessPool {
  /** Waits its turn. Throws AppError `unusable-input`; `internal` when the pool is closed before. */
  read(order: ReadOrder, onProgress?: ReadRequest["onProgress"]): Promise<ReadDocument>;
  close(): Promise<void>;
}

export interface ProcessPoolOptions extends ReadingProcessOptions {
  concurrency: number;
  /** After this without work the processes are ended. */
  idleMilliseconds: number;
}

interface Waiting {
  start(process: ReadingProcess): void;
  cancel(error: AppError): void;
}

export function createProcessPool(options: ProcessPoolOptions): ProcessPool {
  const waiting: Waiting[] = [];
  const idle: ReadingProcess[] = [];
  const working = new Set<ReadingProcess>();
  let isClosed = false;
  let idleTimer: NodeJS.Timeout | undefined;

  function take(): ReadingProcess {
    for (let process = idle.pop(); process; process = idle.pop()) {
      if (!process.isSpent()) return process;
      void process.end();
    }
    return createReadingProcess(options);
  }

  function startNext(): void {
    while (waiting.length > 0 && working.size < options.concurrency) {
      clearTimeout(idleTimer);
      const process = take();
      working.add(process);
      waiting.shift()?.start(process);
    }
  }

  function giveBack(process: ReadingProcess): void {
    working.delete(process);
    if (isClosed || process.isSpent()) void process.end();
    else idle.push(process);
    startNext();
    if (working.size > 0 || isClosed) return;
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => endAll(idle.splice(0)), options.idleMilliseconds).unref();
  }

  return {
    read(order, onProgress) {
      if (isClosed) return Promise.reject(closedError());
      return new Promise<ReadDocument>((resolve, reject) => {
        const start = (process: ReadingProcess) => {
          process
            .read(order, onProgress)
            .then(resolve, (error: unknown) => reject(isClosed ? closedError() : error))
            .finally(() => giveBack(process));
        };
        waiting.push({ start, cancel: reject });
        startNext();
      });
    },
    async close() {
      isClosed = true;
      clearTimeout(idleTimer);
      for (const { cancel } of waiting.splice(0)) cancel(closedError());
      await endAll([...idle.splice(0), ...working]);
    },
  };
}

async function endAll(processes: readonly ReadingProcess[]): Promise<void> {
  await Promise.all(processes.map((process) => process.end()));
}

function closedError(): AppError {
  return new AppError({
    code: "internal",
    message: "the document reader is closed",
    safeMessage: "服务正在停止，文件未读取。请稍后重新提交。",
    retryable: true,
  });
}
