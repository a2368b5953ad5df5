import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { useAgent } from "request-filtering-agent";

export interface ConnectionParts {
  /** Names → addresses; the system's when absent. */
  lookup?: LookupFunction;
  /** For tests on a local server. */
  allowsPrivateAddresses: boolean;
}

const HEADERS = {
  accept:
    "text/html,application/pdf,application/msword,application/vnd.openxmlformats-officedocument.*,*/*;q=0.8",
  "accept-language": "zh-CN,zh;q=0.9",
  "accept-encoding": "gzip, deflate, br",
  "user-agent": "Mozilla/5.0 (compatible; Xiance)",
};

/**
 * One exchange, redirects not followed. The agent checks the address that the name resolves to, at the moment of
 * connecting: loopback, private, link-local, carrier-grade NAT, multicast, unique-local, mapped and reserved ones fail.
 */
export function requestOnce(url: URL, signal: AbortSignal, parts: ConnectionParts): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  const agent = useAgent(url.href, { allowPrivateIPAddress: parts.allowsPrivateAddresses, keepAlive: false });
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      agent,
      signal,
      headers: HEADERS,
      ...(parts.lookup && { lookup: parts.lookup }),
    });
    outgoing.on("response", resolve);
    outgoing.on("error", reject);
    outgoing.end();
  });
}
