import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { MEMORY_MARK } from "./messages.ts";

const INTERVAL_MS = 20;
/** The parent ends the process at its limit; this is for when the parent is gone or stuck. */
const GRACE_MS = 5_000;

interface Watch {
  maxMemoryBytes: number;
  maxMilliseconds: number;
}

const { parentPid } = workerData as { parentPid: number };
let timer: NodeJS.Timeout | undefined;

/** A thread of its own: it also runs while the reader computes without a pause. */
parentPort?.on("message", (watch: Watch | null) => {
  clearInterval(timer);
  if (!watch) return;
  const start = performance.now();
  timer = setInterval(() => {
    const isOverdue = performance.now() - start > watch.maxMilliseconds + GRACE_MS;
    const isOrphan = process.ppid !== parentPid;
    const isTooLarge = process.memoryUsage.rss() > watch.maxMemoryBytes;
    if (isTooLarge) writeSync(2, `${MEMORY_MARK}\n`);
    if (isTooLarge || isOverdue || isOrphan) process.kill(process.pid, "SIGKILL");
  }, INTERVAL_MS);
});
