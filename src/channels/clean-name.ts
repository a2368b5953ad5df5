const MAX_CHARACTERS = 120;
const FALLBACK = "未命名文件";

/** A name as somebody's browser gave it: without folders, control and formatting characters, of bounded length, its ending kept. */
export function cleanName(given: string | undefined): string {
  const base = (given ?? "").toWellFormed().normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const name = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu, "")
    .replaceAll(/[:*?"<>|\s]+/gu, " ")
    .trim()
    .replace(/^\.+/, "");
  if (name === "") return FALLBACK;
  const characters = [...name];
  if (characters.length <= MAX_CHARACTERS) return name;
  const ending = /\.[\p{L}\p{N}]{1,8}$/u.exec(name)?.[0] ?? "";
  return characters.slice(0, MAX_CHARACTERS - ending.length).join("") + ending;
}

const PICTURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x42, 0x4d],
];

/** By the first bytes; what the name says does not count. What can be done with it, its reader decides. */
export function kindOf(bytes: Uint8Array): "file" | "image" {
  const isWebp = textAt(bytes, 0) === "RIFF" && textAt(bytes, 8) === "WEBP";
  return isWebp || PICTURES.some((start) => start.every((byte, at) => bytes[at] === byte)) ? "image" : "file";
}

function textAt(bytes: Uint8Array, from: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + 4));
}
