import { PARTS, type WordFile } from "./word-file.ts";

interface Piece {
  from: number;
  to: number;
  /** In the stream, bytes. */
  at: number;
  isNarrow: boolean;
}

export interface Characters {
  text: string;
  /** Where a character is stored in the stream: properties are noted by that. */
  offsetOf(position: number): number;
}

const PIECE_BYTES = 8;
const NARROW = 0x40000000;
const MAX_CHARACTERS = 20_000_000;

/** The text of all parts of the document, put together from its pieces (MS-DOC 2.4.1). */
export function readCharacters(file: WordFile): Characters {
  const pieces = readPieces(file);
  const parts = pieces.map(({ from, to, at, isNarrow }) => {
    const bytes = new Uint8Array(
      file.main.buffer,
      file.main.byteOffset + at,
      (to - from) * (isNarrow ? 1 : 2),
    );
    return new TextDecoder(isNarrow ? "windows-1252" : "utf-16le", { ignoreBOM: true }).decode(bytes);
  });
  let last: Piece | undefined;
  return {
    text: parts.join(""),
    offsetOf(position) {
      if (!last || position < last.from || position >= last.to) {
        last = pieces.find(({ from, to }) => position >= from && position < to);
      }
      return last ? last.at + (position - last.from) * (last.isNarrow ? 1 : 2) : -1;
    },
  };
}

function readPieces(file: WordFile): Piece[] {
  const view = file.part(PARTS.pieces);
  if (!view) throw new RangeError("no pieces");
  let at = 0;
  // Properties of pieces that were saved in haste stand before the table.
  while (view.getUint8(at) === 1) at += 3 + view.getUint16(at + 1, true);
  const size = view.getUint32(at + 1, true);
  const count = Math.floor((size - 4) / (4 + PIECE_BYTES));
  const [positions, entries] = [at + 5, at + 5 + (count + 1) * 4];
  const pieces: Piece[] = [];
  for (let index = 0; index < count; index += 1) {
    const from = view.getUint32(positions + index * 4, true);
    const to = view.getUint32(positions + index * 4 + 4, true);
    if (to < from || to > MAX_CHARACTERS) throw new RangeError("pieces out of order");
    const place = view.getUint32(entries + index * PIECE_BYTES + 2, true);
    const isNarrow = (place & NARROW) !== 0;
    pieces.push({ from, to, at: isNarrow ? (place & 0x3fffffff) / 2 : place & 0x3fffffff, isNarrow });
  }
  return pieces;
}
