import { forbidden } from "./link-errors.ts";

const MAX_LENGTH = 2_048;
const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

/**
 * The address of a link that may be fetched: http(s), a host of the list or below it, no other port than the default
 * unless the list names it (`host:8080`), no credentials. Numbers in other notations (`0x7f.1`) and names in Chinese are
 * brought into one form by the URL parser, on both sides. Throws AppError `forbidden`.
 */
export function checkAddress(address: string, allowedHosts: readonly string[], base?: URL): URL {
  if (address.length > MAX_LENGTH || !URL.canParse(address, base?.href)) {
    throw forbidden("no URL", "链接不完整或格式不对。请从浏览器地址栏复制以 http 开头的完整链接。");
  }
  const url = new URL(address, base);
  if (!(url.protocol in DEFAULT_PORTS)) {
    throw forbidden(
      `scheme ${url.protocol}`,
      "只能抓取 http 或 https 开头的链接。请检查链接，或直接提交文件。",
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw forbidden(
      "credentials",
      "链接里带有用户名或密码，为安全起见不抓取。请去掉后重试，或直接提交文件。",
    );
  }
  if (!allowedHosts.some((entry) => isAllowed(url, entry))) {
    const port = url.port === "" ? "" : `:${url.port}`;
    throw forbidden(
      `host ${url.host}`,
      `“${trimDot(url.hostname)}${port}”不在允许抓取的网站名单里。请直接提交文件，或请管理员把该网站加入名单。`,
    );
  }
  return url;
}

function isAllowed(url: URL, entry: string): boolean {
  const allowed = parseEntry(entry, url.protocol);
  if (!allowed || allowed.port !== portOf(url)) return false;
  const host = trimDot(url.hostname);
  return host === allowed.host || host.endsWith(`.${allowed.host}`);
}

/** `sh.gov.cn`, `*.sh.gov.cn`, `host:8080`, `[2606::1]:8080`. */
function parseEntry(entry: string, protocol: string): { host: string; port: string } | undefined {
  const written = `${protocol}//${entry.trim().replace(/^\*?\./, "")}`;
  if (entry.trim() === "" || entry.includes("/") || !URL.canParse(written)) return undefined;
  const url = new URL(written);
  return { host: trimDot(url.hostname), port: portOf(url) };
}

function portOf(url: URL): string {
  return url.port === "" ? (DEFAULT_PORTS[url.protocol] ?? "") : url.port;
}

/** `host.` is `host` to the resolver. */
function trimDot(host: string): string {
  return host.replace(/\.+$/, "");
}
