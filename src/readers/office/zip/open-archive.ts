import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { AppError } from "../../../shared/index.ts";
import type { ReadLimits } from "../../types.ts";
import { unusable } from "../../unusable.ts";

/** The parts of an OPC package (docx, xlsx). Nothing is written to disk, names only select parts. */
export interface Archive {
  /** As stored, with `/` between folders. */
  names: readonly string[];
  /** Names are compared without regard to case, as OPC asks. */
  has(name: string): boolean;
  /**
   * Undefined when there is no such part. What is unpacked counts against `limits.maxUnpackedBytes`, over all parts.
   * Throws AppError `unusable-input` from the stream when the limit is passed or the data are broken.
   */
  open(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
}

const MAX_ENTRIES = 10_000;
/** Office XML packs about 10:1, spreadsheets of like cells 60:1; deflate itself ends near 1,030:1. */
const MAX_RATIO = 150;
const RATIO_COUNTS_FROM = 32 * 1024 * 1024;

/** Opens and checks a package; throws AppError `unusable-input` for everything that is not a plain, sound archive. */
export async function openArchive(
  bytes: Uint8Array,
  limits: Pick<ReadLimits, "maxUnpackedBytes">,
): Promise<Archive> {
  const zip = await openZip(bytes);
  const entries = await listEntries(zip, limits.maxUnpackedBytes);
  let unpacked = 0;

  async function* count(stream: Readable): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of stream) {
        unpacked += chunk.length;
        if (unpacked > limits.maxUnpackedBytes) throw tooLarge(limits.maxUnpackedBytes);
        yield chunk;
      }
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : brokenArchive(thrown);
    } finally {
      stream.destroy();
    }
  }

  return {
    names: [...entries.values()].map(({ fileName }) => fileName),
    has: (name) => entries.has(toKey(name)),
    async open(name) {
      const entry = entries.get(toKey(name));
      if (!entry) return undefined;
      try {
        return count(await zip.openReadStreamPromise(entry));
      } catch (thrown) {
        throw brokenArchive(thrown);
      }
    },
  };
}

async function openZip(bytes: Uint8Array): Promise<yauzl.ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await yauzl.fromBufferPromise(buffer, { autoClose: false });
  } catch (thrown) {
    throw brokenArchive(thrown);
  }
}

async function listEntries(zip: yauzl.ZipFile, maxBytes: number): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > MAX_ENTRIES) {
    throw unusable(
      `archive of ${zip.entryCount} entries`,
      `文件内部有 ${zip.entryCount} 个部件，不像正常的文档。请用 Word 或 WPS 打开后另存为新文件再上传。`,
    );
  }
  const entries = new Map<string, yauzl.Entry>();
  let declared = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      checkEntry(entry, entries);
      declared += entry.uncompressedSize;
      if (declared > maxBytes) throw tooLarge(maxBytes);
      entries.set(toKey(entry.fileName), entry);
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (thrown instanceof Error && /relative path|absolute path|invalid characters/.test(thrown.message)) {
      throw oddName(thrown.message);
    }
    throw brokenArchive(thrown);
  }
  return entries;
}

function checkEntry(entry: yauzl.Entry, seen: ReadonlyMap<string, unknown>): void {
  if (entry.isEncrypted()) {
    throw unusable("encrypted archive entries", "文件是加密的压缩包，无法读取。请解除密码后重新上传。");
  }
  if (seen.has(toKey(entry.fileName)) || entry.fileName.includes("\0")) throw oddName(entry.fileName);
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  if (entry.uncompressedSize > RATIO_COUNTS_FROM && ratio > MAX_RATIO) {
    throw unusable(
      `compression ratio ${Math.round(ratio)} of ${entry.fileName}`,
      "文件解压后膨胀得异常大（疑似“压缩炸弹”），已拒绝读取。请确认来源；若是正常文档，请用 Word 或 WPS 另存为新文件再上传。",
    );
  }
}

function toKey(name: string): string {
  return name.toLowerCase();
}

function oddName(detail: string): AppError {
  return unusable(
    `odd entry name: ${detail}`,
    "文件内部的部件名称异常（重复或含有跳出目录的路径），已拒绝读取。请用 Word 或 WPS 打开原件另存为新文件再上传。",
  );
}

function tooLarge(maxBytes: number): AppError {
  return unusable(
    `more than ${maxBytes} bytes unpacked`,
    `文件解压后超过 ${Math.floor(maxBytes / 1024 / 1024)} MB 上限，已停止读取。请删去图片或拆成几个文件后再上传。`,
  );
}

function brokenArchive(cause: unknown): AppError {
  return unusable(
    "broken archive",
    "文件已损坏或没有传完整，无法打开。请用 Word 或 WPS 打开原件确认无误，另存后重新上传。",
    cause,
  );
}
