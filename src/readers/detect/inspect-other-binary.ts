import { type Refusal, refuse } from "./refusals.ts";

const REFUSED_EXTENSIONS: Readonly<Record<string, Refusal>> = {
  exe: "program",
  elf: "program",
  macho: "program",
  class: "program",
  wasm: "program",
  lnk: "shortcut",
  zip: "archive",
  rar: "archive",
  "7z": "archive",
  gz: "archive",
  "tar.gz": "archive",
  bz2: "archive",
  xz: "archive",
  tar: "archive",
  zst: "archive",
  lz: "archive",
  lz4: "archive",
  Z: "archive",
  cab: "archive",
  arj: "archive",
  ar: "archive",
  deb: "disk",
  rpm: "disk",
  dmg: "disk",
  iso: "disk",
  apk: "disk",
  rtf: "rtf",
  heic: "heic",
  heif: "heic",
  tif: "otherImage",
  psd: "vector",
  eps: "vector",
  ps: "vector",
  ai: "vector",
  dwg: "vector",
  sqlite: "database",
  epub: "epub",
  eml: "mail",
};

const READ_IMAGES: ReadonlySet<string> = new Set(["png", "jpg", "gif", "webp", "bmp"]);

/**
 * Binary content that is neither PDF nor an Office container, told by `file-type`. Undefined: it does not know it either.
 * Throws AppError `unusable-input` for all that are not read.
 */
export async function inspectOtherBinary(bytes: Uint8Array): Promise<"image" | undefined> {
  const { fileTypeFromBuffer } = await import("file-type");
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!found || found.ext === "xml") return undefined;
  if (READ_IMAGES.has(found.ext)) return "image";
  const refusal = REFUSED_EXTENSIONS[found.ext] ?? refusalByType(found.mime);
  return refusal ? refuse(refusal, `.${found.ext}`) : undefined;
}

function refusalByType(mime: string): Refusal | undefined {
  if (/^(?:audio|video)\//.test(mime)) return "media";
  if (mime.startsWith("image/")) return "otherImage";
  if (mime.startsWith("font/")) return "unknown";
  return undefined;
}

/** Kinds that `file-type` does not know. */
export function refuseSpecialHeads(bytes: Uint8Array): void {
  const head = Buffer.from(bytes.subarray(0, 512)).toString("latin1");
  if (/^(?:CAJ\0|HN\0\0|KDH |\xc8\0\0\0|NH\0\0)/.test(head)) refuse("caj");
  if (head.startsWith("%TSD-Header-###%") || head.includes("E-SafeNet")) refuse("guarded");
  if (head.startsWith("{\\rtf")) refuse("rtf");
  if (/^MZ/.test(head) && bytes.includes(0)) refuse("program");
}
