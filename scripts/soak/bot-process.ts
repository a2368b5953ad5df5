import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { APP } from "../../tests/support/feishu-server/index.ts";

export interface BotProcess {
  readonly pid: number;
  /** Undefined when it has ended. */
  measure(): Promise<BotMeasures | undefined>;
  kill(): Promise<void>;
  /** Ends it by itself and waits. */
  stop(): Promise<void>;
}

export interface BotMeasures {
  /** Resident, MB. */
  memory: number;
  /** Processor time of all its threads so far, ms. */
  cpuMs: number;
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
  const last = () => child.kill("SIGKILL");
  process.once("exit", last);
  void ended.then(() => process.off("exit", last));
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await ended;
    log.end();
  };
  return {
    pid,
    measure: () => measure(pid),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/** Of a clock tick of the kernel. */
const TICK_MS = 10;

async function measure(pid: number): Promise<BotMeasures | undefined> {
  const read = (name: string) => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
  const [status, stat] = await Promise.all([read("status"), read("stat")]);
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
  if (kilobytes === undefined) return undefined;
  // Behind the name in brackets the third field follows; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { memory: Number(kilobytes) / 1024, cpuMs: ticks * TICK_MS };
}
