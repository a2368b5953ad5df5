import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { decodeDocument, MAX_DOCUMENT_BYTES } from "../../readers/index.ts";
import { AppError } from "../../shared/index.ts";
import { parseSidecar, type Sidecar } from "../metadata/sidecar.ts";

/** A file with its sidecar, not yet decoded: enough to see whether it changed. */
export interface SourceFile {
  path: string;
  fileName: string;
  bytes: Uint8Array;
  sidecar: { fileName: string; yaml: string } | undefined;
  /** SHA-256 over both. */
  contentHash: string;
}

/**
 * Throws AppError `unusable-input` when the file is missing, no file, too large or not readable. `maxBytes`: the reader's
 * limit; default that of plain text.
 */
export async function readSource(path: string, maxBytes = MAX_DOCUMENT_BYTES): Promise<SourceFile> {
  const bytes = await readBytes(path, maxBytes);
  const sidecar = await findSidecar(path);
  const hash = createHash("sha256").update(bytes);
  if (sidecar) hash.update("\n--- sidecar ---\n").update(sidecar.yaml);
  return { path, fileName: basename(path), bytes, sidecar, contentHash: hash.digest("hex") };
}

/** The stated metadata beside a source. Throws AppError `unusable-input` that names file and field. */
export function openSidecar({ sidecar }: SourceFile): Sidecar | undefined {
  return sidecar && parseSidecar(sidecar.yaml, sidecar.fileName);
}

/** The decoded text of a plain file and the stated metadata. Throws AppError `unusable-input`. */
export function openSource(source: SourceFile): { text: string; sidecar: Sidecar | undefined } {
  const { text } = decodeDocument(source.bytes);
  return { text, sidecar: openSidecar(source) };
}

async function readBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (!info.isFile()) throw unreadable(path, describeOther(info.isDirectory()), undefined);
    if (info.size > maxBytes) {
      throw unreadable(
        path,
        `有 ${Math.ceil(info.size / 1024 / 1024)} MB，超过 ${Math.floor(maxBytes / 1024 / 1024)} MB 上限，请拆分或只保留正文`,
        undefined,
      );
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreadable(path, describeFailure((cause as NodeJS.ErrnoException).code), cause);
  }
}

function describeOther(isDirectory: boolean): string {
  return isDirectory ? "是文件夹，请逐个给出里面的文件" : "不是普通文件，请给出文档本身";
}

function describeFailure(code: string | undefined): string {
  if (code === "ENOENT") return "不存在，请检查路径";
  if (code === "ELOOP") return "是指向自身的链接，没有内容，请给出文档本身";
  if (code === "ENAMETOOLONG") return "名称过长，请缩短后重试";
  return "无法读取，请检查权限";
}

function unreadable(path: string, reason: string, cause: unknown): AppError {
  return new AppError({
    code: "unusable-input",
    message: `cannot read ${path}: ${cause instanceof Error ? cause.message : reason}`,
    safeMessage: `文件“${path}”${reason}。`,
    cause,
  });
}

/** `规定.txt` is described by `规定.yaml` or `规定.txt.yaml`. */
export function sidecarPaths(path: string): string[] {
  const stem = path.replace(/\.[^./\\]+$/, "");
  return [...new Set([`${stem}.yaml`, `${path}.yaml`, `${stem}.yml`, `${path}.yml`])];
}

async function findSidecar(path: string): Promise<SourceFile["sidecar"]> {
  for (const candidate of sidecarPaths(path)) {
    if (candidate === path) continue;
    try {
      return { fileName: basename(candidate), yaml: await readFile(candidate, "utf8") };
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT")
        throw unreadable(candidate, "无法读取，请检查权限", cause);
    }
  }
  return undefined;
}
