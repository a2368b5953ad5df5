import type { Command } from "commander";
import { AppError, type DocumentId, type VersionId } from "../shared/index.ts";
import type { ChangeOrigin, KnowledgeStore } from "../storage/index.ts";
import { type OpenedKnowledge, withKnowledge } from "./open-knowledge.ts";
import { reasonOf } from "./open-publishing.ts";
import { addOperatorOptions, type OperatorOptions, readOperator } from "./operator.ts";
import { addSharedOptions, type CommandContext, EXIT, runCommand } from "./run-command.ts";

interface PublishOptions extends OperatorOptions {
  version?: string;
}

/** `publish`, `unpublish` and `rollback`: what is answered from, without touching files. */
export function addPublishCommand(program: Command): void {
  addOperatorOptions(addSharedOptions(program.command("publish")))
    .description("发布文件的最新版本（或 --version 指定的版本）")
    .argument("<document>", "文件编号（见 documents）")
    .option("--version <version>", "版本编号，或第几版")
    .action(async (document: string, options: PublishOptions) => {
      await run(options, (opened, context) => publish(document as DocumentId, options, opened, context));
    });
  addOperatorOptions(addSharedOptions(program.command("unpublish")))
    .description("撤下文件：不再据以回答，历史回答仍可追溯")
    .argument("<document>", "文件编号（见 documents）")
    .action(async (document: string, options: OperatorOptions) => {
      await run(options, ({ storage }, context) =>
        change("unpublished", document, context, async () =>
          storage.knowledge.unpublishDocument(
            document as DocumentId,
            context.clock(),
            await originOf(options),
          ),
        ),
      );
    });
  addOperatorOptions(addSharedOptions(program.command("rollback")))
    .description("回退到文件的上一个已发布版本")
    .argument("<document>", "文件编号（见 documents）")
    .action(async (document: string, options: OperatorOptions) => {
      await run(options, ({ storage }, context) =>
        change("rolled-back", document, context, async () =>
          storage.knowledge.rollbackDocument(
            document as DocumentId,
            context.clock(),
            await originOf(options),
          ),
        ),
      );
    });
}

/** For the log: who it was, and why. */
async function originOf(options: OperatorOptions): Promise<ChangeOrigin> {
  return { actor: (await readOperator(options)).account, ...reasonOf(options) };
}

async function run(
  options: OperatorOptions,
  work: (opened: OpenedKnowledge, context: CommandContext) => Promise<number>,
): Promise<void> {
  process.exitCode = await runCommand(options, (context) =>
    withKnowledge(context, "write", (opened) => work(opened, context)),
  );
}

async function publish(
  documentId: DocumentId,
  options: PublishOptions,
  { storage }: OpenedKnowledge,
  context: CommandContext,
): Promise<number> {
  const versionId = await chooseVersion(storage.knowledge, documentId, options.version);
  return change("published", documentId, context, async () => {
    await storage.knowledge.publishVersion(versionId, context.clock(), await originOf(options));
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

const DONE = { published: "已发布", unpublished: "已撤下", "rolled-back": "已回退到上一版" } as const;

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
