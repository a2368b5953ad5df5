import type { Readable, Writable } from "node:stream";
import type { Command } from "commander";
import { type Config, readConfig } from "../config.ts";
import {
  AppError,
  type Clock,
  createLogger,
  type IdSource,
  type Logger,
  randomIds,
  readLines,
  systemClock,
  toAppError,
} from "../shared/index.ts";

/** Exit codes of every command. */
export const EXIT = { done: 0, failed: 1, usage: 2, unusableInput: 3 } as const;

export interface CommandIo {
  stdout: Writable;
  stderr: Writable;
  stdin: Readable;
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether stdout is a terminal: colours and progress bars only there. */
  interactive: boolean;
}

export interface CommandContext {
  io: CommandIo;
  config: Config;
  json: boolean;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
  /** A line for people on stdout. */
  print(line: string): void;
  /** One JSON value as a line on stdout. */
  printJson(value: unknown): void;
}

export interface SharedOptions {
  data?: string;
  json?: boolean;
}

/** Adds `--data` and `--json`, which every command has. */
export function addSharedOptions(command: Command): Command {
  return command
    .option("--data <dir>", "数据目录（默认取 XIANCE_DATA_DIR，否则为 ./data）")
    .option("--json", "以 JSON 输出，便于程序读取");
}

/** `outlivesReader`: goes on without output when the reader of stdout (`| head`) is gone; otherwise the command ends there. */
export function processIo({ outlivesReader = false } = {}): CommandIo {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      if (!outlivesReader) process.exit();
    });
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: process.stdin,
    environment: process.env,
    interactive: process.stdout.isTTY === true,
  };
}

/**
 * Runs one command: configuration, then the action, then the exit code. An error becomes one line on stderr that says
 * the next step, and under `--json` also one line on stdout. Unless LOG_LEVEL says otherwise, commands log at `warn`, and
 * at `error` to a person at a terminal, who is told in words.
 */
export async function runCommand(
  options: SharedOptions,
  action: (context: CommandContext) => Promise<number>,
  io: CommandIo = processIo(),
): Promise<number> {
  try {
    const config = readConfig(io.environment, options.data === undefined ? {} : { data: options.data });
    const level = io.environment["LOG_LEVEL"] ? config.logLevel : io.interactive ? "error" : "warn";
    return await action({
      io,
      config: { ...config, logLevel: level },
      json: options.json ?? false,
      clock: systemClock,
      ids: randomIds,
      logger: createLogger(level),
      print: (line) => io.stdout.write(`${line}\n`),
      printJson: (value) => io.stdout.write(`${JSON.stringify(value)}\n`),
    });
  } catch (thrown) {
    return reportError(toAppError(thrown), options.json ?? false, io);
  }
}

function reportError(error: AppError, json: boolean, io: CommandIo): number {
  const isTold = ["debug", "trace"].includes(io.environment["LOG_LEVEL"]?.trim().toLowerCase() ?? "");
  const more = error.code === "internal" && !isTold ? "；设 LOG_LEVEL=debug 重新运行可看到详情" : "";
  io.stderr.write(`错误：${error.safeMessage.replaceAll("\n", " ")}（编号 ${error.id}${more}）\n`);
  if (json) io.stdout.write(`${JSON.stringify({ error: toErrorJson(error) })}\n`);
  if (isTold) io.stderr.write(`${describeCauses(error)}\n`);
  return error.code === "usage"
    ? EXIT.usage
    : error.code === "unusable-input"
      ? EXIT.unusableInput
      : EXIT.failed;
}

function describeCauses(error: AppError): string {
  const own = `${error.code}: ${error.message}`;
  // A vendor's error may carry credentials; what nobody foresaw is of our own making.
  return error.code === "internal" && error.cause instanceof Error ? `${own}\n${error.cause.stack}` : own;
}

export function toErrorJson(error: AppError): { code: string; message: string; id: string } {
  return { code: error.code, message: error.safeMessage, id: error.id };
}

/**
 * `--batch`: JSON Lines in, one JSON line out for each, in order. A bad line yields `{line, error}` and the rest go on;
 * then the exit code is 1.
 */
export async function runBatch(
  context: CommandContext,
  source: string,
  answerLine: (input: Record<string, unknown>) => Promise<object>,
): Promise<number> {
  const { createReadStream } = await import("node:fs");
  const input = source === "-" ? context.io.stdin : createReadStream(source);
  let failed = false;
  let lineNumber = 0;
  try {
    for await (const line of readLines(input)) {
      lineNumber += 1;
      if (line.trim() === "") continue;
      try {
        context.printJson(await answerLine(parseLine(line)));
      } catch (thrown) {
        failed = true;
        context.printJson({ line: lineNumber, error: toErrorJson(toAppError(thrown)) });
      }
    }
  } catch (thrown) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read the batch file: ${String(thrown)}`,
      safeMessage: `无法读取批量文件“${source}”。请确认路径存在且可读，或用 - 表示标准输入。`,
      cause: thrown,
    });
  }
  return failed ? EXIT.failed : EXIT.done;
}

function parseLine(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line.charCodeAt(0) === 0xfeff ? line.slice(1) : line);
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: "not JSON",
      safeMessage: "这一行不是合法的 JSON。每行应是一个完整的 JSON 对象，请检查引号、逗号和括号。",
      cause,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError({
      code: "unusable-input",
      message: "not an object",
      safeMessage: '这一行应为 JSON 对象，形如 {"id": 1, …}。',
    });
  }
  return value as Record<string, unknown>;
}
