import { flushCompileCache } from "node:module";
import type { Command } from "commander";
import type { Application } from "../app.ts";
import type { Service } from "../service.ts";
import { createLogger, type Logger, toAppError } from "../shared/index.ts";
import { lacksVectors } from "./open-for-reading.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  processIo,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";

/** After a second signal, or when something keeps the process alive after all was closed. */
const LINGER_MS = 3_000;

export function addStartCommand(program: Command): void {
  addSharedOptions(program.command("start"))
    .description("启动服务：同步知识库，打开网页问答，接入已配置的平台")
    .action(async (options: SharedOptions) => {
      // Ctrl+C under `| tee` ends the reader first; the messages in work must still be finished.
      process.exitCode = await runCommand(options, start, processIo({ outlivesReader: true }));
    });
}

/** Once the report is out and the first page may have been opened. */
const WARM_UP_AFTER_MS = 1000;
const WATCH_EVERY_MS = 2_000;

async function start(context: CommandContext): Promise<number> {
  const logger = chooseLogger(context);
  const failed = watchForCrashes(logger);
  const [{ openApplication }, { startService }] = await Promise.all([
    import("../app.ts"),
    import("../service.ts"),
  ]);
  const { clock, ids } = context;
  const startedAt = performance.now();
  const stopping = nextSignal();
  const application = await openOrStandBy(context, openApplication, logger, stopping);
  if (!application) return EXIT.done;
  const lost = watchRightToWrite(application, logger);
  try {
    const { publishing, access, park } = application;
    const stewardship = { publishing, access, digestAt: park.publishing.digestAt };
    const service = await startService(
      { ...application, stewardship, rooms: application },
      { clock, ids, logger },
    );
    const elapsedMs = Math.round(performance.now() - startedAt);
    await report(context, application, service, elapsedMs);
    // A process that is killed writes nothing at its end.
    flushCompileCache();
    // The tables of typo repair, ahead of the first question that needs them.
    setTimeout(() => application.retriever.warmUp?.(), WARM_UP_AFTER_MS).unref();
    const reason = await Promise.race([stopping, failed, lost]);
    if (!context.json) context.print(STOPPING[reason]);
    const finished = await service.stop();
    if (!context.json) {
      context.print(finished ? "已停止。" : "已停止，未处理完的消息将在下次启动后继续。");
    }
    return reason === "crash" || reason === "lost" ? EXIT.failed : EXIT.done;
  } finally {
    await application.close();
    setTimeout(() => process.exit(), LINGER_MS).unref();
  }
}

const STOPPING = {
  crash: "正在停止……",
  signal: "收到停止信号，正在处理完手头的消息……",
  lost: "写入权已由其他实例接管，本实例正在停止；重新启动后转为备用。",
} as const;

/**
 * The application, at once or when the process that works on the same PostgreSQL ends; until then this one takes in
 * messages beside it. Undefined: stopped before that.
 */
async function openOrStandBy(
  context: CommandContext,
  openApplication: typeof import("../app.ts").openApplication,
  logger: Logger,
  stopping: Promise<unknown>,
): Promise<Application | undefined> {
  const { config, clock, ids } = context;
  const open = () => openApplication(config, { mode: "write", clock, ids, logger });
  try {
    return await open();
  } catch (thrown) {
    if (!config.databaseUrl || !isHeldByAnother(thrown)) throw thrown;
  }
  const { standBy } = await import("../standby.ts");
  if (!context.json)
    context.print("数据库正由另一实例服务，本实例转为备用：接收消息，随时接替。按 Ctrl+C 停止。");
  return standBy({ config, clock, ids, logger, open, stopping, isHeldByAnother });
}

function isHeldByAnother(thrown: unknown): boolean {
  const { code, retryable } = toAppError(thrown);
  return code === "data-directory" && retryable;
}

/** Resolves when another process has become the one that works, as after a lost connection to the database. */
function watchRightToWrite({ storage }: Application, logger: Logger): Promise<"lost"> {
  return new Promise((resolve) => {
    if (storage.dialect !== "postgres") return;
    const timer = setInterval(() => {
      storage.ping().catch((thrown: unknown) => {
        if (!isHeldByAnother(thrown)) return;
        clearInterval(timer);
        logger.error(
          { error: toAppError(thrown).message },
          "the right to write is lost; the process will end",
        );
        resolve("lost");
      });
    }, WATCH_EVERY_MS);
    timer.unref();
  });
}

/** A service that nobody watches keeps a log; in a terminal warnings are enough unless LOG_LEVEL asks for more. */
function chooseLogger({ io, logger }: CommandContext): Logger {
  if (io.environment["LOG_LEVEL"]) return logger;
  return createLogger(io.interactive ? "warn" : "info");
}

/** What nobody caught leaves the process in a state that nobody knows: say so, end it, and let it be started again. */
function watchForCrashes(logger: Logger): Promise<"crash"> {
  return new Promise((resolve) => {
    const onCrash = (thrown: unknown) => {
      const error = toAppError(thrown);
      const stack = thrown instanceof Error ? thrown.stack : undefined;
      logger.error({ errorId: error.id, error: error.message, stack }, "uncaught; the process will end");
      process.stderr.write(
        `错误：程序遇到未预料的问题，即将退出；已收到的消息不会丢失。（编号 ${error.id}）\n`,
      );
      process.exitCode = EXIT.failed;
      setTimeout(() => process.exit(EXIT.failed), 15_000).unref();
      resolve("crash");
    };
    process.once("uncaughtException", onCrash);
    process.once("unhandledRejection", onCrash);
  });
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function nextSignal(): Promise<"signal"> {
  return new Promise((resolve) => {
    const onSignal = () => {
      resolve("signal");
      process.once("SIGINT", () => process.exit(EXIT.failed));
      process.once("SIGTERM", () => process.exit(EXIT.failed));
    };
    process.once("SIGINT", onSignal);
    process.once("SIGTERM", onSignal);
  });
}

async function report(
  context: CommandContext,
  application: Application,
  service: Service,
  elapsedMs: number,
): Promise<void> {
  const { config, retriever, park } = application;
  const documents = (await application.storage.knowledge.publishedVersions()).length;
  const address = config.http.publicUrl ?? service.address;
  if (context.json) {
    const { notices } = config;
    context.printJson({ address, documents, clauses: retriever.size, notices, elapsedMs });
    return;
  }
  const strong = (text: string) => (context.io.interactive ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string) => (context.io.interactive ? `\u001b[2m${text}\u001b[22m` : text);
  const lines = [
    `知识库：${documents} 份文件，${retriever.size} 个条款`,
    ...retriever.describe().filter((line) => !line.includes("未启用")),
    ...(lacksVectors(application)
      ? ["向量检索：接口无法使用，暂按词语检索；请运行 doctor 检查，改正后重新启动。"]
      : []),
    ...(config.languageModel ? [`语言模型：${config.languageModel.model}`] : []),
    ...(config.feishu ? ["飞书：正在接入，状态见 /readyz"] : []),
    `数据目录：${config.dataDirectory}`,
  ];
  context.print(strong(`贤策 · ${park.name}政策助手`));
  for (const line of lines) context.print(`  ${line}`);
  context.print("");
  context.print(`${strong("网页问答：")}${address}`);
  context.print(faint(`启动用时 ${(elapsedMs / 1000).toFixed(1)} 秒，按 Ctrl+C 停止。`));
  if (config.notices.length === 0) return;
  context.print("");
  context.print("未启用的功能：");
  for (const notice of config.notices) context.print(`  ${notice}`);
}
