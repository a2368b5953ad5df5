import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { AppError, type Logger } from "../../shared/index.ts";
import type { ReadDocument, ReadLimits, ReadRequest } from "../types.ts";
import { unusable } from "../unusable.ts";
import { describeEnd } from "./describe-end.ts";
import type { ReadOrder, ReadReport } from "./messages.ts";

/** One child process that reads one document after another. */
export interface ReadingProcess {
  /** One at a time. Throws AppError `unusable-input`, also when the process had to be ended or ended by itself. */
  read(order: ReadOrder, onProgress?: ReadRequest["onProgress"]): Promise<ReadDocument>;
  /** True: take a new one for the next document. */
  isSpent(): boolean;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

export interface ReadingProcessOptions {
  entry: URL;
  limits: ReadLimits;
  logger: Logger;
}

const MAX_DOCUMENTS = 50;
/** Of the memory limit: what one document leaves behind must not be charged to the next. Loaded OCR models take a third. */
const MAX_REMAINING_SHARE = 0.5;
const STDERR_TAIL = 4_000;
const MAX_START_MS = 60_000;

export function createReadingProcess({ entry, limits, logger }: ReadingProcessOptions): ReadingProcess {
  const child = start(entry, limits);
  const stderr = keepTail(child);
  let documents = 0;
  let isSpent = false;
  const gone = untilGone(child);
  const ready = untilReady(child, gone);
  child.once("exit", () => {
    isSpent = true;
  });
  child.on("error", (error) => logger.warn({ error: error.message }, "reading process"));
  hold(child, false);

  return {
    isSpent: () => isSpent || !child.connected,
    async end() {
      isSpent = true;
      // Who waits for the end must not run out of work meanwhile.
      hold(child, true);
      child.kill("SIGKILL");
      await gone;
    },
    async read(order, onProgress) {
      hold(child, true);
      documents += 1;
      await ready;
      const report = await awaitReport({ child, gone, stderr }, order, onProgress).finally(() =>
        hold(child, false),
      );
      if (documents >= MAX_DOCUMENTS || report.rss > order.limits.maxMemoryBytes * MAX_REMAINING_SHARE)
        isSpent = true;
      if (report.kind === "done") return report.document;
      throw toError(report, logger);
    },
  };
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** On `close`, not `exit`: by then all that it wrote is here. A process that could not be started is gone as well. */
function untilGone(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
    child.once("error", () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
}

/** Starting is not charged to the document, except that it may not take for ever. */
function untilReady(child: ChildProcess, gone: Promise<Exit>): Promise<unknown> {
  const timer = setTimeout(() => child.kill("SIGKILL"), MAX_START_MS).unref();
  const started = new Promise((resolve) => child.once("message", resolve));
  return Promise.race([started, gone]).finally(() => clearTimeout(timer));
}

type FinalReport = Extract<ReadReport, { rss: number }>;

interface Running {
  child: ChildProcess;
  gone: Promise<Exit>;
  stderr: () => string;
}

/** Sends the order and waits for the report, the end of the time or the end of the process. */
function awaitReport(
  { child, gone, stderr }: Running,
  order: ReadOrder,
  onProgress: ReadRequest["onProgress"],
): Promise<FinalReport> {
  return new Promise((resolve, reject) => {
    const { maxMilliseconds, maxStallMilliseconds } = order.limits;
    let timedOut: number | undefined;
    const endAfter = (milliseconds: number) =>
      setTimeout(() => {
        timedOut ??= milliseconds;
        child.kill("SIGKILL");
      }, milliseconds);
    const whole = endAfter(maxMilliseconds);
    let stall = endAfter(maxStallMilliseconds);
    const settle = () => {
      clearTimeout(whole);
      clearTimeout(stall);
      child.off("message", onMessage);
    };
    const onMessage = (report: ReadReport) => {
      if (report.kind === "progress") {
        clearTimeout(stall);
        stall = endAfter(maxStallMilliseconds);
        onProgress?.({ page: report.page, pages: report.pages });
      }
      if (!("rss" in report)) return;
      settle();
      resolve(report);
    };
    child.on("message", onMessage);
    void gone.then((exit) => {
      settle();
      reject(describeEnd({ timedOut, ...exit, stderr: stderr() }, order.limits));
    });
    child.send(order, (error) => {
      if (error) child.kill("SIGKILL");
    });
  });
}

function toError(report: Extract<FinalReport, { kind: "failed" }>, logger: Logger): AppError {
  if (report.code !== null) {
    return new AppError({ code: report.code, message: report.message, safeMessage: report.safeMessage });
  }
  logger.warn({ error: report.message }, "a reader failed");
  return unusable(
    report.message,
    "文件内容读不出来，可能已损坏或不规范。请用原来的软件打开确认，另存一份（.docx 或文字版 PDF）后再提交。",
  );
}

function start(entry: URL, limits: ReadLimits): ChildProcess {
  const heapMegabytes = Math.max(64, Math.floor((limits.maxMemoryBytes / 1024 / 1024) * 0.9));
  return fork(fileURLToPath(entry), [], {
    serialization: "advanced",
    execArgv: [`--max-old-space-size=${heapMegabytes}`, ...confine()],
    env: selectEnvironment(process.env),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    windowsHide: true,
  });
}

/** Where this Node has a permission model: the reading process writes no file and starts no program. */
function confine(): string[] {
  if (!process.allowedNodeEnvironmentFlags.has("--permission")) return [];
  return [
    "--permission",
    "--allow-fs-read=*",
    "--allow-worker",
    "--allow-addons",
    "--disable-warning=SecurityWarning",
  ];
}

const PASSED_ON = ["PATH", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "TZ", "SystemRoot", "windir"];

/** Nothing that could hold a secret: a reader that is taken over finds no keys. */
function selectEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    PASSED_ON.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  );
}

/** While it works it keeps this process alive; idle, it does not. */
function hold(child: ChildProcess, isWorking: boolean): void {
  const action = isWorking ? "ref" : "unref";
  child[action]();
  child.channel?.[action]();
  const stderr = child.stderr as { ref?(): void; unref?(): void } | null;
  stderr?.[action]?.();
}

function keepTail(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    tail = (tail + chunk).slice(-STDERR_TAIL);
  });
  return () => tail;
}
