const MAX_BYTES = 180;
const NAMELESS = "未命名";
/** Names of devices under Windows, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A file name as somebody sent it → one that is safe to store and to show: no path, control characters, marks that turn
 * the direction of writing or are invisible, characters that file systems reserve; at most 180 bytes of UTF-8 with the
 * ending kept. Never empty.
 */
export function cleanFileName(name: string): string {
  const last = name.toWellFormed().normalize("NFC").split(/[/\\]/).findLast(isNamed) ?? "";
  const readable = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\ufffd]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[.\s]+|[.\s]+$/g, "")
    .replace(DEVICE, "_$&");
  return shorten(readable === "" ? NAMELESS : readable);
}

function isNamed(part: string): boolean {
  return /[^.\s\p{Cc}\p{Cf}]/u.test(part);
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const ending = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? "";
  const room = MAX_BYTES - Buffer.byteLength(`${ending}…`);
  let kept = "";
  let size = 0;
  for (const character of name.slice(0, name.length - ending.length)) {
    size += Buffer.byteLength(character);
    if (size > room) break;
    kept += character;
  }
  return `${kept}…${ending}`;
}
