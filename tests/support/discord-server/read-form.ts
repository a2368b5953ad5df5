import type { UploadedPart } from "./platform.ts";
import type { Json } from "./world.ts";

const HEADERS_END = Buffer.from("\r\n\r\n");

/** A body as the platform reads it: JSON, or `payload_json` beside `files[n]`. Undefined: neither. */
export function readForm(
  raw: Buffer,
  contentType: string,
): { body: Json; files: Map<number, UploadedPart> } | undefined {
  const files = new Map<number, UploadedPart>();
  if (raw.length === 0) return { body: {}, files };
  if (!contentType.startsWith("multipart/form-data")) {
    const body = parse(raw.toString("utf8"));
    return body && { body, files };
  }
  let body: Json | undefined = {};
  for (const { headers, content } of splitParts(raw, contentType)) {
    const name = /[; ]name="([^"]+)"/.exec(headers)?.[1] ?? "";
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (name === "payload_json") body = parse(content.toString("utf8"));
    if (index === undefined) continue;
    const filename = /filename="([^"]*)"/.exec(headers)?.[1] ?? "unknown";
    const type = /content-type: *([^\r\n]+)/i.exec(headers)?.[1] ?? "application/octet-stream";
    files.set(Number(index), { filename, contentType: type, bytes: new Uint8Array(content) });
  }
  return body && { body, files };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function* splitParts(body: Buffer, contentType: string): Generator<{ headers: string; content: Buffer }> {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ""}`);
  // The first delimiter has no line end before it.
  const whole = Buffer.concat([Buffer.from("\r\n"), body]);
  for (let start = whole.indexOf(delimiter); start !== -1; ) {
    const from = start + delimiter.length;
    const end = whole.indexOf(delimiter, from);
    if (end === -1) return;
    const part = whole.subarray(from, end);
    const split = part.indexOf(HEADERS_END);
    if (split !== -1)
      yield {
        headers: part.subarray(0, split).toString("utf8"),
        content: part.subarray(split + HEADERS_END.length),
      };
    start = end;
  }
}
