/**
 * Whether a picture's data end before its end mark: what is missing is painted grey or left white and would go unnoticed.
 * JPEG: no end mark after the last scan (a small preview in the head has one of its own). PNG: no last chunk.
 */
export function isCutShort(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xd8) {
    const scan = buffer.lastIndexOf(Buffer.from([0xff, 0xda]));
    return scan < 0 || buffer.indexOf(Buffer.from([0xff, 0xd9]), scan) < 0;
  }
  const isPng = buffer.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  return isPng && !buffer.includes("IEND");
}
