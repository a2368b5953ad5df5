/**
 * fetch without redirects (texts and key go to the configured endpoint and nowhere else) and with a bound on the body,
 * which is read here so that the caller's signal covers it.
 */
export function createBoundedFetch(maxBodyBytes: number) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, { ...init, redirect: "error" });
    const body = await readBounded(response, maxBodyBytes);
    return new Response(response.status === 204 ? null : body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new RangeError(`the endpoint's answer is larger than ${maxBytes} bytes`);
    }
    chunks.push(value);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
