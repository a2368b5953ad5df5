import { openStreams } from "./open-streams.ts";

/** Places in the file information block (MS-DOC 2.5): each is an offset in the table stream, its size follows. */
export const PARTS = {
  styles: 0xa2,
  footnoteReferences: 0xaa,
  footnoteTexts: 0xb2,
  characterPages: 0xfa,
  paragraphPages: 0x102,
  pieces: 0x1a2,
  endnoteReferences: 0x20a,
  endnoteTexts: 0x212,
  lists: 0x2e2,
  listOverrides: 0x2ea,
} as const;

/** Characters of a document's parts, which stand behind one another. */
interface Lengths {
  body: number;
  footnotes: number;
  endnotes: number;
  beforeEndnotes: number;
}

export interface WordFile {
  /** The stream WordDocument. */
  main: DataView;
  table: DataView;
  data: DataView | undefined;
  lengths: Lengths;
  /** Of the table stream; undefined when the document has none. */
  part(at: number): DataView | undefined;
}

const FLAGS_AT = 0x0a;
const SECOND_TABLE = 0x0200;

/** Throws RangeError on files that contradict themselves. */
export function openWordFile(bytes: Uint8Array): WordFile {
  const stream = openStreams(bytes);
  const main = toView(stream("WordDocument"));
  if (!main) throw new RangeError("no stream WordDocument");
  const isSecond = (main.getUint16(FLAGS_AT, true) & SECOND_TABLE) !== 0;
  const table = toView(stream(isSecond ? "1Table" : "0Table"));
  if (!table) throw new RangeError("no table stream");
  const length = (at: number) => main.getUint32(at, true);
  const [body, footnotes] = [length(0x4c), length(0x50)];
  return {
    main,
    table,
    data: toView(stream("Data")),
    lengths: {
      body,
      footnotes,
      endnotes: length(0x60),
      beforeEndnotes: body + footnotes + length(0x54) + length(0x58) + length(0x5c),
    },
    part(at) {
      const [offset, size] = [main.getUint32(at, true), main.getUint32(at + 4, true)];
      return size === 0 ? undefined : new DataView(table.buffer, table.byteOffset + offset, size);
    },
  };
}

function toView(bytes: Uint8Array | undefined): DataView | undefined {
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
