import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";

/** A file to read, and what tells its document apart from others of the collection. */
export interface NamedSource {
  path: string;
  sourceKey: string;
}

/**
 * Files and the documents of directories. A document is known by its file name, so that a corrected file replaces the
 * one read before wherever it lies; files of the same name in one run are told apart by their folders.
 */
export async function listSourceFiles(paths: readonly string[]): Promise<NamedSource[]> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await expand(path)));
  const counts = new Map<string, number>();
  for (const path of new Set(files)) counts.set(basename(path), (counts.get(basename(path)) ?? 0) + 1);
  return [...new Set(files)].map((path) => ({
    path,
    sourceKey: ((counts.get(basename(path)) ?? 0) > 1
      ? join(basename(dirname(path)), basename(path))
      : basename(path)
    )
      .split(sep)
      .join("/")
      .normalize("NFC"),
  }));
}

async function expand(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isDirectory()) return [path];
  const { isDocumentName } = await import("../knowledge/index.ts");
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && isDocumentName(entry.name, true))
    .map((entry) => join(path, relative(path, join(entry.parentPath, entry.name))))
    .sort();
}
