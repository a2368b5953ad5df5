const SECTOR = 512;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const TABLE = 0xfffffffd;
/** Streams from here on lie in the main allocation table; shorter ones are padded to it. */
const MIN_STREAM = 4096;

/** A compound file (MS-CFB) with streams at its root, as doc and xls files are. */
export function writeCompoundDirectory(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const names = Object.keys(streams);
  const directorySectors = Math.ceil((names.length + 1) / 4);
  const table: number[] = [TABLE];
  for (let index = 1; index <= directorySectors; index += 1) {
    table.push(index === directorySectors ? END : index + 1);
  }
  const directory = Buffer.alloc(directorySectors * SECTOR);
  writeEntry(directory, 0, "Root Entry", 5, END, 0, 1);
  const bodies: Buffer[] = [];
  for (const [index, name] of names.entries()) {
    const content = streams[name] ?? new Uint8Array();
    const body = Buffer.alloc(Math.ceil(Math.max(MIN_STREAM, content.length) / SECTOR) * SECTOR);
    body.set(content);
    const start = table.length;
    const sectors = body.length / SECTOR;
    for (let at = 1; at <= sectors; at += 1) table.push(at === sectors ? END : start + at);
    writeEntry(
      directory,
      index + 1,
      name,
      2,
      start,
      body.length,
      index + 2 <= names.length ? index + 2 : FREE,
    );
    bodies.push(body);
  }
  const allocation = Buffer.alloc(SECTOR, 0xff);
  for (const [index, next] of table.entries()) allocation.writeUInt32LE(next, index * 4);
  return new Uint8Array(Buffer.concat([writeHeader(), allocation, directory, ...bodies]));
}

function writeHeader(): Buffer {
  const header = Buffer.alloc(SECTOR);
  header.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(MIN_STREAM, 56);
  header.writeUInt32LE(END, 60);
  header.writeUInt32LE(END, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  return header;
}

function writeEntry(
  directory: Buffer,
  index: number,
  name: string,
  type: number,
  start: number,
  size: number,
  next: number,
): void {
  const at = index * 128;
  directory.write(name, at, "utf16le");
  directory.writeUInt16LE((name.length + 1) * 2, at + 64);
  directory.writeUInt8(type, at + 66);
  directory.writeUInt8(1, at + 67);
  directory.writeUInt32LE(FREE, at + 68);
  directory.writeUInt32LE(type === 5 ? FREE : next, at + 72);
  directory.writeUInt32LE(type === 5 ? next : FREE, at + 76);
  directory.writeUInt32LE(start, at + 116);
  directory.writeUInt32LE(size, at + 120);
}
