import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { z } from "zod";
import { VectorTable } from "./vector-table.ts";

const MAGIC = "XVEC2\n";
const CHECKSUM_BYTES = 32;
const ROWS_PER_WRITE = 1024;
const LONGEST_HEADER = 1024 * 1024 * 1024;

const headerSchema = z.object({
  modelName: z.string(),
  dimensions: z.number().int().positive(),
  revision: z.number(),
  /** By slot; null is a free slot. */
  keys: z.array(z.string().nullable()),
});

export interface StoredVectors {
  table: VectorTable;
  revision: number;
  /** Names the exact content, so that a graph can be told to belong to it. */
  checksum: string;
}

/** Thrown by `readVectorFile`; `message` says why the file is not used. */
export class UnusableVectorFile extends Error {}

/** Layout: magic, header length (uint32), header JSON, rows of float32 (little endian), SHA-256 of all before. */
export async function writeVectorFile(
  path: string,
  table: VectorTable,
  about: { modelName: string; revision: number },
): Promise<string> {
  const temporary = `${path}.new`;
  const file = await open(temporary, "w");
  try {
    const hash = createHash("sha256");
    const keys: (string | null)[] = [];
    for (let slot = 0; slot < table.slotCount; slot += 1) keys.push(table.keyOf(slot) ?? null);
    const header = Buffer.from(JSON.stringify({ ...about, dimensions: table.dimensions, keys }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    await write(file, Buffer.concat([Buffer.from(MAGIC), length, header]), hash);
    for (let slot = 0; slot < table.slotCount; slot += ROWS_PER_WRITE) {
      await write(file, copyRows(table, slot), hash);
    }
    const checksum = hash.digest();
    await file.write(checksum);
    await file.sync();
    await file.close();
    await rename(temporary, path);
    return checksum.toString("hex");
  } catch (thrown) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

async function write(file: FileHandle, bytes: Buffer, hash: Hash): Promise<void> {
  hash.update(bytes);
  let done = 0;
  while (done < bytes.length) done += (await file.write(bytes, done)).bytesWritten;
}

function copyRows(table: VectorTable, first: number): Buffer {
  const count = Math.min(ROWS_PER_WRITE, table.slotCount - first);
  const rows = new Float32Array(count * table.dimensions);
  for (let row = 0; row < count; row += 1) rows.set(table.vectorAt(first + row), row * table.dimensions);
  return Buffer.from(rows.buffer);
}

/** Throws `UnusableVectorFile` when the file is missing, damaged, or of another model. */
export async function readVectorFile(
  path: string,
  expected: { modelName: string; dimensions: number },
): Promise<StoredVectors> {
  const file = await open(path, "r").catch(() => undefined);
  if (!file) throw new UnusableVectorFile("there is no file yet");
  try {
    const hash = createHash("sha256");
    const header = await readHeader(file, hash);
    if (header.modelName !== expected.modelName || header.dimensions !== expected.dimensions)
      throw new UnusableVectorFile("the file belongs to another model");
    const table = new VectorTable(header.dimensions);
    for (const key of header.keys) table.append(key ?? undefined);
    for (let slot = 0; slot < table.slotCount; slot += ROWS_PER_WRITE) {
      const count = Math.min(ROWS_PER_WRITE, table.slotCount - slot);
      const bytes = await read(file, count * table.dimensions * 4, hash);
      const rows = new Float32Array(bytes.buffer, bytes.byteOffset, count * table.dimensions);
      for (let row = 0; row < count; row += 1) {
        table.vectorAt(slot + row).set(rows.subarray(row * table.dimensions, (row + 1) * table.dimensions));
      }
    }
    const checksum = hash.digest();
    if (!(await read(file, CHECKSUM_BYTES)).equals(checksum))
      throw new UnusableVectorFile("the file is damaged");
    return { table, revision: header.revision, checksum: checksum.toString("hex") };
  } finally {
    await file.close();
  }
}

async function readHeader(file: FileHandle, hash: Hash): Promise<z.infer<typeof headerSchema>> {
  const start = await read(file, MAGIC.length + 4, hash);
  if (start.subarray(0, MAGIC.length).toString() !== MAGIC)
    throw new UnusableVectorFile("the file has another form");
  const length = start.readUInt32LE(MAGIC.length);
  const { size } = await file.stat();
  if (length > Math.min(size, LONGEST_HEADER)) throw new UnusableVectorFile("the file is damaged");
  try {
    return headerSchema.parse(JSON.parse((await read(file, length, hash)).toString()));
  } catch (cause) {
    throw new UnusableVectorFile("the file is damaged", { cause });
  }
}

/** In a buffer of its own, so that it can be read as floats. */
async function read(file: FileHandle, length: number, hash?: Hash): Promise<Buffer> {
  const bytes = Buffer.from(new ArrayBuffer(length));
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done);
    if (bytesRead === 0) throw new UnusableVectorFile("the file is cut off");
    done += bytesRead;
  }
  hash?.update(bytes);
  return bytes;
}
