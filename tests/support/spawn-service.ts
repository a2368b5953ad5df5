import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const MAIN = join(import.meta.dirname, "../../src/main.ts");

export interface ServiceProcess {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first match on stdout; throws with all output when the process ends without one. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: "SIGINT" | "SIGTERM" | "SIGKILL" | "SIGUSR2"): void;
  exit(): Promise<number | null>;
}

/** `start` as an operator runs it, ended with the test at the latest. */
export function spawnService(
  dataDirectory: string,
  environment: Record<string, string> = {},
  flags: string[] = [],
): ServiceProcess {
  const child: ChildProcess = spawn(process.execPath, [MAIN, "start", "--data", dataDirectory, ...flags], {
    env: { PATH: process.env["PATH"] ?? "", XIANCE_HTTP_PORT: "0", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const wake = new Set<() => void>();
  const collect = (write: (text: string) => void) => (chunk: string) => {
    write(chunk);
    for (const look of wake) look();
  };
  child.stdout?.setEncoding("utf8").on(
    "data",
    collect((text) => (stdout += text)),
  );
  child.stderr?.setEncoding("utf8").on(
    "data",
    collect((text) => (stderr += text)),
  );
  const ended = once(child, "close").then(([code]) => code as number | null);
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(stdout);
          if (match) resolve(match);
        };
        wake.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}:\n${stdout}\n${stderr}`)));
      }),
    signal: (name) => child.kill(name),
    exit: () => ended,
  };
}
