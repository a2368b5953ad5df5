const SECTOR = 512;

/** A compound file (CFB) whose directory has the given entries and whose streams are empty. */
export function writeCompound(names: readonly string[]): Uint8Array {
  const entries = ["Root Entry", ...names];
  const directorySectors = Math.ceil(entries.length / 4);
  const bytes = Buffer.alloc(SECTOR * (2 + directorySectors), 0);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 0);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.fill(0xff, 76, SECTOR);
  bytes.writeUInt32LE(0, 76);
  bytes.fill(0xff, SECTOR, 2 * SECTOR);
  for (let sector = 1; sector <= directorySectors; sector += 1)
    bytes.writeUInt32LE(sector === directorySectors ? 0xfffffffe : sector + 1, SECTOR + sector * 4);
  for (const [index, name] of entries.entries()) {
    const at = 2 * SECTOR + index * 128;
    bytes.write(name, at, "utf16le");
    bytes.writeUInt16LE((name.length + 1) * 2, at + 64);
  }
  return new Uint8Array(bytes);
}
