import type { Command } from "commander";
import { AppError, type DocumentId, type VersionId } from "../shared/index.ts";
import type { KnowledgeStore } from "../storage/index.ts";
import { type OpenedKnowledge, withKnowledge } from "./open-knowledge.ts";
import {
  addSharedOptions,
  type CommandContext,
  EXIT,
  runCommand,
  type SharedOptions,
} from "./run-command.ts";

interface PublishOptions extends SharedOptions {
  version?: string;
}

/** `publish`, `unpublish` and `rollback`: what is answered from, without touching files. */
export function addPublishCommand(program: Command): void {
  addSharedOptions(program.command("publish"))
    .description("发布文件的最新版本（或 --version 指定的版本）")
    .argument("<document>", "文件编号（见 documents）")
    .option("--version <version>", "版本编号，或第几版")
    .action(async (document: string, options: PublishOptions) => {
      await run(options, (opened, context) => publish(document as DocumentId, options, opened, context));
    });
  addSharedOptions(program.command("unpublish"))
    .description("撤下文件：不再据以回答，历史回答仍可追溯")
    .argument("<document>", "文件编号（见 documents）")
    .action(async (document: string, options: SharedOptions) => {
      await run(options, ({ storage }, context) =>
        change("unpublished", document, context, () =>
          storage.knowledge.unpublishDocument(document as DocumentId, context.clock()),
        ),
      );
    });
  addSharedOptions(program.command("rollback"))
    .description("退回文件的上一个已发布版本")
    .argument("<document>", "文件编号（见 documents）")
    .action(async (document: string, options: SharedOptions) => {
      await run(options, ({ storage }, context) =>
        change("rolled-back", document, context, () =>
          storage.knowledge.rollbackDocument(document as DocumentId, context.clock()),
        ),
      );
    });
}

async function run(
  options: SharedOptions,
  work: (opened: OpenedKnowledge, context: CommandContext) => Promise<number>,
): Promise<void> {
  process.exitCode = await runCommand(options, (context) =>
    withKnowledge(context, "write", (opened) => work(opened, context)),
  );
}

async function publish(
  documentId: DocumentId,
  { version }: PublishOptions,
  { storage }: OpenedKnowledge,
  context: CommandContext,
): Promise<number> {
  const versionId = await chooseVersion(storage.knowledge, documentId, version);
  return change("published", documentId, context, async () => {
    await storage.knowledge.publishVersion(versionId, context.clock());
    return versionId;
  });
}

async function chooseVersion(
  store: KnowledgeStore,
  documentId: DocumentId,
  wanted: string | undefined,
): Promise<VersionId> {
  const versions = await store.listVersions(documentId);
  if (versions.length === 0) {
    throw notFound(
      `no document ${documentId}`,
      `没有编号为 ${documentId} 的文件。请用 documents 查看文件编号。`,
    );
  }
  const chosen =
    wanted === undefined
      ? versions.at(-1)
      : versions.find(({ versionId, number }) => versionId === wanted || String(number) === wanted);
  if (chosen) return chosen.versionId;
  throw notFound(
    `document ${documentId} has no version ${wanted}`,
    `该文件没有版本“${wanted}”。现有：${versions.map(({ number }) => `第${number}版`).join("、")}。`,
  );
}

function notFound(message: string, safeMessage: string): AppError {
  return new AppError({ code: "not-found", message, safeMessage });
}

const DONE = { published: "已发布", unpublished: "已撤下", "rolled-back": "已退回到上一版" } as const;

async function change(
  outcome: keyof typeof DONE,
  documentId: string,
  context: CommandContext,
  apply: () => Promise<VersionId>,
): Promise<number> {
  const versionId = await apply();
  if (context.json) context.printJson({ documentId, versionId, outcome });
  else context.print(`${DONE[outcome]}：${documentId}（版本 ${versionId}）`);
  return EXIT.done;
}
