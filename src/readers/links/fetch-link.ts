import type { IncomingMessage } from "node:http";
import { DEFAULT_READ_LIMITS } from "../limits.ts";
import type { ReadLimits } from "../types.ts";
import { checkAddress } from "./check-address.ts";
import { toLinkError, unreachable } from "./link-errors.ts";
import { nameDownload } from "./name-download.ts";
import { readBody } from "./read-body.ts";
import { type ConnectionParts, requestOnce } from "./request-once.ts";

export interface FetchLinkOptions {
  /** Hosts with everything below them: `sh.gov.cn`; another port than the default as `host:8080`. Empty: nothing. */
  allowedHosts: readonly string[];
  /** Default: 50 MB unpacked, 30 s for everything. */
  limits?: Partial<Pick<ReadLimits, "maxBytes" | "maxMilliseconds">>;
}

export interface FetchedLink {
  bytes: Uint8Array;
  /** Cleaned; by the server's header or the address. */
  fileName: string;
  /** After redirects: the base of the page's links. */
  finalUrl: string;
  contentType: string;
}

const MAX_REDIRECTS = 5;
const MAX_MILLISECONDS = 30_000;

/**
 * A document from a link, never from inside the network that this runs in: every address on the way is checked against the
 * list, and what it resolves to when the connection is made. Throws AppError `forbidden` for what must not be fetched and
 * `unusable-input` for what cannot be, `retryable` when it may later.
 */
export function fetchLink(url: string, options: FetchLinkOptions): Promise<FetchedLink> {
  return fetchLinkWith(url, options, { allowsPrivateAddresses: false });
}

/** With a resolver of its own and, on wish, private addresses: for tests. */
export async function fetchLinkWith(
  address: string,
  options: FetchLinkOptions,
  parts: ConnectionParts,
): Promise<FetchedLink> {
  const maxMilliseconds = options.limits?.maxMilliseconds ?? MAX_MILLISECONDS;
  const maxBytes = options.limits?.maxBytes ?? DEFAULT_READ_LIMITS.maxBytes;
  const signal = AbortSignal.timeout(maxMilliseconds);
  let url = checkAddress(address.trim(), options.allowedHosts);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await requestOnce(url, signal, parts);
      const target = redirectTarget(response);
      if (target === undefined) return await take(url, response, maxBytes);
      response.destroy();
      url = checkAddress(target, options.allowedHosts, url);
    }
    throw unreachable("too many redirects", `链接跳转超过 ${MAX_REDIRECTS} 次，没有抓取。`);
  } catch (thrown) {
    if (signal.aborted) {
      const seconds = Math.max(1, Math.round(maxMilliseconds / 1000));
      throw unreachable("timeout", `抓取链接超过 ${seconds} 秒仍未完成，已停止。`, { retryable: true });
    }
    throw toLinkError(thrown, url.hostname);
  }
}

function redirectTarget({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? headers.location : undefined;
}

async function take(url: URL, response: IncomingMessage, maxBytes: number): Promise<FetchedLink> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    throw statusError(statusCode);
  }
  const bytes = await readBody(response, maxBytes);
  if (bytes.length === 0) throw unreachable("empty body", "链接返回的内容是空的。", { retryable: true });
  const contentType = headers["content-type"] ?? "";
  const fileName = nameDownload(url, headers["content-disposition"], contentType);
  return { bytes, fileName, finalUrl: url.href, contentType };
}

function statusError(status: number): Error {
  if (status === 404 || status === 410)
    return unreachable(`status ${status}`, `链接的页面不存在（${status}）。`);
  if (status === 401 || status === 403) {
    return unreachable(`status ${status}`, `网站不允许访问这个链接（${status}），可能需要登录。`);
  }
  if (status >= 500 || status === 429) {
    return unreachable(`status ${status}`, `网站暂时无法访问（${status}）。`, { retryable: true });
  }
  return unreachable(`status ${status}`, `网站没有给出文件（${status}），可能有访问保护。`);
}
