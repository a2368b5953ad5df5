import type { Command } from "commander";
import type { DocumentMetadata } from "../knowledge/index.ts";
import type { DocumentRecord, VersionSummary } from "../storage/index.ts";
import { type OpenedKnowledge, withKnowledge } from "./open-knowledge.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";
import { writeColumns } from "./write-columns.ts";

interface DocumentsOptions extends SharedOptions {
  collection?: string;
  search?: string;
}

export function addDocumentsCommand(program: Command): void {
  addSharedOptions(program.command("documents"))
    .description("列出库内文件、状态和版本")
    .option("--collection <name>", "只列这一文件集")
    .option("--search <text>", "只列标题或编号含有这些字的文件")
    .action(async (options: DocumentsOptions) => {
      process.exitCode = await runCommand(options, (context) =>
        withKnowledge(context, "read", (opened) => listDocuments(opened, options, context)),
      );
    });
}

async function listDocuments(
  { storage }: OpenedKnowledge,
  { collection, search = "" }: DocumentsOptions,
  context: CommandContext,
): Promise<number> {
  const { statusOn } = await import("../knowledge/index.ts");
  const { toShanghaiDay } = await import("../shared/index.ts");
  const today = toShanghaiDay(context.clock());
  const listed = await storage.knowledge.listDocuments(collection === undefined ? {} : { collection });
  const records = listed.filter(({ title, documentId }) => `${title} ${documentId}`.includes(search));
  const rows = [["编号", "文件集", "今日状态", "发布", "版本", "标题"]];
  for (const record of records) {
    const versions = await storage.knowledge.listVersions(record.documentId);
    const shown =
      versions.find(({ versionId }) => versionId === record.publishedVersionId) ?? versions.at(-1);
    const metadata = shown?.metadata as DocumentMetadata | undefined;
    const status = metadata ? statusOn(metadata, today) : "未载明";
    if (context.json) context.printJson(toJson(record, versions, metadata, status));
    else
      rows.push([
        record.documentId,
        record.collection,
        status,
        describeState(record, versions),
        `${versions.length}`,
        record.title,
      ]);
  }
  if (context.json) return EXIT.done;
  if (records.length === 0 && listed.length > 0) context.print(`没有标题或编号含“${search}”的文件。`);
  else if (records.length === 0) context.print("库内还没有文件。用 ingest 文件.txt --publish 读入并发布。");
  else for (const line of writeColumns(rows)) context.print(line);
  return EXIT.done;
}

function describeState(record: DocumentRecord, versions: readonly VersionSummary[]): string {
  const published = versions.find(({ versionId }) => versionId === record.publishedVersionId);
  if (published) return `第${published.number}版`;
  return versions.some(({ state }) => state === "withdrawn") ? "已撤下" : "未发布";
}

function toJson(
  record: DocumentRecord,
  versions: readonly VersionSummary[],
  metadata: DocumentMetadata | undefined,
  statusToday: string,
): object {
  return {
    ...record,
    statusToday,
    metadata,
    versions: versions.map(({ versionId, number, state, createdAt, publishedAt, retiredAt }) => ({
      versionId,
      number,
      state,
      createdAt,
      publishedAt,
      retiredAt,
    })),
  };
}
