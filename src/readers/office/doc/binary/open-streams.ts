const LAST_SECTOR = 0xfffffffa;
const DIRECTORY_ENTRY_BYTES = 128;
const ROOT = 5;

export type StreamName = "WordDocument" | "0Table" | "1Table" | "Data";

/** Whole streams of a compound file (MS-CFB). Throws RangeError on files that contradict themselves. */
export function openStreams(bytes: Uint8Array): (name: StreamName) => Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorBytes = 1 << view.getUint16(30, true);
  const miniBytes = 1 << view.getUint16(32, true);
  const cutoff = view.getUint32(56, true);
  const table = readAllocation(view, sectorBytes);
  const next = (sector: number): number => table[sector] ?? LAST_SECTOR;
  const readChain = (first: number): Uint8Array =>
    concat(
      followChain(first, next, bytes.length / sectorBytes).map((sector) =>
        bytes.subarray((sector + 1) * sectorBytes, (sector + 2) * sectorBytes),
      ),
    );
  const entries = readDirectory(readChain(view.getUint32(48, true)));
  const root = entries.find(({ type }) => type === ROOT);
  const mini = readChain(root?.start ?? LAST_SECTOR);
  const miniTable = toNumbers(readChain(view.getUint32(60, true)));
  return (name) => {
    const entry = entries.find((one) => one.name === name);
    if (!entry) return undefined;
    if (entry.size >= cutoff) return readChain(entry.start).subarray(0, entry.size);
    const sectors = followChain(
      entry.start,
      (sector) => miniTable[sector] ?? LAST_SECTOR,
      bytes.length / miniBytes,
    );
    const parts = sectors.map((sector) => mini.subarray(sector * miniBytes, (sector + 1) * miniBytes));
    return concat(parts).subarray(0, entry.size);
  };
}

/** The sectors of the allocation table: 109 in the header, further ones in a chain of their own. */
function readAllocation(view: DataView, sectorBytes: number): Uint32Array {
  const perSector = sectorBytes / 4;
  const places: number[] = [];
  for (let slot = 0; slot < 109; slot += 1) places.push(view.getUint32(76 + slot * 4, true));
  let more = view.getUint32(68, true);
  for (let seen = 0; more < LAST_SECTOR && seen < view.byteLength / sectorBytes; seen += 1) {
    const at = (more + 1) * sectorBytes;
    for (let slot = 0; slot < perSector - 1; slot += 1) places.push(view.getUint32(at + slot * 4, true));
    more = view.getUint32(at + sectorBytes - 4, true);
  }
  const used = places.filter((place) => place < LAST_SECTOR && (place + 2) * sectorBytes <= view.byteLength);
  const table = new Uint32Array(used.length * perSector);
  for (const [index, place] of used.entries()) {
    for (let slot = 0; slot < perSector; slot += 1) {
      table[index * perSector + slot] = view.getUint32((place + 1) * sectorBytes + slot * 4, true);
    }
  }
  return table;
}

/** A chain that is longer than the file goes in circles. */
function followChain(first: number, next: (sector: number) => number, longest: number): number[] {
  const sectors: number[] = [];
  for (let sector = first; sector < LAST_SECTOR; sector = next(sector)) {
    if (sectors.length > longest) throw new RangeError("a chain of sectors without an end");
    sectors.push(sector);
  }
  return sectors;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toNumbers(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
}

function readDirectory(bytes: Uint8Array): { name: string; type: number; start: number; size: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = [];
  for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= bytes.length; at += DIRECTORY_ENTRY_BYTES) {
    const nameBytes = view.getUint16(at + 64, true);
    if (nameBytes < 2 || nameBytes > 64) continue;
    entries.push({
      name: new TextDecoder("utf-16le").decode(bytes.subarray(at, at + nameBytes - 2)),
      type: view.getUint8(at + 66),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    });
  }
  return entries;
}
