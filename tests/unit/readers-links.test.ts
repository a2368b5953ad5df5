import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { fetchLink } from "../../src/readers/index.ts";
import { type FetchLinkOptions, fetchLinkWith } from "../../src/readers/links/fetch-link.ts";
import { AppError } from "../../src/shared/index.ts";
import { encodeGb18030 } from "../support/gb18030.ts";

const HOST = "kj.yunchuan.gov.cn";
const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Every name is at this address. */
const resolveTo =
  (address: string): LookupFunction =>
  (_host, options, done) => {
    const family = address.includes(":") ? 6 : 4;
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };

const local = { lookup: resolveTo("127.0.0.1"), allowsPrivateAddresses: true };
const fetchLocal = (url: string, port: number, limits?: FetchLinkOptions["limits"]) =>
  fetchLinkWith(url, { allowedHosts: [`yunchuan.gov.cn:${port}`], ...(limits && { limits }) }, local);

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.catch((error: unknown) => error);
  if (thrown instanceof AppError) return thrown;
  throw new Error(`no AppError: ${JSON.stringify(thrown)}`);
}

describe("fetchLink", () => {
  it("fetches a file, with its name, type and final address", async () => {
    const port = await serve((request, response) => {
      if (request.url === "/old") {
        response.writeHead(302, { location: "/attach/%E9%80%9A%E7%9F%A5.pdf?a=1" }).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF-1.7");
    });
    const fetched = await fetchLocal(`http://${HOST}:${port}/old`, port);
    expect(Buffer.from(fetched.bytes).toString()).toBe("%PDF-1.7");
    expect(fetched).toMatchObject({
      fileName: "通知.pdf",
      finalUrl: `http://${HOST}:${port}/attach/%E9%80%9A%E7%9F%A5.pdf?a=1`,
      contentType: "application/pdf",
    });
  });

  it.each([
    [
      "UTF-8 as such",
      Buffer.from('attachment; filename="申报指南.docx"', "utf8").toString("latin1"),
      "申报指南.docx",
    ],
    [
      "GBK as such",
      `attachment; filename=${Buffer.from(encodeGb18030("申报指南.docx")).toString("latin1")}`,
      "申报指南.docx",
    ],
    ["percent signs", "attachment; filename=%E6%8C%87%E5%8D%97.docx", "指南.docx"],
    ["filename*", "attachment; filename=\"x.docx\"; filename*=UTF-8''%E6%8C%87%E5%8D%97.docx", "指南.docx"],
    ["a path", 'attachment; filename="../../etc/passwd"', "passwd.pdf"],
    ["a turned name", "attachment; filename*=UTF-8''%E2%80%AEfdp.exe", "fdp.exe"],
    ["nothing", "attachment", "down.pdf"],
  ])("takes the file name from the header: %s", async (_, disposition, fileName) => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf", "content-disposition": disposition });
      response.end("%PDF");
    });
    expect((await fetchLocal(`http://${HOST}:${port}/down`, port)).fileName).toBe(fileName);
  });

  it("unpacks", async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
      response.end(gzipSync("<html>通知</html>"));
    });
    const fetched = await fetchLocal(`http://${HOST}:${port}/`, port);
    expect(Buffer.from(fetched.bytes).toString()).toBe("<html>通知</html>");
    expect(fetched.fileName).toBe("kj_yunchuan_gov_cn.html");
  });

  it.each([
    ["ftp://kj.yunchuan.gov.cn/a", /http 或 https/],
    ["file:///etc/passwd", /http 或 https/],
    ["javascript:alert(1)", /http 或 https/],
    ["通知", /完整链接/],
    ["http://", /完整链接/],
    [`http://kj.yunchuan.gov.cn/${"a".repeat(3000)}`, /完整链接/],
    ["http://admin:secret@kj.yunchuan.gov.cn/", /用户名或密码/],
    ["http://evil.example/", /evil\.example.*名单/],
    ["http://yunchuan.gov.cn.evil.example/", /名单/],
    ["http://notyunchuan.gov.cn/", /名单/],
    ["http://kj.yunchuan.gov.cn:8080/", /:8080.*名单/],
    ["https://kj.yunchuan.gov.cn:80/", /名单/],
    ["http://2130706433/", /127\.0\.0\.1.*名单/],
    ["http://0x7f.1/", /127\.0\.0\.1.*名单/],
    ["http://0177.0.0.1/", /127\.0\.0\.1.*名单/],
    ["http://[::1]/", /名单/],
  ])("does not fetch %s", async (url, expected) => {
    const error = await refusalOf(fetchLink(url, { allowedHosts: ["yunchuan.gov.cn"] }));
    expect(error.code).toBe("forbidden");
    expect(error.safeMessage).toMatch(expected);
  });

  it("fetches nothing when no host is allowed", async () => {
    expect((await refusalOf(fetchLink(`http://${HOST}/`, { allowedHosts: [] }))).code).toBe("forbidden");
    expect((await refusalOf(fetchLink(`http://${HOST}/`, { allowedHosts: ["", "http://x/"] }))).code).toBe(
      "forbidden",
    );
  });

  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "ff02::1",
  ])("does not connect to an allowed name that is at %s", async (address) => {
    let connections = 0;
    const port = await serve((_request, response) => response.end("secret"));
    servers[0]?.on("connection", () => {
      connections += 1;
    });
    const parts = { lookup: resolveTo(address), allowsPrivateAddresses: false };
    const options = { allowedHosts: [`yunchuan.gov.cn:${port}`], limits: { maxMilliseconds: 2_000 } };
    const error = await refusalOf(fetchLinkWith(`http://${HOST}:${port}/`, options, parts));
    expect(error.code).toBe("forbidden");
    expect(error.safeMessage).toMatch(/内部地址/);
    expect(connections).toBe(0);
  });

  it.each(["http://127.0.0.1/", "http://[::1]/", "http://0x7f000001/", "http://localhost/"])(
    "does not connect to %s even when the list names it",
    async (url) => {
      const options = { allowedHosts: ["127.0.0.1", "[::1]", "localhost"] };
      expect((await refusalOf(fetchLink(url, options))).safeMessage).toMatch(/内部地址/);
    },
  );

  it("takes names in Chinese and with a dot at the end for what they are", async () => {
    const port = await serve((_request, response) => response.end("ok"));
    const options = { allowedHosts: [`政务.cn:${port}`] };
    const chinese = await fetchLinkWith(`http://www.政务.cn:${port}/a.txt`, options, local);
    expect(chinese.finalUrl).toMatch(/^http:\/\/www\.xn--\w+\.cn:\d+\/a\.txt$/);
    expect((await fetchLocal(`http://${HOST}.:${port}/a.txt`, port)).fileName).toBe("a.txt");
  });

  it.each([
    ["a host outside the list", "http://evil.example/"],
    ["another port", "http://kj.yunchuan.gov.cn:1/"],
    ["another scheme", "file:///etc/passwd"],
    ["an inside address", "http://169.254.169.254/latest/meta-data"],
  ])("does not follow a redirect to %s", async (_, location) => {
    const port = await serve((_request, response) => response.writeHead(302, { location }).end());
    expect((await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port))).code).toBe("forbidden");
  });

  it("resolves the name again for every redirect", async () => {
    const port = await serve((request, response) => {
      if (request.url === "/")
        response.writeHead(301, { location: `http://www.yunchuan.gov.cn:${port}/a.txt` }).end();
      else response.end("ok");
    });
    const names: string[] = [];
    const lookup: LookupFunction = (host, options, done) => {
      names.push(host);
      local.lookup(host, options, done);
    };
    const options = { allowedHosts: [`yunchuan.gov.cn:${port}`] };
    await fetchLinkWith(`http://${HOST}:${port}/`, options, { lookup, allowsPrivateAddresses: true });
    expect(names).toEqual([HOST, "www.yunchuan.gov.cn"]);
  });

  it("gives up after five redirects", async () => {
    let requests = 0;
    const port = await serve((_request, response) => {
      requests += 1;
      response.writeHead(302, { location: `/${requests}` }).end();
    });
    expect((await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port))).safeMessage).toMatch(
      /跳转超过 5 次/,
    );
    expect(requests).toBe(6);
  });

  it.each([
    ["a stated length", { "content-length": "3000000" }, Buffer.alloc(3_000_000)],
    ["no stated length", { "transfer-encoding": "chunked" }, Buffer.alloc(3_000_000)],
    ["a bomb", { "content-encoding": "gzip" }, gzipSync(Buffer.alloc(50_000_000))],
  ])("stops at the limit of size: %s", async (_, headers, body) => {
    const port = await serve((_request, response) => response.writeHead(200, headers).end(body));
    const error = await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port, { maxBytes: 1_000_000 }));
    expect(error.safeMessage).toMatch(/超过 1 MB 上限/);
  });

  it.each([
    ["never answers", () => undefined],
    [
      "never ends",
      (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(200).write("a"),
    ],
  ])("stops at the limit of time when the server %s", async (_, listener) => {
    const port = await serve(listener as RequestListener);
    const error = await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port, { maxMilliseconds: 200 }));
    expect(error.safeMessage).toMatch(/超过 1 秒/);
    expect(error.retryable).toBe(true);
  });

  it.each([
    [404, /不存在/, false],
    [403, /需要登录/, false],
    [503, /稍后再试/, true],
    [412, /访问保护/, false],
    [204, /没有给出文件/, false],
  ])("says what status %d means", async (status, expected, retryable) => {
    const port = await serve((_request, response) => response.writeHead(status).end());
    const error = await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port));
    expect(error.safeMessage).toMatch(expected);
    expect(error.retryable).toBe(retryable);
  });

  it.each([
    [
      "is broken off",
      (response: Parameters<RequestListener>[1]) => response.socket?.destroy(),
      /连接.*失败.*稍后/,
    ],
    [
      "is no gzip",
      (response: Parameters<RequestListener>[1]) =>
        response.writeHead(200, { "content-encoding": "gzip" }).end("not packed"),
      /解不开/,
    ],
    [
      "is packed unknown",
      (response: Parameters<RequestListener>[1]) =>
        response.writeHead(200, { "content-encoding": "zstd" }).end("x"),
      /压缩方式/,
    ],
    ["is empty", (response: Parameters<RequestListener>[1]) => response.writeHead(200).end(), /空的/],
  ])("says when the answer %s", async (_, answer, expected) => {
    const port = await serve((_request, response) => void answer(response));
    expect((await refusalOf(fetchLocal(`http://${HOST}:${port}/`, port))).safeMessage).toMatch(expected);
  });

  it("says when there is no such name", async () => {
    const lookup: LookupFunction = (_host, _options, done) =>
      done(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), "", 4);
    const work = fetchLinkWith(
      `http://${HOST}/`,
      { allowedHosts: [HOST] },
      { lookup, allowsPrivateAddresses: false },
    );
    expect((await refusalOf(work)).safeMessage).toMatch(/找不到网站/);
  });
});
