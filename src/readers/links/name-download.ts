import { cleanFileName } from "../clean-file-name.ts";

/** The name of a download: by the server's header, else by the address; cleaned, with an ending where the type tells one. */
export function nameDownload(url: URL, disposition: string | undefined, contentType: string): string {
  const stated = disposition === undefined ? undefined : readDisposition(disposition);
  const name = cleanFileName(stated || lastSegment(url) || url.hostname.replaceAll(".", "_"));
  if (/\.[a-z0-9]{2,5}$/i.test(name)) return name;
  return name + (ENDINGS[contentType.split(";")[0]?.trim().toLowerCase() ?? ""] ?? "");
}

const ENDINGS: Readonly<Record<string, string>> = {
  "text/html": ".html",
  "application/xhtml+xml": ".html",
  "text/plain": ".txt",
  "text/csv": ".csv",
  "text/markdown": ".md",
  "application/pdf": ".pdf",
  "application/msword": ".doc",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
  "image/jpeg": ".jpg",
  "image/png": ".png",
};

function readDisposition(header: string): string | undefined {
  const extended = /filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)/i.exec(header);
  if (extended) return decodePercent(extended[2] ?? "", extended[1]);
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header);
  const value = plain?.[1]?.replace(/\\(.)/g, "$1") ?? plain?.[2];
  return value === undefined ? undefined : decodePercent(value);
}

function lastSegment(url: URL): string {
  return decodePercent(url.pathname.split("/").at(-1) ?? "");
}

/** Headers come as Latin-1 characters; servers mean UTF-8 or GBK, percent-encoded or not. */
function decodePercent(value: string, charset?: string): string {
  const unescaped = value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if ([...unescaped].some((character) => character > "\u00ff")) return unescaped;
  const bytes = Buffer.from(unescaped, "latin1");
  if (charset && /^gb/i.test(charset)) return new TextDecoder("gb18030").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
