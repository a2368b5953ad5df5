/**
 * fetch without redirects (texts and key go to the configured endpoint and nowhere else) and with a bound on the body,
 * which is read here so that the caller's signal covers it. A stream of events is passed on as it comes, in the same bound.
 */
export function createBoundedFetch(maxBodyBytes: number) {
  return async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, { ...init, redirect: "error" });
    const { status, statusText, headers } = response;
    const isStream = headers.get("content-type")?.startsWith("text/event-stream") ?? false;
    if (isStream && response.body)
      return new Response(response.body.pipeThrough(countBytes(maxBodyBytes)), {
        status,
        statusText,
        headers,
      });
    const body = await readBounded(response, maxBodyBytes);
    return new Response(status === 204 ? null : body, { status, statusText, headers });
  };
}

function countBytes(maxBytes: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) controller.error(tooLarge(maxBytes));
      else controller.enqueue(chunk);
    },
  });
}

function tooLarge(maxBytes: number): RangeError {
  return new RangeError(`the endpoint's answer is larger than ${maxBytes} bytes`);
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
      throw tooLarge(maxBytes);
    }
    chunks.push(value);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
