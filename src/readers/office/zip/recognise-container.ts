/** What the first bytes say; the name's ending is not asked. */
export type Container = "zip" | "compound" | "rtf" | "program" | "other";

const MAGIC: readonly [Container, readonly number[]][] = [
  ["zip", [0x50, 0x4b]],
  ["compound", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["rtf", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ["program", [0x4d, 0x5a]],
  ["program", [0x7f, 0x45, 0x4c, 0x46]],
];

export function recogniseContainer(bytes: Uint8Array): Container {
  return MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0] ?? "other";
}
