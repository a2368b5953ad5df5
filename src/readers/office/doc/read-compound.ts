/**
 * The directory of a compound file (MS-CFB), which holds doc, xls, and the encrypted form of docx and xlsx. Only what
 * decides on the kind of file is read; chains are bounded by the file's own size.
 */
export interface CompoundEntry {
  name: string;
  size: number;
  /** Offset in the file; only for streams in the main allocation table. */
  start: number;
  /** Up to the first sector of a stream that lies in the main allocation table; empty for tiny streams. */
  head: Uint8Array;
}

const HEADER_BYTES = 512;
const DIRECTORY_ENTRY_BYTES = 128;
const MINI_STREAM_CUTOFF = 4096;
const LAST_SECTOR = 0xfffffffa;
const MAX_DIRECTORY_SECTORS = 4096;

/** Undefined when the bytes are no sound compound file. */
export function readCompound(bytes: Uint8Array): CompoundEntry[] | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return undefined;
  const sectorBytes = 1 << shift;
  const entries: CompoundEntry[] = [];
  let sector = view.getUint32(48, true);
  for (let seen = 0; sector < LAST_SECTOR && seen < MAX_DIRECTORY_SECTORS; seen += 1) {
    const start = (sector + 1) * sectorBytes;
    if (start + sectorBytes > bytes.length) break;
    for (let at = start; at < start + sectorBytes; at += DIRECTORY_ENTRY_BYTES) {
      const entry = readEntry(bytes, view, at, sectorBytes);
      if (entry) entries.push(entry);
    }
    sector = nextSector(view, sector, sectorBytes);
  }
  return entries.length === 0 ? undefined : entries;
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  sectorBytes: number,
): CompoundEntry | undefined {
  const nameBytes = view.getUint16(at + 64, true);
  if (nameBytes < 2 || nameBytes > 64) return undefined;
  const name = new TextDecoder("utf-16le").decode(bytes.subarray(at, at + nameBytes - 2));
  const size = view.getUint32(at + 120, true);
  const start = (view.getUint32(at + 116, true) + 1) * sectorBytes;
  const inMain = size >= MINI_STREAM_CUTOFF && start < bytes.length;
  return { name, size, start, head: inMain ? bytes.subarray(start, start + sectorBytes) : new Uint8Array() };
}

/** Only the 109 table sectors listed in the header: 7 MB of a file, and the directory stands early. */
function nextSector(view: DataView, sector: number, sectorBytes: number): number {
  const perTable = sectorBytes / 4;
  const slot = Math.floor(sector / perTable);
  if (slot >= 109) return LAST_SECTOR;
  const table = view.getUint32(76 + slot * 4, true);
  const at = (table + 1) * sectorBytes + (sector % perTable) * 4;
  return at + 4 <= view.byteLength ? view.getUint32(at, true) : LAST_SECTOR;
}
