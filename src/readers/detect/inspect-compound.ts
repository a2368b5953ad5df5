import { type Refusal, refuse } from "./refusals.ts";

const END_OF_CHAIN = 0xfffffffe;
const ENTRY_BYTES = 128;
const MAX_DIRECTORY_SECTORS = 4_096;

/**
 * Which kind of document a compound file (CFB, the container of Office 97–2003) is, by the names in its directory.
 * Throws AppError `unusable-input` for all that are not read.
 */
export function inspectCompound(bytes: Uint8Array): "doc" {
  const names = new Set(readDirectory(bytes));
  if (names.has("EncryptedPackage") || names.has("EncryptionInfo")) return refuse("locked");
  if (names.has("WordDocument")) return "doc";
  const kind = STREAMS.find(([name]) => names.has(name))?.[1];
  return refuse(kind ?? "brokenCompound");
}

const STREAMS: readonly (readonly [stream: string, kind: Refusal])[] = [
  ["Workbook", "xls"],
  ["Book", "xls"],
  ["PowerPoint Document", "pptx"],
  ["MatOST", "wps"],
  ["CONTENTS", "wps"],
  ["WPSDocument", "wps"],
  ["__properties_version1.0", "mail"],
  ["__nameid_version1.0", "mail"],
  ["VisioDocument", "vector"],
  ["SwDocContentMgr", "vector"],
];

/** The names of all entries; those that can be reached in a file cut short. */
function readDirectory(bytes: Uint8Array): string[] {
  if (bytes.length < 512) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sectorBytes = 1 << Math.min(16, Math.max(7, view.getUint16(30, true)));
  const names: string[] = [];
  const seen = new Set<number>();
  let sector = view.getUint32(48, true);
  while (sector < END_OF_CHAIN && !seen.has(sector) && seen.size < MAX_DIRECTORY_SECTORS) {
    seen.add(sector);
    const start = (sector + 1) * sectorBytes;
    for (let at = start; at + ENTRY_BYTES <= Math.min(start + sectorBytes, bytes.length); at += ENTRY_BYTES) {
      const name = readName(view, at);
      if (name !== "") names.push(name);
    }
    sector = nextSector(view, sector, sectorBytes);
  }
  return names;
}

function readName(view: DataView, at: number): string {
  const length = Math.min(64, view.getUint16(at + 64, true));
  let name = "";
  for (let offset = 0; offset + 2 < length; offset += 2)
    name += String.fromCharCode(view.getUint16(at + offset, true));
  return name;
}

/** By the allocation table; the first 109 of its sectors are listed in the header, which is enough for 6 MB of directory. */
function nextSector(view: DataView, sector: number, sectorBytes: number): number {
  const perSector = sectorBytes / 4;
  const tableIndex = Math.floor(sector / perSector);
  if (tableIndex >= 109) return END_OF_CHAIN;
  const table = view.getUint32(76 + tableIndex * 4, true);
  const at = (table + 1) * sectorBytes + (sector % perSector) * 4;
  return at + 4 <= view.byteLength ? view.getUint32(at, true) : END_OF_CHAIN;
}
