import type { IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { toMegabytes } from "../unusable.ts";
import { unreachable } from "./link-errors.ts";

/** The body, unpacked. What grows beyond the limit, packed or unpacked, is cut off there. Throws AppError `unusable-input`. */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers["content-length"] ?? 0) > maxBytes) {
    response.destroy();
    throw tooLarge(maxBytes);
  }
  const body = unpack(response);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): Error {
  return unreachable("too large", `链接的内容超过 ${toMegabytes(maxBytes)} 上限，没有抓取。`);
}

function unpack(response: IncomingMessage): Readable {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return response;
  const decoder = createDecoder(encoding);
  // Errors come out of the iteration over the decoder.
  return pipeline(response, decoder, () => undefined);
}

function createDecoder(encoding: string): Transform {
  if (encoding === "gzip" || encoding === "x-gzip") return createGunzip();
  if (encoding === "deflate") return createInflate();
  if (encoding === "br") return createBrotliDecompress();
  throw unreachable(`content-encoding ${encoding}`, "网站返回的内容用了不支持的压缩方式。");
}
