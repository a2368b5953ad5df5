import { writeCompound } from "./write-compound.ts";

const TEXT_AT = 2048;

export interface DocParts {
  /** `\r` ends a paragraph, `\u0007` a cell, two together a row. */
  body: string;
  footnotes?: string;
  /** Lists are defined: the size of their table. */
  listBytes?: number;
  encrypted?: boolean;
}

/** A Word 97–2003 file with its text in one Unicode piece: as much of MS-DOC as readers of text look at. */
export function writeDoc(parts: DocParts): Uint8Array {
  const footnotes = parts.footnotes ?? "";
  const text = `${parts.body}${footnotes}${footnotes === "" ? "" : "\r"}`;
  const stream = Buffer.alloc(Math.max(4096, TEXT_AT + text.length * 2 + 1024));
  stream.writeUInt16LE(0xa5ec, 0);
  stream.writeUInt16LE(0xc1, 2);
  stream.writeUInt16LE(0x0200 | (parts.encrypted ? 0x0100 : 0), 0x0a);
  stream.writeUInt32LE(TEXT_AT, 0x18);
  stream.writeUInt32LE(parts.body.length, 0x4c);
  stream.writeUInt32LE(footnotes.length, 0x50);
  stream.writeUInt32LE(parts.listBytes ?? 0, 0x2e6);
  stream.write(text, TEXT_AT, "utf16le");

  const table = Buffer.alloc(4096);
  writePieces(table, text.length);
  writeRowEnds(stream, table, text);
  stream.writeUInt32LE(0, 0x01a2);
  return writeCompound({ WordDocument: stream, "1Table": table });
}

/** One piece: characters 0 … length at TEXT_AT. */
function writePieces(table: Buffer, length: number): void {
  table.writeUInt8(2, 0);
  table.writeUInt32LE(16, 1);
  table.writeUInt32LE(0, 5);
  table.writeUInt32LE(length, 9);
  table.writeUInt32LE(TEXT_AT, 15);
}

/** Paragraph properties on page 2 of the stream: the last of several cell marks ends a row. */
function writeRowEnds(stream: Buffer, table: Buffer, text: string): void {
  const ends = [...text.matchAll(/\u0007\u0007(?!\u0007)/g)].map(({ index }) => index + 1);
  if (ends.length === 0) return;
  const bounds = ends.flatMap((end) => [TEXT_AT + end * 2, TEXT_AT + (end + 1) * 2]);
  const page = stream.subarray(1024, 1536);
  const runs = bounds.length - 1;
  page.writeUInt8(runs, 511);
  for (const [index, bound] of bounds.entries()) page.writeUInt32LE(bound, index * 4);
  const plainAt = 490;
  const rowAt = 496;
  page.set([2, 0, 0, 0], plainAt);
  // sprmPFTtp on: the paragraph is the end of a row.
  page.set([3, 0, 0, 0x17, 0x24, 1], rowAt);
  for (let run = 0; run < runs; run += 1) {
    page.writeUInt8((run % 2 === 0 ? rowAt : plainAt) / 2, bounds.length * 4 + run * 13);
  }
  const at = 512;
  stream.writeUInt32LE(at, 0x0102);
  stream.writeUInt32LE(12, 0x0106);
  table.writeUInt32LE(bounds[0] ?? 0, at);
  table.writeUInt32LE(bounds.at(-1) ?? 0, at + 4);
  table.writeUInt32LE(2, at + 8);
}
