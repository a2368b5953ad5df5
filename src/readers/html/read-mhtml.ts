import { decodeHtml } from "./decode-html.ts";

export interface SavedPage {
  html: string;
  url: string | undefined;
}

const MAX_PARTS = 2_000;

/** A page that a browser saved in one file (MIME multipart/related): its first HTML part. Undefined: there is none. */
export function readMhtml(bytes: Uint8Array): SavedPage | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const { headers, body } = splitHeaders(source);
  if (!headers.has("mime-version")) return undefined;
  const url = headers.get("snapshot-content-location") ?? headers.get("content-location");
  const boundary = /boundary="?([^";\s]+)"?/i.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary ? body.split(`--${boundary}`, MAX_PARTS).slice(1) : [source];
  for (const part of parts) {
    const { headers: own, body: content } = splitHeaders(part.replace(/^\r?\n/, ""));
    if (!/^text\/html|^application\/xhtml/i.test(own.get("content-type") ?? "")) continue;
    const decoded = decodePart(content, own.get("content-transfer-encoding") ?? "");
    const charset = /charset="?([\w-]+)/i.exec(own.get("content-type") ?? "")?.[1];
    const html = decodeHtml(decoded, charset);
    return { html, url: url ?? own.get("content-location") };
  }
  return undefined;
}

function splitHeaders(text: string): { headers: Map<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : "" };
}

function decodePart(content: string, encoding: string): Uint8Array {
  if (/^base64$/i.test(encoding)) return Buffer.from(content, "base64");
  if (!/^quoted-printable$/i.test(encoding)) return Buffer.from(content, "latin1");
  const joined = content.replace(/=[ \t]*\r?\n/g, "");
  const decoded = joined.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, "latin1");
}
