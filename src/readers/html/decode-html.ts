const META_HEAD = 4_096;

/**
 * Bytes of a web page → text. Pages often name a wrong encoding, so that validity decides first: a byte order mark, then
 * strict UTF-8, then what the page says, then GB18030. Never throws: a few broken characters do not cost the page.
 */
export function decodeHtml(bytes: Uint8Array, sentAs?: string): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decode(bytes, "utf-16be");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const name = toDecoderName(readStatedCharset(bytes) ?? sentAs);
    const text = decode(bytes, name);
    return name === "utf-8" && isMostlyBroken(text) ? decode(bytes, "gb18030") : text;
  }
}

/** Of the characters beyond ASCII: more that are broken show that the page is not what it says. */
const MAX_BROKEN = 0.05;

function isMostlyBroken(text: string): boolean {
  const beyond = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  return (text.match(/\ufffd/g)?.length ?? 0) > MAX_BROKEN * beyond;
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function readStatedCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, META_HEAD)).toString("latin1");
  return (
    /charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? /^<\?xml[^>]*encoding="([\w-]+)"/.exec(head)?.[1]
  );
}

/** GB 2312 and GBK are parts of GB18030. A page that says UTF-8 and is not mostly has a broken character or two. */
function toDecoderName(stated: string | undefined): string {
  const name = (stated ?? "gb18030").toLowerCase();
  if (/^(?:gb|x-gbk|chinese|cp936|windows-936)/.test(name)) return "gb18030";
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return "gb18030";
  }
}
