/** What the first bytes tell without a doubt. */
export type Signature = "pdf" | "zip" | "compound" | "image" | "archive";

const MAGIC: readonly { magic: readonly number[]; signature: Signature }[] = [
  { magic: [0x25, 0x50, 0x44, 0x46], signature: "pdf" },
  { magic: [0x50, 0x4b, 0x03, 0x04], signature: "zip" },
  { magic: [0x50, 0x4b, 0x05, 0x06], signature: "zip" },
  { magic: [0xd0, 0xcf, 0x11, 0xe0], signature: "compound" },
  { magic: [0x89, 0x50, 0x4e, 0x47], signature: "image" },
  { magic: [0xff, 0xd8, 0xff], signature: "image" },
  { magic: [0x47, 0x49, 0x46, 0x38], signature: "image" },
  { magic: [0x1f, 0x8b], signature: "archive" },
  { magic: [0x52, 0x61, 0x72, 0x21], signature: "archive" },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], signature: "archive" },
];

const NAMES: Readonly<Record<Signature, string>> = {
  pdf: "PDF 文件",
  zip: "Word/Excel/WPS（docx、xlsx）或压缩文件",
  compound: "旧版 Office（doc、xls）或 WPS 文件",
  image: "图片",
  archive: "压缩文件",
};

export function findSignature(bytes: Uint8Array): Signature | undefined {
  return MAGIC.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte))?.signature;
}

export function describeSignature(signature: Signature): string {
  return NAMES[signature];
}
