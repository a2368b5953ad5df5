import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { AppError, toAppError } from "../../shared/index.ts";
import { isDocumentName } from "./read-document-file.ts";
import { findUnchanged, openFile, parseSource, saveParsed } from "./save-document.ts";
import type { KnowledgeServiceOptions, Progress, SyncReport } from "./service-types.ts";

/** One transaction a document; a file that cannot be read is reported and its published version stays. */
export async function syncDirectory(
  directory: string,
  collection: string,
  onProgress: ((progress: Progress) => void) | undefined,
  options: KnowledgeServiceOptions,
): Promise<SyncReport> {
  const files = await listSources(directory, options.reader !== undefined);
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
  const source = await openFile(join(directory, file), options);
  const known = await options.store.findDocument(collection, file);
  const unchanged = known && (await findUnchanged(known.documentId, source.contentHash, options));
  if (known && unchanged && known.publishedVersionId !== null) {
    report.unchanged.push(known.documentId);
    return;
  }
  const parsed = await parseSource(source, options);
  const destination = { collection, sourceKey: file, publish: true, contentHash: source.contentHash };
  const saved = await saveParsed(parsed, destination, options);
  report[saved.outcome].push(saved.documentId);
}

/** Relative paths with `/`, sorted, the same on every system. */
async function listSources(directory: string, allFormats: boolean): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && isDocumentName(entry.name, allFormats))
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
