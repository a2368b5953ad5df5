const HEADERS_END = Buffer.from("\r\n\r\n");

/** Parts by name. Unlike a browser's form data, a part without a file name may hold any bytes, as the platform takes them. */
export function readMultipart(body: Buffer, contentType: string): Map<string, Uint8Array> {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ""}`);
  const parts = new Map<string, Uint8Array>();
  // The first delimiter has no line end before it.
  const whole = Buffer.concat([Buffer.from("\r\n"), body]);
  for (let start = whole.indexOf(delimiter); start !== -1; ) {
    const from = start + delimiter.length;
    const end = whole.indexOf(delimiter, from);
    if (end === -1) break;
    const part = whole.subarray(from, end);
    const headersEnd = part.indexOf(HEADERS_END);
    const name = /name="([^"]+)"/.exec(part.subarray(0, headersEnd).toString("utf8"))?.[1];
    if (headersEnd !== -1 && name) parts.set(name, part.subarray(headersEnd + HEADERS_END.length));
    start = end;
  }
  return parts;
}
