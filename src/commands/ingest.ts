import type { Command } from "commander";
import type { IngestedDocument } from "../knowledge/index.ts";
import { AppError, toAppError } from "../shared/index.ts";
import { ingestPassageFiles } from "./ingest-passage-files.ts";
import { listSourceFiles, type NamedSource } from "./list-source-files.ts";
import { type OpenedKnowledge, withKnowledge } from "./open-knowledge.ts";
import { createProgressBar } from "./progress-bar.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
  toErrorJson,
} from "./run-command.ts";

interface IngestOptions extends SharedOptions {
  publish?: boolean;
  collection?: string;
  passages?: string;
}

export function addIngestCommand(program: Command): void {
  addSharedOptions(program.command("ingest"))
    .description("读入文件，解析为可引用的条款；加 --publish 后立即可问")
    .argument(
      "[file...]",
      "文件或目录（docx、doc、pdf、扫描件、html、xlsx、csv、md、txt）；同名 .yaml 为元数据",
    )
    .option("--publish", "读入后立即发布")
    .option("--collection <name>", "归入的文件集（默认 ingest；--passages 默认 passages）")
    .option("--passages <file>", "读入段落集（JSON Lines，每行 {id, title?, text}），读入即发布")
    .action(async (files: string[], options: IngestOptions) => {
      process.exitCode = await runCommand(options, (context) => ingest(files, options, context));
    });
}

async function ingest(
  files: readonly string[],
  options: IngestOptions,
  context: CommandContext,
): Promise<number> {
  if (files.length === 0 && options.passages === undefined) {
    throw new AppError({
      code: "usage",
      message: "nothing to ingest",
      safeMessage: "请指定要读入的文件，例如：ingest 文件.txt --publish；或用 --passages 指定段落集。",
    });
  }
  return withKnowledge(context, "write", async (opened) => {
    let exit: number = EXIT.done;
    if (options.passages !== undefined) {
      exit = await ingestPassageFiles([options.passages], options.collection, opened, context);
    }
    if (files.length > 0) exit = Math.max(exit, await ingestFiles(files, options, opened, context));
    return exit;
  });
}

async function ingestFiles(
  paths: readonly string[],
  options: IngestOptions,
  { knowledge }: OpenedKnowledge,
  context: CommandContext,
): Promise<number> {
  const sources = await listSourceFiles(paths);
  if (sources.length === 0) {
    throw new AppError({
      code: "unusable-input",
      message: "no documents in the directory",
      safeMessage: `目录里没有可读的文件：${paths.join("、")}。请放入 docx、doc、pdf、图片、html、xlsx、csv、md、txt 文件后重试。`,
    });
  }
  const bar = await createProgressBar(context.io);
  let exit: number = EXIT.done;
  const lines: string[] = [];
  const failures: string[] = [];
  const counts: Record<IngestedDocument["outcome"], number> = { added: 0, changed: 0, unchanged: 0 };
  try {
    for (const [index, source] of sources.entries()) {
      bar.update(index, sources.length, source.sourceKey);
      try {
        const { publish = false, collection } = options;
        const saved = await knowledge.ingestFile(source.path, {
          publish,
          sourceKey: source.sourceKey,
          ...(collection !== undefined && { collection }),
        });
        counts[saved.outcome] += 1;
        if (context.json) context.printJson(toJson(source, saved, publish));
        else lines.push(...describe(source, saved, publish));
      } catch (thrown) {
        exit = Math.max(exit, reportFailure(source, thrown, failures, context));
      }
    }
  } finally {
    // Also when the disk is full in the middle: what was read in before stays, and is said.
    bar.stop();
    for (const line of lines) context.print(line);
    for (const line of failures) context.io.stderr.write(`${line}\n`);
    if (!context.json && sources.length > 1) context.print(summarize(counts, sources.length));
  }
  return exit;
}

function summarize(counts: Readonly<Record<IngestedDocument["outcome"], number>>, total: number): string {
  const { added, changed, unchanged } = counts;
  const unread = total - added - changed - unchanged;
  return `共 ${total} 份：新增 ${added}，更新 ${changed}，未变 ${unchanged}，未读入 ${unread}`;
}

function reportFailure(
  source: NamedSource,
  thrown: unknown,
  failures: string[],
  context: CommandContext,
): number {
  const error = toAppError(thrown);
  if (error.code === "storage" || error.code === "data-directory") throw error;
  if (error.code === "internal")
    context.logger.error({ file: source.path, errorId: error.id, stack: stackOf(error) }, "not read");
  if (context.json) context.printJson({ file: source.path, error: toErrorJson(error) });
  else failures.push(`错误：${source.sourceKey} 未读入：${error.safeMessage}（编号 ${error.id}）`);
  return error.code === "unusable-input" ? EXIT.unusableInput : EXIT.failed;
}

function stackOf({ cause }: AppError): string | undefined {
  return cause instanceof Error ? cause.stack : undefined;
}

function toJson(source: NamedSource, saved: IngestedDocument, published: boolean): object {
  const { metadata, documentId, versionId, outcome, clauses, warnings } = saved;
  const { title, issuers, documentNumber, kind, status, signedOn, publishedOn, effectiveFrom, expiresOn } =
    metadata;
  return {
    file: source.path,
    documentId,
    versionId,
    outcome,
    published,
    title,
    issuers,
    documentNumber,
    kind,
    status,
    signedOn,
    publishedOn,
    effectiveFrom,
    expiresOn,
    clauses,
    warnings,
  };
}

const OUTCOMES: Record<IngestedDocument["outcome"], string> = {
  added: "新增",
  changed: "更新",
  unchanged: "未变",
};

function describe(source: NamedSource, saved: IngestedDocument, published: boolean): string[] {
  const { metadata, documentId, clauses, warnings, outcome } = saved;
  const state = published ? "已发布" : `待发布，用 publish ${documentId} 发布`;
  return [
    `${OUTCOMES[outcome]}    《${metadata.title}》（${metadata.kind}，${metadata.status}）${clauses} 段，${state}`,
    `        ${source.sourceKey} → ${documentId}`,
    ...warnings.map((warning) => `        注意：${warning}`),
  ];
}
