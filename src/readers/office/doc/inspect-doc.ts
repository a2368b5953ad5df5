import { inspectCompound } from "../../detect/inspect-compound.ts";
import { refuse } from "../../detect/refusals.ts";
import { unusable } from "../../unusable.ts";
import { readCompound } from "./read-compound.ts";

/** MS-DOC, the file information block at the start of the stream WordDocument. */
const MAGIC = 0xa5ec;
const FLAGS_AT = 0x0a;
const ENCRYPTED = 0x0100;
const LISTS_SIZE_AT = 0x2e6;

export interface DocFacts {
  /** The document defines lists: paragraphs may have generated numbers. */
  hasLists: boolean;
}

/** What a doc says of itself before its text is read. Throws AppError `unusable-input` for locked, broken and other files. */
export function inspectDoc(bytes: Uint8Array): DocFacts {
  inspectCompound(bytes);
  const stream = readCompound(bytes)?.find(({ name }) => name === "WordDocument");
  if (!stream) return refuse("brokenCompound");
  // Very short documents lie in the container's store of small streams; such files are neither old nor locked in practice.
  if (stream.head.length < 64) return { hasLists: false };
  const view = new DataView(stream.head.buffer, stream.head.byteOffset, stream.head.byteLength);
  if (view.getUint16(0, true) !== MAGIC) {
    throw unusable(
      "Word 95 or older",
      "这是很早的 Word 版本（Word 95 或更早），无法读取。请用 Word 或 WPS 打开，另存为 .docx 后再提交。",
    );
  }
  if ((view.getUint16(FLAGS_AT, true) & ENCRYPTED) !== 0) return refuse("locked");
  // The first sector ends before this field when sectors are short; it then lies in the sector after, as streams are written.
  return { hasLists: stream.start + LISTS_SIZE_AT + 4 <= bytes.length && readSize(bytes, stream.start) > 0 };
}

function readSize(bytes: Uint8Array, start: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
    start + LISTS_SIZE_AT,
    true,
  );
}
