import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import type { OpenStorageOptions } from "../../src/storage/index.ts";

export interface StorageChild {
  readonly pid: number;
  /** The next line that it says. */
  nextLine(): Promise<string>;
  /** All that it said and nobody has read, after it was killed. */
  lastLines(): Promise<string[]>;
  /** Ends it as a power switch would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts `storage-child.ts` in a process that ends with the test. `uid`: it becomes another user before it opens. */
export function spawnStorageChild(
  task: "hold" | "accept" | "save" | "match" | "tickets" | "live",
  options: OpenStorageOptions,
  values: readonly number[] = [],
  uid?: number,
): StorageChild {
  const script = join(import.meta.dirname, "storage-child.ts");
  const child: ChildProcess = spawn(
    process.execPath,
    [script, task, JSON.stringify(options), ...values.map(String)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...(uid !== undefined && { XIANCE_TEST_UID: String(uid) }) },
    },
  );
  if (!child.stdout || child.pid === undefined) throw new Error("the child process did not start");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  onTestFinished(kill);
  return {
    kill,
    pid: child.pid,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error("the child process ended without a word");
      return value;
    },
    async lastLines() {
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
  };
}
