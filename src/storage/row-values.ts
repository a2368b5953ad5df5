import { endianness } from "node:os";

/** A value for a JSON column. Text and not `jsonb`: the same bytes come back, on both databases. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

export function fromJson<Value>(text: string): Value {
  return JSON.parse(text) as Value;
}

/** PostgreSQL refuses U+0000 in text. Its replacement is one UTF-16 unit as well, so offsets stay right. */
export function toText(value: string): string {
  return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}

export function toOptionalText(value: string | null): string | null {
  return value === null ? null : toText(value);
}

/** Always UTC with milliseconds, so instants compare as text. */
export function toInstant(at: Date): string {
  return at.toISOString();
}

/** Float32, little endian, without a header. */
export function toVectorBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.from(vector.buffer.slice(vector.byteOffset, vector.byteOffset + vector.byteLength));
  return endianness() === "BE" ? bytes.swap32() : bytes;
}

export function fromVectorBytes(bytes: Buffer): Float32Array {
  const copy = new Uint8Array(bytes);
  if (endianness() === "BE") Buffer.from(copy.buffer).swap32();
  return new Float32Array(copy.buffer);
}

/** Unsigned 32-bit numbers, little endian. */
export function toSketchBytes(sketch: readonly number[]): Buffer {
  const bytes = Buffer.alloc(sketch.length * 4);
  for (const [index, value] of sketch.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

export function fromSketchBytes(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));
}

/** Consecutive pieces of at most `size` values. */
export function* inChunks<Value>(values: Iterable<Value>, size: number): Generator<Value[]> {
  let chunk: Value[] = [];
  for (const value of values) {
    chunk.push(value);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
