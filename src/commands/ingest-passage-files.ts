import type { IngestedPassages } from "../knowledge/index.ts";
import { toAppError } from "../shared/index.ts";
import type { OpenedKnowledge } from "./open-knowledge.ts";
import { createProgressBar } from "./progress-bar.ts";
import { type CommandContext, EXIT, toErrorJson } from "./run-command.ts";

const MEGABYTE = 1024 * 1024;

/** Reads passage files one after the other; a file that cannot be read is reported and the others go on. */
export async function ingestPassageFiles(
  files: readonly string[],
  collection: string | undefined,
  { knowledge }: OpenedKnowledge,
  context: CommandContext,
): Promise<number> {
  let exit: number = EXIT.done;
  for (const file of files) {
    const bar = await createProgressBar(context.io);
    try {
      const report = await knowledge.ingestPassages(file, {
        ...(collection !== undefined && { collection }),
        onProgress: ({ bytes, totalBytes, passages }) =>
          bar.update(
            Math.round(bytes / MEGABYTE),
            Math.max(1, Math.round(totalBytes / MEGABYTE)),
            `MB，${passages} 段`,
          ),
      });
      bar.stop();
      if (context.json) context.printJson(toJson(file, report));
      else for (const line of describe(file, report)) context.print(line);
    } catch (thrown) {
      bar.stop();
      const error = toAppError(thrown);
      if (error.code !== "unusable-input") throw error;
      exit = EXIT.unusableInput;
      if (context.json) context.printJson({ file, error: toErrorJson(error) });
      else context.io.stderr.write(`错误：${error.safeMessage}（编号 ${error.id}）\n`);
    }
  }
  return exit;
}

function toJson(file: string, { documents, passages, skipped, badLines }: IngestedPassages): object {
  const [first] = documents;
  return {
    file,
    documentId: first?.documentId,
    versionId: first?.versionId,
    outcome: first?.outcome,
    documents,
    clauses: passages,
    skipped,
    badLines,
  };
}

function describe(file: string, { documents, passages, skipped, badLines }: IngestedPassages): string[] {
  const ids = documents.map(({ documentId }) => documentId).join("、");
  const lines = [`已读入并发布 ${passages} 段  ${file} → ${ids}`];
  if (skipped > 0) lines.push(`        跳过 ${skipped} 行：`);
  lines.push(...badLines.map(({ line, reason }) => `        第 ${line} 行：${reason}`));
  if (skipped > badLines.length) lines.push(`        ……其余 ${skipped - badLines.length} 行从略`);
  return lines;
}
