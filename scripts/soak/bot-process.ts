import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { APP } from "../../tests/support/feishu-server/index.ts";

export interface BotProcess {
  readonly pid: number;
  /** Resident memory, MB; undefined when it has ended. */
  memory(): Promise<number | undefined>;
  kill(): Promise<void>;
  /** Ends it by itself and waits. */
  stop(): Promise<void>;
}

export interface BotOptions {
  bot: "xiance" | "echo";
  domain: string;
  dataDirectory: string;
  /** What it says is added there. */
  logFile: string;
  /** Write a profile of the processor there when it stops. */
  profileDirectory?: string;
}

const MAIN = join(import.meta.dirname, "../../src/main.ts");
const ECHO = join(import.meta.dirname, "echo-bot.ts");

export function startBot({ bot, domain, dataDirectory, logFile, profileDirectory }: BotOptions): BotProcess {
  const log = createWriteStream(logFile, { flags: "a" });
  const profiling = profileDirectory ? ["--cpu-prof", `--cpu-prof-dir=${profileDirectory}`] : [];
  const command = bot === "echo" ? [ECHO] : [MAIN, "start", "--data", dataDirectory];
  const child: ChildProcess = spawn(process.execPath, [...profiling, ...command], {
    env: {
      PATH: process.env["PATH"] ?? "",
      FEISHU_APP_ID: APP.appId,
      FEISHU_APP_SECRET: APP.appSecret,
      FEISHU_DOMAIN: domain,
      FEISHU_TRANSPORT: "ws",
      // The documented 1 000 a minute cannot carry the load; see the README.
      FEISHU_CALLS_PER_MINUTE: "12000",
      XIANCE_HTTP_PORT: "0",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = once(child, "close");
  const { pid } = child;
  if (pid === undefined) throw new Error("the bot did not start");
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await ended;
    log.end();
  };
  return {
    pid,
    memory: async () => {
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
      const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
    },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}
