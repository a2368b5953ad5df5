import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Segment } from "./segment.ts";
import {
  CHECKED_FROM,
  checksum,
  describeSegment,
  eachArray,
  MAGIC,
  PRELUDE_BYTES,
  padding,
  readSegment,
  SNAPSHOT_FORMAT,
  type SnapshotHeader,
} from "./snapshot-format.ts";

export interface Snapshot {
  header: Omit<SnapshotHeader, "segments" | "format">;
  segments: Segment[];
}

export type SnapshotReading =
  | { outcome: "read"; snapshot: Snapshot }
  | { outcome: "missing" }
  /** Damaged, cut off, of another format or made with another dictionary. */
  | { outcome: "unusable"; reason: string };

/** Between two of them others have their turn. */
const CHUNK_BYTES = 1 << 24;

export async function readSnapshot(path: string, fingerprint: string): Promise<SnapshotReading> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return { outcome: "missing" };
    return { outcome: "unusable", reason: String(thrown) };
  }
  try {
    return decodeSnapshot(await readWhole(file), fingerprint);
  } catch (thrown) {
    return { outcome: "unusable", reason: String(thrown) };
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle): Promise<ArrayBuffer> {
  const { size } = await file.stat();
  const buffer = new ArrayBuffer(size);
  let position = 0;
  while (position < size) {
    const length = Math.min(CHUNK_BYTES, size - position);
    const { bytesRead } = await file.read(new Uint8Array(buffer, position, length), 0, length, position);
    if (bytesRead === 0) throw new RangeError("the file ended early");
    position += bytesRead;
  }
  return buffer;
}

function decodeSnapshot(buffer: ArrayBuffer, fingerprint: string): SnapshotReading {
  const unusable = (reason: string): SnapshotReading => ({ outcome: "unusable", reason });
  if (buffer.byteLength < PRELUDE_BYTES) return unusable("too short");
  const bytes = Buffer.from(buffer);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return unusable("not a snapshot");
  if (checksum(bytes.subarray(CHECKED_FROM), 0) !== bytes.readUInt32LE(8))
    return unusable("checksum differs");
  const headerEnd = PRELUDE_BYTES + bytes.readUInt32LE(CHECKED_FROM);
  const header: SnapshotHeader = JSON.parse(bytes.toString("utf8", PRELUDE_BYTES, headerEnd));
  if (header.format !== SNAPSHOT_FORMAT) return unusable(`format ${header.format}`);
  if (header.fingerprint !== fingerprint) return unusable("made with another dictionary or tokenizer");
  const { segments: entries, format: _format, ...rest } = header;
  let position = headerEnd + padding(headerEnd);
  const segments = entries.map((entry) => {
    const { segment, end } = readSegment(buffer, position, entry);
    position = end;
    return segment;
  });
  return { outcome: "read", snapshot: { header: rest, segments } };
}

/**
 * Atomic: readers see the old file or the new one, also after a crash. The snapshot must not change meanwhile; `signal` gives
 * up between two pieces, by throwing its reason.
 */
export async function writeSnapshot(path: string, snapshot: Snapshot, signal?: AbortSignal): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await removeLeftovers(path);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      await writeContents(file, snapshot, signal);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** Half-written files of processes that were killed. */
async function removeLeftovers(path: string): Promise<void> {
  const directory = dirname(path);
  for (const name of await readdir(directory)) {
    const owner = /^(.+)\.(\d+)\.tmp$/.exec(name);
    if (owner?.[1] === basename(path) && !isRunning(Number(owner[2]))) {
      await rm(join(directory, name), { force: true });
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function writeContents(
  file: FileHandle,
  { header, segments }: Snapshot,
  signal: AbortSignal | undefined,
): Promise<void> {
  const full: SnapshotHeader = {
    ...header,
    format: SNAPSHOT_FORMAT,
    segments: segments.map(describeSegment),
  };
  const json = Buffer.from(JSON.stringify(full), "utf8");
  const prelude = Buffer.alloc(PRELUDE_BYTES);
  MAGIC.copy(prelude);
  prelude.writeUInt32LE(json.length, CHECKED_FROM);
  let position = 0;
  let sum = checksum(prelude.subarray(CHECKED_FROM), 0);
  const write = async (bytes: Uint8Array, isChecked = true): Promise<void> => {
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      signal?.throwIfAborted();
      const chunk = bytes.subarray(start, start + CHUNK_BYTES);
      await writeAll(file, chunk, position);
      position += chunk.length;
      if (isChecked) sum = checksum(chunk, sum);
    }
  };
  await write(prelude, false);
  await write(json);
  await write(Buffer.alloc(padding(position)));
  for (const segment of segments) {
    for (const array of eachArray(segment)) {
      await write(array);
      await write(Buffer.alloc(padding(array.byteLength)));
    }
  }
  prelude.writeUInt32LE(sum, 8);
  await writeAll(file, prelude, 0);
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await file.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}
