import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { AppError, toAppError } from "../../shared/index.ts";
import { readSource } from "./read-source.ts";
import { findUnchanged, saveDocument } from "./save-document.ts";
import type { KnowledgeServiceOptions, Progress, SyncReport } from "./service-types.ts";

/** One transaction a document; a file that cannot be read is reported and its published version stays. */
export async function syncDirectory(
  directory: string,
  collection: string,
  onProgress: ((progress: Progress) => void) | undefined,
  options: KnowledgeServiceOptions,
): Promise<SyncReport> {
  const files = await listSources(directory);
  const report: SyncReport = { added: [], changed: [], unchanged: [], removed: [], failed: [] };
  for (const [index, file] of files.entries()) {
    onProgress?.({ done: index, total: files.length, file });
    try {
      await syncFile(directory, file, collection, report, options);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code !== "unusable-input") throw error;
      report.failed.push({ file, error });
      options.logger.warn({ file, reason: error.message, errorId: error.id }, "document skipped");
    }
  }
  report.removed = await options.store.withdrawMissing(collection, new Set(files), options.clock());
  onProgress?.({ done: files.length, total: files.length, file: "" });
  return report;
}

async function syncFile(
  directory: string,
  file: string,
  collection: string,
  report: SyncReport,
  options: KnowledgeServiceOptions,
): Promise<void> {
  const source = await readSource(join(directory, file));
  const known = await options.store.findDocument(collection, file);
  const unchanged = known && (await findUnchanged(known.documentId, source.contentHash, options));
  if (known && unchanged && known.publishedVersionId !== null) {
    report.unchanged.push(known.documentId);
    return;
  }
  const saved = await saveDocument(source, { collection, sourceKey: file, publish: true }, options);
  report[saved.outcome].push(saved.documentId);
}

const SOURCE = /\.(?:txt|md)$/i;

/** Relative paths with `/`, sorted, the same on every system. */
async function listSources(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && SOURCE.test(entry.name) && !/^(?:\.|readme)/i.test(entry.name))
      .map((entry) =>
        relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/").normalize("NFC"),
      )
      .sort();
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot list ${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
      safeMessage: `目录“${directory}”不存在或无法读取。请检查路径和权限。`,
      cause,
    });
  }
}
