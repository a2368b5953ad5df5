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
/** Of the memory limit: what one document leaves behind must not be charged to the next. */
const MAX_REMAINING_SHARE = 0.35;
const STDERR_TAIL = 4_000;

export function createReadingProcess({ entry, limits, logger }: ReadingProcessOptions): ReadingProcess {
  const child = start(entry, limits);
  const stderr = keepTail(child);
  let documents = 0;
  let isSpent = false;
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    if (child.pid === undefined) resolve();
  });
  child.once("exit", () => {
    isSpent = true;
  });
  child.on("error", (error) => logger.warn({ error: error.message }, "reading process"));
  hold(child, false);

  return {
    isSpent: () => isSpent || !child.connected,
    async end() {
      isSpent = true;
      child.kill("SIGKILL");
      await gone;
    },
    async read(order, onProgress) {
      hold(child, true);
      documents += 1;
      const report = await awaitReport(child, order, stderr, onProgress).finally(() => hold(child, false));
      if (documents >= MAX_DOCUMENTS || report.rss > order.limits.maxMemoryBytes * MAX_REMAINING_SHARE)
        isSpent = true;
      if (report.kind === "done") return report.document;
      throw toError(report, logger);
    },
  };
}

type FinalReport = Exclude<ReadReport, { kind: "progress" }>;

/** Sends the order and waits for the report, the end of the time or the end of the process. */
function awaitReport(
  child: ChildProcess,
  order: ReadOrder,
  stderr: () => string,
  onProgress: ReadRequest["onProgress"],
): Promise<FinalReport> {
  return new Promise((resolve, reject) => {
    let isTimedOut = false;
    const timer = setTimeout(() => {
      isTimedOut = true;
      child.kill("SIGKILL");
    }, order.limits.maxMilliseconds);
    const onMessage = (report: ReadReport) => {
      if (report.kind === "progress") return onProgress?.({ page: report.page, pages: report.pages });
      settle();
      resolve(report);
    };
    // `close`, not `exit`: by then all that it wrote is here.
    const onClose = (code: number | null, signal: NodeJS.Signals | null) => {
      settle();
      reject(describeEnd({ isTimedOut, code, signal, stderr: stderr() }, order.limits));
    };
    const onError = () => child.pid === undefined && onClose(null, null);
    const settle = () => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("error", onError);
      child.off("close", onClose);
    };
    child.on("message", onMessage);
    child.on("close", onClose);
    child.on("error", onError);
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
